const {
  commands,
  Disposable,
  EventEmitter,
  FileSystemError,
  FileType,
  Uri,
  window,
  workspace,
} = require('vscode');

/** What stands in the files of `lumamemory:/people`, by their paths. */
const files = new Map([['/people/notes.txt', Buffer.from('')]]);
const changed = new EventEmitter();

const provider = {
  onDidChangeFile: changed.event,
  watch: () => new Disposable(() => undefined),
  stat({ path }) {
    if (path === '/' || path === '/people') {
      return { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    }
    return { type: FileType.File, ctime: 0, mtime: 0, size: provider.readFile({ path }).length };
  },
  readDirectory: () => [...files.keys()].map((path) => [path.split('/').at(-1), FileType.File]),
  readFile({ path }) {
    const content = files.get(path);
    if (content === undefined) throw FileSystemError.FileNotFound();
    return content;
  },
  writeFile({ path }, content) {
    files.set(path, content);
  },
  createDirectory() {
    throw FileSystemError.NoPermissions();
  },
  delete({ path }) {
    files.delete(path);
  },
  rename(from, to) {
    files.set(to.path, provider.readFile(from));
    files.delete(from.path);
  },
};

exports.activate = (context) => {
  context.subscriptions.push(
    workspace.registerFileSystemProvider('lumamemory', provider),
    commands.registerCommand('memoryFiles.open', () =>
      window.showTextDocument(Uri.parse('lumamemory:/people/notes.txt')),
    ),
  );
};
