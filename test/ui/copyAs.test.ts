import assert from 'node:assert/strict';
import { personAt } from '../../src/sample/people.ts';
import { oddNames } from '../server/oddRecords.ts';
import { Shell } from '../hosts/shell.ts';
import { stored } from '../hosts/stored.ts';
import { until } from '../hosts/until.ts';
import { webview } from '../hosts/webviews.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { paths } from '../server/services.ts';
import { parseUsers } from '../unit/csvParser.ts';
import { connectLuma, connectLuminary } from './connecting.ts';
import { useWorkbench } from './fixture.ts';
import { Untitled } from './untitled.ts';

/** What the service sends of a user: half of a character is written as its number. */
const odd = Object.values(oddNames).map((name, index) => ({
  ...personAt(900_000 + index),
  first_name: `Odd ${index}`,
  last_name: name.slice(0, 100),
}));
const jane = JSON.parse(
  '{"id":"user_00000000000000000000000ODD","email":"jane.doe@example.com","first_name":"Jane","last_name":"Doe","__proto__":{"kept":true},"balance":1e21,"tags":["it\'s",null]}',
) as Record<string, unknown>;
const account = { email: 'jane.doe@example.com', user_id: '9ecac364-0001', concurrency: 4 };
const people = 2500;

const templates = [
  { name: 'Mail address', template: '${name} <${email}>' },
  { name: 'Wrong', template: '${id} ${firstName}' },
  { name: 'Of accounts', template: '${user_id}' },
];

describe('Copying and inserting as', function () {
  this.timeout(60_000);
  const person = useWorkbench({
    settings: {
      'lumaLuminary.copyTemplates': [...templates, { name: 'No template' }],
      'files.eol': '\r\n',
      'editor.insertSpaces': false,
    },
  });
  let server: TestServer;
  let shell: Shell;

  before(async () => {
    shell = await Shell.open();
    server = await startServer({
      users: [jane, ...odd, ...Array.from({ length: people }, (_, index) => personAt(index))],
      accounts: new Map([["it's me", account]]),
    });
  });

  after(async () => {
    await shell.close();
    await server.close();
  });

  /** Takes a format in the question that is open. */
  const take = async (format: string) => {
    await person().quickInput.question('In which format?');
    await person().quickInput.type(format);
    await person().quickInput.pick(format);
    await person().quickInput.closed();
  };
  const copyAs = (row: string, format: string) =>
    person().copied(async () => {
      await person().explorer.chooseFromMenu(row, 'Copy As…');
      await take(format);
    });
  const insertAs = (row: string, format: string) =>
    person().saying(`Inserted as ${format}`, async () => {
      await person().explorer.chooseFromMenu(row, 'Insert As…');
      await take(format);
    });

  it('offers each format with what it makes of the first record, and templates', async () => {
    const { explorer, quickInput, messages } = person();
    await explorer.open();
    await connectLuma(person(), server, 'studio');
    await connectLuminary(person(), server, 'acme');
    await explorer.chooseFromMenu('Jane Doe', 'Copy As…');
    const { title } = await quickInput.question('In which format?');
    assert.equal(title, 'Copy As · Jane Doe');
    const choices = await quickInput.offered();
    // The list shows eight lines, and the others when one types.
    assert.deepEqual(choices.map(({ label }) => label).slice(0, 8), [
      ...templates.map(({ name }) => name),
      'ID list',
      'Quoted list',
      'JSON',
      'JSON Lines',
      'CSV',
    ]);
    await person().workbench.picture('copy as');
    const detail = async (label: string) => {
      await quickInput.type(label);
      const shown = async () => (await quickInput.choices()).find((one) => one.label === label);
      return (await until(label, shown)).detail;
    };
    assert.equal(await detail('Mail address'), 'Jane Doe <jane.doe@example.com>');
    assert.match(await detail('Wrong'), /uses \$\{firstName\}, which nothing here has/);
    await person().workbench.picture('copy as a template that can’t be used');
    assert.match(await detail('TypeScript constant'), /^\{ id: 'user_/);
    assert.match(await detail('cURL command'), /^curl /);
    await quickInput.type('No template');
    await until('nothing', async () => (await quickInput.choices()).length === 0);
    await messages.notification(`Copy template ${templates.length + 1} can’t be used`);
    await quickInput.cancel();
    await messages.clear();
  });

  it('gives back each record from JSON, JSON Lines and CSV', async () => {
    const { explorer } = person();
    await explorer.collapse('Jane Doe');
    await explorer.click('Jane Doe');
    await explorer.collapse('Jane Doe');
    const last = await explorer.row(new RegExp(`^Odd ${odd.length - 1} `));
    await explorer.click(last.label, { modifiers: ['Shift'] });
    const records = [jane, ...odd];
    const json = await person().saying(`Copied ${records.length} records as JSON`, () =>
      copyAs(last.label, 'JSON'),
    );
    assert.deepEqual(JSON.parse(json), records);
    assert.match(json, /^\[\n\t\{\n\t\t"id"/);
    const lines = (await copyAs(last.label, 'JSON Lines')).split('\n');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line) as unknown),
      records,
    );
    const csv = await copyAs(last.label, 'CSV');
    assert.deepEqual(parseUsers(`\ufeff${csv.replaceAll('\n', '\r\n')}\r\n`), records);
    const rows = (await copyAs(last.label, 'Markdown table')).split('\n');
    assert.equal(rows.length, records.length + 2);
    assert.equal(
      (await copyAs(last.label, 'Mail address')).split('\n')[0],
      'Jane Doe <jane.doe@example.com>',
    );
  });

  it('offers the last format first', async () => {
    const { explorer, quickInput } = person();
    await person().quickInput.closed();
    await explorer.focus();
    await person().press('Escape');
    await explorer.chooseFromMenu('jane.doe@example.com', 'Copy As…');
    await quickInput.question('In which format?');
    const [first] = await quickInput.offered();
    assert.deepEqual([first?.label, first?.description], ['Mail address', 'last used']);
    await quickInput.cancel();
  });

  it('gives a constant that means the record', async () => {
    const text = await person().saying('Copied as TypeScript constant', () =>
      copyAs('Jane Doe', 'TypeScript constant'),
    );
    const address = `data:text/javascript;charset=utf-8,${encodeURIComponent(text)}`;
    const { user } = (await import(address)) as { user: object };
    assert.deepEqual(Object.entries(user), Object.entries(jane));
  });

  it('gives the request for a record, without the token', async () => {
    const user = await copyAs('Jane Doe', 'cURL command');
    assert.ok(!user.includes(server.tokens.luminary));
    assert.deepEqual(JSON.parse(await shell.run(user, { TOKEN: server.tokens.luminary })), jane);
    const command = await copyAs('jane.doe@example.com', 'cURL command');
    assert.ok(!command.includes(server.tokens.luma));
    const answer = JSON.parse(await shell.run(command, { TOKEN: server.tokens.luma })) as object;
    assert.deepEqual({ ...answer, ...account }, answer);
  });

  it('says which name a template can’t use, and copies nothing', async () => {
    const { explorer, messages } = person();
    await person().setClipboard('before');
    await explorer.chooseFromMenu('Jane Doe', 'Copy As…');
    await take('Wrong');
    const told = await messages.notification('The template “Wrong” uses ${firstName}');
    assert.match(told, /It can use id, email, name, json, first_name, last_name/);
    await person().workbench.picture('copy as with an unknown name');
    assert.equal(await person().clipboard(), 'before');
    await messages.clear();
  });

  it('copies and inserts nothing where a template leaves nothing of a record', async () => {
    const { explorer, messages } = person();
    const editor = await Untitled.open(person(), 'before');
    await person().setClipboard('before');
    for (const command of ['Copy As…', 'Insert As…']) {
      await explorer.chooseFromMenu('Jane Doe', command);
      await take('Of accounts');
      await messages.notification('There is nothing of that kind in what is selected.');
      await messages.clear();
    }
    assert.equal(await person().clipboard(), 'before');
    assert.equal(await editor.text(), 'before');
    await editor.close();
  });

  it('reads a page first that is not loaded', async () => {
    const ids = (await copyAs('Users 201–300', 'ID list')).split('\n');
    const begin = 200 - 1 - odd.length;
    assert.deepEqual(
      ids,
      Array.from({ length: 100 }, (_, index) => personAt(begin + index).id),
    );
  });

  it('reads a whole tenant first, with progress, and nothing is copied when that is cancelled', async () => {
    const { explorer, messages } = person();
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    const hold = server.fault({ path: paths.users, at: 2, times: 1, fault: () => held });
    await person().setClipboard('before');
    await explorer.chooseFromMenu('Luminary: acme', 'Copy As…');
    await person().quickInput.question('Copy As · Luminary: acme');
    await take('ID list');
    await messages.notification(/of 2,\d+ users/);
    await person().workbench.picture('copy a whole tenant');
    await messages.press('Loading all users of acme', 'Cancel');
    go();
    hold.remove();
    await until('the loading to end', async () => {
      const shown = await messages.notifications();
      return !shown.some((text) => text.includes('Loading all users'));
    });
    assert.equal(await person().clipboard(), 'before');

    const total = people + odd.length + 1;
    const all = await person().saying(
      `Copied ${total.toLocaleString('en')} records as ID list`,
      () => copyAs('Luminary: acme', 'ID list'),
    );
    assert.equal(new Set(all.split('\n')).size, total);
    assert.equal(all.split('\n').length, total);
    const accounts = JSON.parse(await copyAs('Luma: studio', 'JSON')) as object;
    assert.deepEqual({ ...accounts, ...account }, accounts);
  });

  it('copies the record of a field', async () => {
    const { explorer } = person();
    await explorer.expand('Jane Doe');
    assert.equal(await copyAs('First name', 'ID list'), jane['id']);
    await explorer.collapse('Jane Doe');
  });

  it('inserts in the style of the editor, undone at once', async () => {
    const { explorer, quickInput } = person();
    const text = 'const a = {\r\n\tb: "c",\r\n\td: \r\n};\r\n';
    const editor = await Untitled.open(person(), text);
    await person().press('ArrowDown', 'ArrowDown', 'End');
    await insertAs('Jane Doe', 'JSON');
    await person().workbench.picture('insert as');
    const json = JSON.stringify(jane, undefined, '\t').replaceAll('\n', '\r\n\t');
    assert.equal(await editor.text(), text.replace('d: ', `d: ${json}`));
    assert.equal(await editor.undone(), text);
    // What was copied last is not what is inserted next.
    await explorer.chooseFromMenu('Jane Doe', 'Insert As…');
    const { title } = await quickInput.question('In which format?');
    assert.equal(title, 'Insert As · Jane Doe');
    const [first] = await quickInput.offered();
    assert.deepEqual([first?.label, first?.description], ['JSON', 'last used']);
    await quickInput.cancel();
    await editor.focus();
    await person().press('ControlOrMeta+Home', 'ArrowDown', 'ArrowDown', 'End');
    await insertAs('Jane Doe', 'Quoted list');
    assert.equal(await editor.text(), text.replace('d: ', `d: "${String(jane['id'])}"`));
    await editor.close();
  });

  it('inserts in the style of the only editor, while a preview is in front', async () => {
    const { page, workbench } = person();
    const text = 'const a = {\r\n\tb: "c",\r\n\td: \r\n};\r\n';
    const editor = await Untitled.open(person(), text);
    await person().press('ArrowDown', 'ArrowDown', 'End');
    await person().run('Luma & Luminary: Show Keyboard Help');
    await person().inFront('[Preview] keyboard-help.md');
    await webview(page).getByRole('heading', { name: 'All commands' }).waitFor();
    await person().run('View: Move Editor into Right Group');
    await editor.shows(text);
    await person().inFront('[Preview] keyboard-help.md');
    await insertAs('Jane Doe', 'Quoted list');
    await person().said('Inserted as Quoted list');
    await workbench.picture('insert as beside a preview');
    assert.equal(await editor.text(), text.replace('d: ', `d: "${String(jane['id'])}"`));
    await editor.close();
    await person().run('View: Close All Editors');
  });

  it('says so before it asks, where no editor is open', async () => {
    await person().explorer.chooseFromMenu('Jane Doe', 'Insert As…');
    await person().messages.notification('There is no text editor to insert into');
    await person().quickInput.closed();
    await person().messages.clear();
  });

  it('asks from the palette where nothing is selected', async () => {
    const { explorer, quickInput } = person();
    await explorer.click('Users 1–100');
    await explorer.focus();
    await person().press('Escape');
    const text = await person().copied(async () => {
      await person().run('Luma & Luminary: Copy As…');
      const { title } = await quickInput.question('Which connection?');
      assert.equal(title, 'Copy the record of…');
      await quickInput.pick('Luma: studio');
      await quickInput.question('Copy the record of…');
      await quickInput.pick('jane.doe@example.com');
      await take('ID list');
    });
    assert.equal(text, account.user_id);
  });

  it('remembers the last format after a restart', async () => {
    const { explorer, quickInput, page } = person();
    await stored(page, '"copyAs.latest":"idList"');
    await page.reload();
    await explorer.open();
    await person().run('Explore Sample Data');
    // The second connection is opened last, and that closes a menu.
    await explorer.row('Users 1–100');
    await explorer.chooseFromMenu('studio@example.com', 'Copy As…');
    await quickInput.question('In which format?');
    const [first] = await quickInput.offered();
    assert.deepEqual([first?.label, first?.description], ['ID list', 'last used']);
    await quickInput.cancel();
  });

  it('says why there is no cURL command for sample data, also among others', async () => {
    const { explorer, quickInput, messages, workbench } = person();
    const reason = 'cURL can’t ask for sample data: no service has it.';
    await connectLuma(person(), server, 'studio');
    const selections = {
      alone: ['studio@example.com'],
      mixed: ['jane.doe@example.com', 'archive@example.net'],
    };
    for (const [name, [row = '', ...others]] of Object.entries(selections)) {
      await explorer.collapse(row);
      await explorer.click(row);
      await explorer.collapse(row);
      for (const other of others) await explorer.click(other, { modifiers: ['ControlOrMeta'] });
      await person().setClipboard('before');
      await explorer.chooseFromMenu(row, 'Copy As…');
      await quickInput.question('In which format?');
      await quickInput.type('cURL');
      const choice = async () =>
        (await quickInput.choices()).find(({ label }) => label === 'cURL command');
      assert.equal((await until('cURL', choice)).detail, reason);
      await workbench.picture(`copy sample data as curl ${name}`);
      await quickInput.pick('cURL command');
      await messages.notification(reason);
      await messages.clear();
      assert.equal(await person().clipboard(), 'before');
    }
  });
});
