const vscode = require('vscode');

const PAGES = 20;
const ROWS = 1000;

/** Letters beyond ASCII make a message to the window dearer, and the tenant's users have them too. */
const NAMES = ['Jane Doe', 'Zoë Łukasiewicz', 'Nguyễn Thị Hoa', '山田 花子', 'Παύλος Ιωάννου'];
const TENANT = '00000000-0000-4000-8000-000000000000';

/** Rows like those of users, with texts of the same length, all of them there from the start. */
function rowsOf(page) {
  return Array.from({ length: ROWS }, (_, row) => {
    const number = page * ROWS + row + 1;
    const item = new vscode.TreeItem(NAMES[row % NAMES.length], 1);
    item.id = `${TENANT}/users/"user_${String(number).padStart(26, '0')}"`;
    item.description = `jane.doe.${number}@example.com`;
    item.iconPath = new vscode.ThemeIcon('account');
    item.contextValue = 'row';
    item.accessibilityInformation = { label: `User ${item.label}, ${item.description}` };
    return item;
  });
}

exports.activate = (context) => {
  const children = new Map();
  const pages = Array.from({ length: PAGES }, (_, page) => {
    const item = new vscode.TreeItem(`Rows of ${page + 1}`, 1);
    item.id = `page ${page + 1}`;
    children.set(item, rowsOf(page));
    return item;
  });
  const treeDataProvider = {
    getTreeItem: (item) => item,
    getChildren: (item) => (item === undefined ? pages : (children.get(item) ?? [])),
  };
  context.subscriptions.push(
    vscode.window.createTreeView('lumaLuminaryBare.tree', { treeDataProvider }),
  );
  const tenant = process.env.BENCH_TENANT;
  if (tenant !== undefined) {
    void vscode.commands.executeCommand('lumaLuminary.connectLuminary', JSON.parse(tenant));
  }
};
