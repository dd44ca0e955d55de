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
import { useWorkbench } from './fixture.ts';
import { changeSettings } from './userSettings.ts';

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

/** IDs that stand in files, and what is typed there. */
describe('IDs in code', function () {
  this.timeout(60_000);
  const options = { folder: '', settings: { 'editor.fontSize': 12 } };
  let server: TestServer;
  let near: SampleUser;
  let far: SampleUser;
  let farther: SampleUser;

  // Before the window opens with it.
  before(async () => {
    server = await startServer({ users: 300, accounts: new Map([['studio', account]]) });
    [near, far, farther] = [7, 222, 255].map((index) => server.users.at(index)) as [
      SampleUser,
      SampleUser,
      SampleUser,
    ];
    options.folder = await mkdtemp(path.join(tmpdir(), 'luma-luminary-code-'));
    const lines = [
      `export const near = '${near.id}';`,
      `export const far = '${far.id}';`,
      `export const nobody = '${nobody}';`,
      `export const farther = '${farther.id}';`,
      `export const account = '${accountId}';`,
      `export const email = '${near.email}';`,
      `export const unknown = '${unknown}';`,
      `export const other = 'nothing';`,
    ];
    await writeFile(path.join(options.folder, 'ids.js'), `${lines.join('\n')}\n`);
    await writeFile(path.join(options.folder, 'plain.txt'), '\n');
    await writeFile(path.join(options.folder, 'script.js'), `const id = '';\n`);
    await writeFile(path.join(options.folder, 'data.json'), `{ "id": "" }\n`);
  });
  const person = useWorkbench(options);
  let editor: TextEditor;

  beforeEach(() => {
    editor = new TextEditor(person().page);
    server.requests.length = 0;
  });

  after(async () => {
    await server.close();
    await rm(options.folder, { recursive: true, force: true });
  });

  const nameOf = (user: SampleUser) => `${user.first_name} ${user.last_name}`;
  const asked = () => server.requests.map((request) => request.path);

  it('can be looked up where one is selected, before the sidebar was ever opened', async () => {
    await open('ids.js');
    await editor.select(far.id);
    await until('the key to be set', async () =>
      (await editor.menuOf(far.id)).includes('Look Up Selection'),
    );
    await editor.select('nothing');
    await until('the key to be gone', async () => {
      return !(await editor.menuOf('nothing')).includes('Look Up Selection');
    });
  });

  it('say who it is where the mouse rests, with one request for each', async () => {
    const { explorer } = person();
    await explorer.open();
    await connectLuminary(person(), server, 'acme');
    await explorer.row('Users 1–100');
    await open('ids.js');
    server.requests.length = 0;
    const hover = await editor.hover(far.id, nameOf(far));
    const text = await hover.innerText();
    for (const part of [far.email, 'Luminary: acme', 'Created', 'Updated', 'ago']) {
      assert.ok(text.includes(part), text);
    }
    await person().workbench.picture('hover');
    await editor.hover(near.id, nameOf(near));
    await editor.hover(far.id, nameOf(far));
    assert.deepEqual(asked(), [`${paths.users}/${far.id}`]);
  });

  it('are copied and revealed with the links of what appears', async () => {
    const { explorer } = person();
    const press = async (link: string) => {
      const hover = await editor.hover(far.id, nameOf(far));
      await hover.getByRole('link', { name: link }).or(hover.getByText(link)).first().click();
    };
    assert.equal(await person().copied(() => press('Copy ID')), far.id);
    assert.deepEqual(JSON.parse(await person().copied(() => press('Copy JSON'))), far);
    await explorer.gone('Looked up');
    await press('Reveal');
    await explorer.row((row) => row.label === nameOf(far) && row.selected && row.focused);
    await explorer.row('Looked up');
    assert.deepEqual(asked(), [], 'all of it was known');
    const hover = await editor.hover(near.id, nameOf(near));
    await hover.getByText('Reveal').click();
    await explorer.row((row) => row.label === nameOf(near) && row.selected);
  });

  it('say so where nobody has them, or why that is not known', async () => {
    await editor.hover(nobody, 'No user with this ID in acme');
    await person().workbench.picture('hover nobody');
    await editor.hover(nobody, 'No user with this ID in acme');
    assert.equal(asked().length, 1);
    server.fault(respond(403, { message: 'no' }));
    await editor.hover(farther.id, 'Luminary: acme: The token is not allowed to read this.');
    await person().workbench.picture('hover failed');
    server.heal();
  });

  it('say whose account it is', async () => {
    const { explorer } = person();
    await connectLuma(person(), server, 'studio');
    await explorer.row('studio@example.com');
    await open('ids.js');
    const hover = await editor.hover(accountId, 'studio@example.com');
    assert.match(await hover.innerText(), /1\/4 running[^]*Luma: studio/);
    await person().workbench.picture('hover account');
    await hover.getByText('Reveal').click();
    await explorer.row((row) => row.label === 'studio@example.com' && row.selected);
  });

  it('are looked up from the editor’s menu and from the palette', async () => {
    const { explorer, quickInput, messages } = person();
    await open('ids.js');
    await editor.select(near.id);
    await editor.chooseFromMenu(near.id, 'Look Up Selection');
    await explorer.row((row) => row.label === nameOf(near) && row.selected && row.focused);
    await open('ids.js');
    await editor.put(accountId);
    await person().run('Look Up Selection');
    await explorer.row((row) => row.label === 'studio@example.com' && row.selected);
    await open('ids.js');
    await editor.put(near.email);
    await person().run('Look Up Selection');
    await explorer.row((row) => row.label === nameOf(near) && row.selected && row.focused);
    await open('ids.js');
    await editor.put(unknown);
    await person().run('Look Up Selection');
    const { value } = await quickInput.question('Find User');
    assert.equal(value, unknown);
    await person().workbench.picture('look up unknown email');
    await quickInput.cancel();
    await open('ids.js');
    await editor.select('nothing');
    await person().run('Look Up Selection');
    await messages.notification('Select the ID or the email of a user or an account first.');
  });

  it('in an untitled document are known as well', async () => {
    await person().run('File: New Untitled Text File');
    await person().inFront('Untitled');
    await person().setClipboard(`see ${near.id}\n`);
    await person().press('ControlOrMeta+v');
    await editor.hover(near.id, nameOf(near));
    await person().run('View: Revert and Close Editor');
  });

  for (const [file, at, close] of [
    ['plain.txt', 0, ''],
    ['script.js', 12, `';`],
    ['data.json', 9, '" }'],
  ] as const) {
    it(`are proposed while one types in ${file}`, async () => {
      await open(file);
      await person().press('ControlOrMeta+Home', ...Array<string>(at).fill('ArrowRight'));
      const before = await lineText();
      await person().page.keyboard.type('user_', { delay: 20 });
      await until('users', async () => (await editor.proposals()).length > 5);
      const typed = `${near.first_name}_${near.last_name}`.replace(/[^\p{L}_]/gu, '');
      await person().page.keyboard.type(typed, { delay: 20 });
      await until(
        'the one who is meant',
        async () => (await editor.proposals())[0]?.label === nameOf(near),
        async () => JSON.stringify(await editor.proposals()),
      );
      if (file === 'script.js') await person().workbench.picture('completion');
      await person().press('Enter');
      await until('the ID', async () => (await lineText()).includes(near.id), lineText);
      assert.ok((await lineText()).endsWith(near.id + close), await lineText());
      await person().press('ControlOrMeta+z');
      await until('one step back', async () => (await lineText()).includes(typed), lineText);
      await until('nothing typed', async () => {
        await person().press('ControlOrMeta+z');
        return (await lineText()) === before;
      });
      assert.deepEqual(asked(), []);
      await person().run('View: Revert and Close Editor');
    });
  }

  it('are replaced whole where one completes in the middle of one', async () => {
    await open('plain.txt');
    await person().setClipboard(`${far.id} end`);
    await person().press('ControlOrMeta+Home', 'ControlOrMeta+v', 'ControlOrMeta+Home');
    await person().press(...Array<string>(5).fill('ArrowRight'));
    await person().page.keyboard.type(near.email.replace(/\W.*/, ''), { delay: 20 });
    await until('proposals', async () => (await editor.proposals()).length > 0);
    await person().press('Enter');
    await until('the ID', async () => (await lineText()) === `${near.id} end`, lineText);
    await person().run('View: Revert and Close Editor');
  });

  it('leave other words alone', async () => {
    await open('plain.txt');
    await person().press('ControlOrMeta+Home');
    await person().page.keyboard.type('my_', { delay: 20 });
    await person().page.keyboard.type('user', { delay: 20 });
    assert.deepEqual(await editor.proposals(), []);
    await person().run('View: Revert and Close Editor');
  });

  it('have names written after them once that is set', async () => {
    await open('ids.js');
    assert.deepEqual(await editor.hints(), []);
    await changeSettings(person(), { 'lumaLuminary.inlayHints': true });
    await open('ids.js');
    const names = [near, far].map(nameOf);
    await until(
      'names',
      async () => {
        const shown = await editor.hints();
        return names.every((name) => shown.includes(name)) && shown;
      },
      async () => JSON.stringify(await editor.hints()),
    );
    await person().workbench.picture('hints');
    assert.ok((await editor.hints()).includes('studio@example.com'));
    assert.ok(
      asked().every((one) => one === `${paths.users}/${farther.id}`),
      asked().join('\n'),
    );
    await changeSettings(person(), { 'lumaLuminary.inlayHints': false });
    await open('ids.js');
    await until('no names', async () => (await editor.hints()).length === 0);
  });

  /** Opens a file of the folder, and gives it the keyboard. */
  async function open(file: string): Promise<void> {
    const { page, quickInput } = person();
    await person().press('Escape', 'F1');
    await quickInput.type(file);
    await quickInput.pick(file);
    await quickInput.closed();
    await person().inFront(file);
    await page.locator('.editor-instance .monaco-editor.focused').waitFor();
  }

  /** The first line of the editor in front. */
  async function lineText(): Promise<string> {
    return editor.line(0);
  }
});
