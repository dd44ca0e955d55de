import assert from 'node:assert/strict';
import type { SampleUser } from '../../src/sample/people.ts';
import { until } from '../hosts/until.ts';
import { respond } from '../server/faults.ts';
import { paths } from '../server/services.ts';
import {
  accountId,
  closeEditor,
  far,
  farther,
  nameOf,
  near,
  nobody,
  open,
  useCode,
} from './code.ts';
import type { Code } from './code.ts';
import { connectLuma, connectLuminary } from './connecting.ts';

const pathOf = (user: SampleUser | string) =>
  `${paths.users}/${typeof user === 'string' ? user : user.id}`;

/** Text with plain blanks. */
const textOf = (shown: string) => shown.replaceAll('\u00a0', ' ');

const asked = ({ server }: Code) => server.requests.map((request) => request.path);

/** What is said of IDs that stand in files, and of what is typed there. */
describe('IDs in code', function () {
  this.timeout(60_000);
  const code = useCode();

  it('say who it is where the mouse rests, with one request for each', async () => {
    const { explorer } = code().person;
    await explorer.open();
    await connectLuminary(code().person, code().server, 'acme');
    await explorer.row('Users 1–100');
    await open(code().person, 'ids.py');
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
    await open(code().person, 'ids.py');
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
      await open(code().person, file);
      await code().person.press('ControlOrMeta+Home', ...Array<string>(at).fill('ArrowRight'));
      const before = await code().editor.firstLine();
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
        async () => (await code().editor.firstLine()).includes(near.id),
        () => code().editor.firstLine(),
      );
      assert.ok(
        (await code().editor.firstLine()).endsWith(near.id + close),
        await code().editor.firstLine(),
      );
      await code().person.press('ControlOrMeta+z');
      await until(
        'one step back',
        async () => (await code().editor.firstLine()).includes(typed),
        () => code().editor.firstLine(),
      );
      await until('nothing typed', async () => {
        await code().person.press('ControlOrMeta+z');
        return (await code().editor.firstLine()) === before;
      });
      assert.deepEqual(asked(code()), []);
      await closeEditor(code());
    });
  }

  it('are proposed by their email, whose signs end a word', async () => {
    await open(code().person, 'script.js');
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
    const line = () => code().editor.firstLine();
    await until('the ID', async () => (await line()) === `const id = '${near.id}';`, line);
    await closeEditor(code());
  });

  it('are replaced whole where one completes in the middle of one', async () => {
    await open(code().person, 'plain.txt');
    await code().person.setClipboard(`${far.id} end`);
    await code().person.press('ControlOrMeta+a', 'ControlOrMeta+v');
    const line = () => code().editor.firstLine();
    await until('the text', async () => (await line()) === `${far.id} end`, line);
    await code().person.press('ControlOrMeta+Home');
    await code().person.press(...Array<string>(5).fill('ArrowRight'));
    await code().person.page.keyboard.type(near.email.replace(/\W.*/, ''), { delay: 20 });
    await code().person.press('ControlOrMeta+Space');
    await until('proposals', async () => (await code().editor.proposals()).length > 0);
    await code().person.press('Enter');
    await until(
      'the ID',
      async () => (await code().editor.firstLine()) === `${near.id} end`,
      () => code().editor.firstLine(),
    );
    await closeEditor(code());
  });

  it('leave other words alone', async () => {
    await open(code().person, 'plain.txt');
    await code().person.press('ControlOrMeta+Home');
    await code().person.page.keyboard.type('my_', { delay: 20 });
    await code().person.page.keyboard.type('user', { delay: 20 });
    // Nothing has come by itself, and nothing comes when it is asked for.
    assert.deepEqual(await code().editor.proposals(), []);
    await code().person.press('ControlOrMeta+Space');
    const list = code().person.page.locator('.suggest-widget');
    await list.getByText('No suggestions.').waitFor();
    assert.deepEqual(await code().editor.proposals(), []);
    await code().person.press('Escape');
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
    await open(code().person, 'ids.py');
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

  it('lose those of a tenant that is disconnected', async () => {
    const { explorer, messages } = code().person;
    await explorer.chooseFromMenu('Luminary: acme', 'Disconnect');
    await messages.pressInDialog('Disconnect');
    const shown = async () => (await code().editor.hints()).join();
    await until('the others alone', async () => (await shown()) === 'studio@example.com', shown);
  });
});
