import assert from 'node:assert/strict';
import path from 'node:path';
import { projectFolder } from '../hosts/paths.ts';
import type { Row } from '../hosts/rows.ts';
import { TextEditor } from '../hosts/textEditor.ts';
import { until } from '../hosts/until.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { connectLuma, connectLuminary } from './connecting.ts';
import { packagedExtension, useWorkbench } from './fixture.ts';
import { namedUsers } from './namedUsers.ts';
import { Untitled } from './untitled.ts';

const [ACME, SANDBOX, STUDIO] = ['Luminary: acme', 'Luminary: sandbox', 'Luma: studio'];

/** Themes as they are called, and the class that the window has in them. */
const themes = { 'Light Modern': 'vs', 'Dark High Contrast': 'hc-black', 'Dark Modern': 'vs-dark' };

/** Two tenants that nobody may mistake for each other, and a Luma token. */
describe('Connections', function () {
  this.timeout(60_000);
  const person = useWorkbench({
    install: [packagedExtension(), path.join(projectFolder, 'test', 'ui', 'tool-caller')],
  });
  let acme: TestServer;
  let sandbox: TestServer;

  before(async () => {
    acme = await startServer({ users: namedUsers(250) });
    sandbox = await startServer({
      users: namedUsers(12).map((user) => ({ ...user, id: user.id.replace('user_0', 'user_9') })),
    });
  });

  after(async () => {
    await acme.close();
    await sandbox.close();
  });

  const about = async (label: string) => (await person().explorer.row(label)).description;
  const order = async () =>
    (await person().explorer.allRows()).filter(({ level }) => level === 1).map((row) => row.label);
  const ordered = (...labels: string[]) =>
    until(
      'the order',
      async () => (await order()).join() === labels.join(),
      async () => (await order()).join(),
    );

  /** The colours of the icons of rows, as they are drawn. */
  async function colors(...labels: string[]): Promise<string[]> {
    const { explorer } = person();
    const all: string[] = [];
    for (const label of labels) {
      const row = explorer.container.locator('.monaco-list-row', { hasText: label });
      const icon = row.locator('.custom-view-tree-node-item-icon').first();
      all.push(await icon.evaluate((element) => getComputedStyle(element).color));
    }
    return all;
  }

  it('take a label with its usual colour, or one that is typed', async () => {
    const { explorer, quickInput } = person();
    await explorer.open();
    await connectLuma(person(), acme, 'studio');
    await connectLuminary(person(), acme, 'acme');
    await connectLuminary(person(), sandbox, 'sandbox');
    await explorer.row('Users 1–12');

    await explorer.chooseFromMenu(ACME, 'Set Label…');
    await quickInput.question('Label of Luminary: acme');
    await quickInput.moveTo(({ label }) => label === 'PRODUCTION');
    await person().workbench.picture('label');
    await quickInput.accept();
    await quickInput.question('Color of PRODUCTION');
    await quickInput.moveTo(({ label, focused }) => focused && label === 'Red');
    await person().workbench.picture('label color');
    await quickInput.accept();
    await explorer.row((row) => row.label === ACME && row.description === 'PRODUCTION · 250 users');

    await explorer.chooseFromMenu(SANDBOX, 'Set Label…');
    await quickInput.question('Label of Luminary: sandbox');
    await quickInput.type('x'.repeat(31));
    await quickInput.moveTo(({ label, focused }) => focused && label.startsWith('Use at most 30'));
    await quickInput.accept();
    // At once, as whoever types fast does.
    await quickInput.answer('Sand');
    await quickInput.question('Color of Sand');
    await quickInput.back();
    await quickInput.question('Label of Luminary: sandbox');
    await quickInput.pick('TEST');
    await quickInput.question('Color of TEST');
    await quickInput.moveTo(({ label, focused }) => focused && label === 'Green');
    await quickInput.accept();
    await explorer.row((row) => row.label === SANDBOX && row.description === 'TEST · 12 users');
    const row = await explorer.row(SANDBOX);
    assert.equal(
      row.ariaLabel,
      'Luminary: sandbox is a connection with 12 users. Its label is TEST.',
    );
  });

  it('are added with a button above the tree', async () => {
    const { page, quickInput } = person();
    await page.locator('.part.sidebar').getByLabel('Connect…').first().click();
    const menu = page.locator('.context-view .monaco-menu');
    await menu.getByText('Connect Luminary…', { exact: true }).hover();
    await person().workbench.picture('connect another');
    await person().press('Enter');
    await quickInput.question('Subdomain');
    await quickInput.cancel();
  });

  it('show labels in colours of their own in every kind of theme', async () => {
    const { explorer, page, quickInput, workbench } = person();
    // The icon of the row that is selected has the colour of its text.
    await explorer.click(STUDIO);
    for (const label of [ACME, SANDBOX, STUDIO]) await explorer.collapse(label);
    for (const [theme, kind] of Object.entries(themes)) {
      await person().run('Preferences: Color Theme');
      await quickInput.question('Select Color Theme');
      await quickInput.type(theme);
      await quickInput.pick(theme);
      await quickInput.closed();
      await page.locator(`.monaco-workbench.${kind}`).waitFor();
      const drawn = await colors(ACME, SANDBOX, STUDIO);
      assert.equal(new Set(drawn).size, 3, `${theme}: ${drawn.join()}`);
      await workbench.picture(`labels in ${theme}`);
    }
  });

  it('show their labels in Find User', async () => {
    const { quickInput } = person();
    await person().run('Find User…');
    await quickInput.question(/\d users loaded/);
    await quickInput.type('User 12');
    const details = () =>
      quickInput.choices().then((choices) => choices.map(({ detail }) => detail).join('\n'));
    await until(
      'users of both',
      async () => {
        const text = await details();
        return text.includes('acme · PRODUCTION') && text.includes('sandbox · TEST');
      },
      details,
    );
    await person().workbench.picture('labels in Find User');
    await quickInput.cancel();
  });

  it('show their labels in hovers', async () => {
    const [user] = namedUsers(1);
    const editor = await Untitled.open(person(), `const id = '${user?.id ?? ''}';`);
    const hover = await new TextEditor(person().page).hover(user?.id ?? '', 'PRODUCTION');
    assert.match((await hover.innerText()).replaceAll('\u00a0', ' '), /acme · PRODUCTION/);
    await person().workbench.picture('label in a hover');
    await editor.close();
  });

  it('show their labels before a link is followed, and before they are disconnected', async () => {
    const { explorer, messages, quickInput } = person();
    await explorer.expand(ACME);
    await explorer.expand('Users 1–100');
    const link = await person().copied(() => explorer.chooseFromMenu('User 1', 'Copy Link'));
    await person().setClipboard(link.replace(/id=.*/, 'id=user_far'));
    await person().run('Open Link…');
    await quickInput.question('Link to a user');
    await quickInput.accept();
    const question = await messages.dialog();
    assert.ok(question.includes('Ask Luminary: acme (PRODUCTION) for the user'), question);
    await person().workbench.picture('label before a link');
    await messages.pressInDialog('Cancel');
    await explorer.collapse('Users 1–100');

    await explorer.chooseFromMenu(ACME, 'Disconnect');
    assert.match(await messages.dialog(), /Disconnect Luminary: acme \(PRODUCTION\)\?/);
    await person().workbench.picture('label before disconnecting');
    await messages.pressInDialog('Cancel');
    assert.equal(await about(ACME), 'PRODUCTION · 250 users');
  });

  it('show their labels before a language model is told of them', async () => {
    const { messages } = person();
    const input = { id: namedUsers(1)[0]?.id };
    await person().setClipboard(JSON.stringify({ name: 'lumaLuminary_getUser', input }));
    await person().run('Test: Call Tool');
    const question = await messages.dialog();
    const names = 'Luminary: acme (PRODUCTION) and Luminary: sandbox (TEST)';
    assert.ok(question.includes(`is asked for at ${names}.`), question);
    await messages.pressInDialog('Cancel');
  });

  it('are renamed, but not to what another is called', async () => {
    const { explorer, quickInput } = person();
    await explorer.chooseFromMenu(SANDBOX, 'Rename Connection…');
    await quickInput.question('New name of Luminary: sandbox (TEST)');
    await quickInput.type('acme');
    await quickInput.question('There is a connection of this name already.');
    await quickInput.type(' ');
    await quickInput.question('Enter a name.');
    await quickInput.answer('studio');
    await explorer.row('Luminary: studio');
    await explorer.chooseFromMenu('Luminary: studio', 'Rename Connection…');
    await quickInput.question('Rename Connection');
    await quickInput.answer('sandbox');
    await explorer.row((row) => row.label === SANDBOX && row.description === 'TEST · 12 users');
  });

  it('keep what is loaded, and their labels, with another token', async () => {
    const { explorer, quickInput } = person();
    await explorer.expand('Users 101–200');
    const middle = await explorer.row('User 101');
    acme.tokens.luminary = 'another-token';
    acme.requests.length = 0;
    await explorer.chooseFromMenu(ACME, 'Replace Token…');
    const title = 'Replace Token: Luminary: acme (PRODUCTION)';
    assert.equal((await quickInput.question('How do you sign in')).title, title);
    await quickInput.pick('Access token');
    assert.equal((await quickInput.question('Access token for')).title, title);
    await person().saying('Token replaced', () => quickInput.answer('another-token'));
    await until(
      'all that was loaded to be read again',
      () => {
        const answered = acme.requests.filter(({ outcome }) => outcome === 'answered');
        return Promise.resolve(answered.length >= 2);
      },
      () =>
        Promise.resolve(acme.requests.map(({ url, outcome }) => `${url} ${outcome}`).join('\n')),
    );
    assert.equal((await explorer.row('User 101')).index, middle.index);
    const opened = await explorer.row('Users 101–200');
    assert.equal(opened.expanded, true);
    const used = acme.requests.map(({ headers }) => headers.authorization);
    assert.deepEqual([...new Set(used)], ['Bearer another-token']);
    assert.equal(await about(ACME), 'PRODUCTION · 250 users');
    await explorer.collapse('Users 101–200');
    await explorer.collapse(ACME);
  });

  it('are ordered by dragging', async () => {
    const { explorer, page } = person();
    await ordered(STUDIO, ACME, SANDBOX);
    await drag(SANDBOX, STUDIO);
    await ordered(SANDBOX, STUDIO, ACME);
    await person().workbench.picture('dragged before');
    await drag(SANDBOX, undefined);
    await ordered(STUDIO, ACME, SANDBOX);
    await explorer.click(ACME);
    await explorer.collapse(ACME);
    await explorer.click(SANDBOX, { modifiers: ['ControlOrMeta'] });
    await drag(SANDBOX, STUDIO);
    await ordered(ACME, SANDBOX, STUDIO);
    await person().press('Escape');

    async function drag(row: string, onto: string | undefined): Promise<void> {
      const list = await explorer.container.locator('.monaco-list').first().boundingBox();
      assert.ok(list);
      const target = onto === undefined ? undefined : await place(onto);
      const end = target ?? { x: list.x + list.width / 2, y: list.y + list.height - 20 };
      await explorer.hover(row);
      await page.mouse.down();
      await page.mouse.move(end.x + 5, end.y + 3, { steps: 10 });
      await page.mouse.move(end.x, end.y, { steps: 5 });
      await page.mouse.up();
    }

    async function place(label: string): Promise<{ x: number; y: number }> {
      await explorer.row(label);
      const box = await explorer.container
        .locator('.monaco-list-row', { hasText: label })
        .boundingBox();
      assert.ok(box);
      return { x: box.x + 80, y: box.y + box.height / 2 };
    }
  });

  it('are ordered by the keyboard', async () => {
    const { explorer, quickInput } = person();
    await explorer.chooseFromMenu(STUDIO, 'Move Connection Up');
    await ordered(ACME, STUDIO, SANDBOX);
    await explorer.focus();
    await explorer.moveTo(STUDIO, 'ArrowUp');
    await person().press('Enter');
    await explorer.row((row: Row) => row.label === STUDIO && row.selected);
    await explorer.collapse(STUDIO);
    await person().run('Move Connection Down');
    await ordered(ACME, SANDBOX, STUDIO);
    await person().run('Move Connection Down');
    await ordered(ACME, SANDBOX, STUDIO);
    assert.equal(await quickInput.now(), undefined, 'the row that is selected is meant');
  });

  it('lose their label when it is taken away', async () => {
    const { explorer, quickInput } = person();
    const green = await colors(SANDBOX);
    await explorer.chooseFromMenu(SANDBOX, 'Set Label…');
    await quickInput.question('Label of Luminary: sandbox');
    await quickInput.moveTo(({ label, focused }) => focused && label === 'TEST');
    await quickInput.pick('No label');
    await explorer.row((row) => row.label === SANDBOX && row.description === '12 users');
    assert.notDeepEqual(await colors(SANDBOX), green);
  });

  it('say what to do where secrets can’t be read', async () => {
    const { messages } = person();
    await person().run('Help with the Keyring…');
    assert.match(await messages.dialog(), /others lose them when the page is reloaded/);
    await person().workbench.picture('keyring help');
    await messages.pressInDialog('OK');
  });

  it('are disconnected together, and come back without a label', async () => {
    const { explorer, messages } = person();
    await explorer.click(ACME);
    await explorer.collapse(ACME);
    await explorer.click(STUDIO, { modifiers: ['Shift'] });
    await explorer.chooseFromMenu(ACME, 'Disconnect');
    assert.match(
      await messages.dialog(),
      /Disconnect Luminary: acme \(PRODUCTION\), Luminary: sandbox, Luma: studio\?/,
    );
    await messages.pressInDialog('Disconnect');
    assert.match(await explorer.welcome(), /Connect Luma/);
    await connectLuminary(person(), acme, 'acme');
    await explorer.row((row) => row.label === ACME && row.description === '250 users');
  });
});
