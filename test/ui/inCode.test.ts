import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SampleUser } from '../../src/sample/people.ts';
import { TextEditor } from '../hosts/textEditor.ts';
import { until } from '../hosts/until.ts';
import { respond } from '../server/faults.ts';
import { paths } from '../server/services.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { connectLuma, connectLuminary } from './connecting.ts';
import { UserList } from '../server/userList.ts';
import { useWorkbench } from './fixture.ts';

const accountId = '9ecac364-0000-4000-8000-000000000001';
const account = {
  account: 'studio@example.com',
  email: 'studio@example.com',
  user_id: accountId,
  concurrency: 4,
  executing: 1,
  luma_session_expires: '2099-05-27 02:20:34 UTC',
  updated: '2026-03-28',
};
const nobody = 'user_01N0B0DY00000000000000000';
const unknown = 'nobody.at.all@example.com';

const people = new UserList(300);
const [near, far, farther] = [7, 222, 255].map((index) => people.at(index)) as [
  SampleUser,
  SampleUser,
  SampleUser,
];

/** A folder with IDs in its files, a server that knows some of them, and a window of its own. */
function useCode(settings: Record<string, unknown> = {}) {
  const options = { folder: '', settings: { 'editor.fontSize': 12, ...settings } };
  let server: TestServer | undefined;

  // Before the window opens with it.
  before(async () => {
    server = await startServer({ users: 300, accounts: new Map([['studio', account]]) });
    options.folder = await mkdtemp(path.join(tmpdir(), 'luma-luminary-code-'));
    const files = {
      'ids.py': [
        `near = '${near.id}'`,
        `far = '${far.id}'`,
        `nobody = '${nobody}'`,
        `farther = '${farther.id}'`,
        `account = '${accountId}'`,
        `email = '${near.email}'`,
        `unknown = '${unknown}'`,
        `other = 'nothing'`,
      ].join('\n'),
      'plain.txt': '\n',
      'script.js': `const id = '';\n`,
      'data.json': `{ "id": "" }\n`,
    };
    for (const [name, text] of Object.entries(files)) {
      await writeFile(path.join(options.folder, name), text);
    }
  });
  const person = useWorkbench(options);

  beforeEach(() => {
    if (server !== undefined) server.requests.length = 0;
  });

  after(async () => {
    await server?.close();
    await rm(options.folder, { recursive: true, force: true });
  });

  return () => {
    if (server === undefined) throw new Error('There is no server yet: ask inside a test.');
    return { server, person: person(), editor: new TextEditor(person().page) };
  };
}

type Code = ReturnType<ReturnType<typeof useCode>>;

/** Opens a file of the folder, and gives it the keyboard. */
async function open({ person }: Code, file: string): Promise<void> {
  const { page, quickInput } = person;
  await quickInput.closed();
  await person.press('Escape', 'F1');
  await quickInput.type(file);
  await quickInput.pick(file);
  await quickInput.closed();
  await person.inFront(file);
  await page.locator('.editor-instance .monaco-editor.focused').waitFor();
}

/** Closes the editor in front, whatever stands there: a key that comes before it has would be lost. */
async function closeEditor({ person }: Code): Promise<void> {
  const before = (await person.editors()).length;
  await person.run('View: Revert and Close Editor');
  await until('the editor to close', async () => (await person.editors()).length < before);
}

const pathOf = (user: SampleUser | string) =>
  `${paths.users}/${typeof user === 'string' ? user : user.id}`;

/** Text with plain blanks. */
const textOf = (shown: string) => shown.replaceAll('\u00a0', ' ');

const asked = ({ server }: Code) => server.requests.map((request) => request.path);
const nameOf = (user: SampleUser) => `${user.first_name} ${user.last_name}`;

/** What is said of IDs that stand in files, and of what is typed there. */
describe('IDs in code', function () {
  this.timeout(60_000);
  const code = useCode();

  it('say who it is where the mouse rests, with one request for each', async () => {
    const { explorer } = code().person;
    await explorer.open();
    await connectLuminary(code().person, code().server, 'acme');
    await explorer.row('Users 1–100');
    await open(code(), 'ids.py');
    code().server.requests.length = 0;
    const hover = await code().editor.hover(far.id, nameOf(far));
    const text = textOf(await hover.innerText());
    for (const part of [far.email, 'Luminary: acme', 'Created', 'Updated', 'ago']) {
      assert.ok(text.includes(part), text);
    }
    await code().person.workbench.picture('hover');
    await code().editor.hover(near.id, nameOf(near));
    await code().editor.hover(far.id, nameOf(far));
    assert.deepEqual(asked(code()), [`${paths.users}/${far.id}`]);
  });

  it('are copied and revealed with the links of what appears', async () => {
    const { explorer } = code().person;
    const press = async (link: string) => {
      const hover = await code().editor.hover(far.id, nameOf(far));
      await hover.getByRole('link', { name: link }).or(hover.getByText(link)).first().click();
    };
    assert.equal(await code().person.copied(() => press('Copy ID')), far.id);
    assert.deepEqual(JSON.parse(await code().person.copied(() => press('Copy JSON'))), far);
    await explorer.gone('Looked up');
    await press('Reveal');
    await explorer.row((row) => row.label === nameOf(far) && row.selected && row.focused);
    await explorer.row('Looked up');
    assert.deepEqual(asked(code()), [], 'all of it was known');
    const hover = await code().editor.hover(near.id, nameOf(near));
    await hover.getByText('Reveal').click();
    await explorer.row((row) => row.label === nameOf(near) && row.selected);
  });

  it('say so where nobody has them, or why that is not known', async () => {
    await code().editor.hover(nobody, 'No user with this ID in acme');
    await code().person.workbench.picture('hover nobody');
    await code().editor.hover(nobody, 'No user with this ID in acme');
    assert.equal(asked(code()).length, 1);
    code().server.fault(respond(403, { message: 'no' }));
    await code().editor.hover(farther.id, 'Luminary: acme: The token is not allowed to read this.');
    await code().person.workbench.picture('hover failed');
    code().server.heal();
  });

  it('say whose account it is', async () => {
    const { explorer } = code().person;
    await connectLuma(code().person, code().server, 'studio');
    await explorer.row('studio@example.com');
    await open(code(), 'ids.py');
    const hover = await code().editor.hover(accountId, 'studio@example.com');
    assert.match(textOf(await hover.innerText()), /1\/4 running[^]*Luma: studio/);
    await code().person.workbench.picture('hover account');
    await hover.getByText('Reveal').click();
    await explorer.row((row) => row.label === 'studio@example.com' && row.selected);
  });

  it('in an untitled document are known as well', async () => {
    await code().person.run('File: New Untitled Text File');
    await code().person.inFront('Untitled');
    await code().person.setClipboard(`see ${near.id}\n`);
    await code().person.press('ControlOrMeta+v');
    await code().editor.hover(near.id, nameOf(near));
    await closeEditor(code());
  });

  for (const [file, at, close] of [
    ['plain.txt', 0, ''],
    ['script.js', 12, `';`],
    ['data.json', 9, '" }'],
  ] as const) {
    it(`are proposed while one types in ${file}`, async () => {
      await open(code(), file);
      await code().person.press('ControlOrMeta+Home', ...Array<string>(at).fill('ArrowRight'));
      const before = await code().editor.line(0);
      await code().person.page.keyboard.type('user_', { delay: 20 });
      await until('users', async () => (await code().editor.proposals()).length > 5);
      const typed = `${near.first_name}_${near.last_name}`.replace(/[^\p{L}_]/gu, '');
      await code().person.page.keyboard.type(typed, { delay: 20 });
      await until(
        'the one who is meant',
        async () => (await code().editor.proposals())[0]?.label === nameOf(near),
        async () => JSON.stringify(await code().editor.proposals()),
      );
      if (file === 'script.js') await code().person.workbench.picture('completion');
      await code().person.press('Enter');
      await until(
        'the ID',
        async () => (await code().editor.line(0)).includes(near.id),
        () => code().editor.line(0),
      );
      assert.ok(
        (await code().editor.line(0)).endsWith(near.id + close),
        await code().editor.line(0),
      );
      await code().person.press('ControlOrMeta+z');
      await until(
        'one step back',
        async () => (await code().editor.line(0)).includes(typed),
        () => code().editor.line(0),
      );
      await until('nothing typed', async () => {
        await code().person.press('ControlOrMeta+z');
        return (await code().editor.line(0)) === before;
      });
      assert.deepEqual(asked(code()), []);
      await closeEditor(code());
    });
  }

  it('are proposed by their email, whose signs end a word', async () => {
    await open(code(), 'script.js');
    await code().person.press('ControlOrMeta+Home', ...Array<string>(12).fill('ArrowRight'));
    await code().person.page.keyboard.type('user_', { delay: 20 });
    await until('users', async () => (await code().editor.proposals()).length > 5);
    await code().person.page.keyboard.type(near.email, { delay: 20 });
    await until(
      'the one who is meant, alone',
      async () =>
        (await code().editor.proposals()).map(({ label }) => label).join() === nameOf(near),
      async () => JSON.stringify(await code().editor.proposals()),
    );
    await code().person.workbench.picture('completion by email');
    await code().person.press('Enter');
    const line = () => code().editor.line(0);
    await until('the ID', async () => (await line()) === `const id = '${near.id}';`, line);
    await closeEditor(code());
  });

  it('are replaced whole where one completes in the middle of one', async () => {
    await open(code(), 'plain.txt');
    await code().person.setClipboard(`${far.id} end`);
    await code().person.press('ControlOrMeta+a', 'ControlOrMeta+v');
    const line = () => code().editor.line(0);
    await until('the text', async () => (await line()) === `${far.id} end`, line);
    await code().person.press('ControlOrMeta+Home');
    await code().person.press(...Array<string>(5).fill('ArrowRight'));
    await code().person.page.keyboard.type(near.email.replace(/\W.*/, ''), { delay: 20 });
    await code().person.press('ControlOrMeta+Space');
    await until('proposals', async () => (await code().editor.proposals()).length > 0);
    await code().person.press('Enter');
    await until(
      'the ID',
      async () => (await code().editor.line(0)) === `${near.id} end`,
      () => code().editor.line(0),
    );
    await closeEditor(code());
  });

  it('leave other words alone', async () => {
    await open(code(), 'plain.txt');
    await code().person.press('ControlOrMeta+Home');
    await code().person.page.keyboard.type('my_', { delay: 20 });
    await code().person.page.keyboard.type('user', { delay: 20 });
    assert.deepEqual(await code().editor.proposals(), []);
    await closeEditor(code());
  });
});

describe('IDs in code, with names written after them', function () {
  this.timeout(60_000);
  const code = useCode({ 'lumaLuminary.inlayHints': true });

  it('have them where they are known, and those that are not loaded are asked for once', async () => {
    const { explorer } = code().person;
    await explorer.open();
    await connectLuma(code().person, code().server, 'studio');
    await connectLuminary(code().person, code().server, 'acme');
    await explorer.row('Users 1–100');
    await open(code(), 'ids.py');
    const names = [...[near, far, farther].map(nameOf), 'studio@example.com'];
    await until(
      'names',
      async () => {
        const shown = await code().editor.hints();
        return names.every((name) => shown.includes(name));
      },
      async () => JSON.stringify(await code().editor.hints()),
    );
    await code().person.workbench.picture('hints');
    const users = asked(code()).filter((one) => one.includes('/user_'));
    assert.deepEqual(users.sort(), [far, nobody, farther].map(pathOf).sort());
  });
});

describe('Look Up Selection', function () {
  this.timeout(60_000);
  const code = useCode();

  it('can be looked up where one is selected, before the sidebar was ever opened', async () => {
    await open(code(), 'ids.py');
    await code().editor.select(far.id);
    await until('the key to be set', async () =>
      (await code().editor.menuOf(far.id)).includes('Look Up Selection'),
    );
    await code().editor.select('nothing');
    await until('the key to be gone', async () => {
      return !(await code().editor.menuOf('nothing')).includes('Look Up Selection');
    });
  });

  it('are looked up from the editor’s menu and from the palette', async () => {
    const { explorer, quickInput, messages } = code().person;
    await explorer.open();
    await connectLuma(code().person, code().server, 'studio');
    await connectLuminary(code().person, code().server, 'acme');
    await explorer.row('Users 1–100');
    await open(code(), 'ids.py');
    await code().editor.select(near.id);
    await until('the key to be set', async () =>
      (await code().editor.menuOf(near.id)).includes('Look Up Selection'),
    );
    await code().editor.chooseFromMenu(near.id, 'Look Up Selection');
    await explorer.row((row) => row.label === nameOf(near) && row.selected && row.focused);
    await open(code(), 'ids.py');
    await code().editor.put(accountId);
    await code().person.run('Look Up Selection');
    await explorer.row((row) => row.label === 'studio@example.com' && row.selected);
    await open(code(), 'ids.py');
    await code().editor.put(near.email);
    await code().person.run('Look Up Selection');
    await explorer.row((row) => row.label === nameOf(near) && row.selected && row.focused);
    await open(code(), 'ids.py');
    await code().editor.put(unknown);
    await code().person.run('Look Up Selection');
    const { value } = await quickInput.question('Find User');
    assert.equal(value, unknown);
    await code().person.workbench.picture('look up unknown email');
    await quickInput.cancel();
    await open(code(), 'ids.py');
    await code().editor.select('nothing');
    await code().person.run('Look Up Selection');
    await messages.notification('Select the ID or the email of a user or an account first.');
  });
});
