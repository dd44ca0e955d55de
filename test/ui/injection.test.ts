import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { TextEditor } from '../hosts/textEditor.ts';
import type { Row, RowMatch } from '../hosts/rows.ts';
import { until } from '../hosts/until.ts';
import { respond } from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { beginLuma, connectLuma, connectLuminary } from './connecting.ts';
import { useWorkbench } from './fixture.ts';
import { Untitled } from './untitled.ts';

// What would do something if the editor took it for more than text.
const evil =
  '[x](command:workbench.action.closeWindow) <img src=x onerror=alert(1)> ![y](https://example.com/y.png) $(trash) | **b**';
const hostileId = 'user_01EVILEVILEVIL';
const email = `${evil} <a href="command:workbench.action.quit">z</a>`;
const begins = (row: Row) => row.label.includes('command:');

/** Names, emails, keys, ids and errors of a service, wherever they are shown. */
describe('What a service sends is text', function () {
  this.timeout(60_000);
  const person = useWorkbench({ settings: { 'lumaLuminary.inlayHints': true } });
  let server: TestServer;

  before(async () => {
    const account = { email, account: email, error: evil, user_id: evil, [evil]: evil };
    const user = { id: evil, first_name: evil, last_name: evil, email, [evil]: evil };
    server = await startServer({ users: [user], accounts: new Map([[evil, account]]) });
  });

  after(async () => {
    await server.close();
  });

  it('in rows and in what hovers over them', async () => {
    const { explorer } = person();
    await explorer.open();
    await connectLuma(person(), server, 'studio');
    await connectLuminary(person(), server, 'acme');
    const hostile = await until('two hostile rows', async () => {
      const rows = (await explorer.allRows()).filter(begins);
      return rows.length === 2 && rows;
    });
    for (const { index } of hostile) {
      await explorer.expand((row) => row.index === index);
      await hoverIsText((row) => row.index === index);
      await explorer.collapse((row) => row.index === index);
    }
    await person().workbench.picture('hostile rows');
    await nothingButText('.composite.viewlet .monaco-list-row');
  });

  it('in fields and in what hovers over them', async () => {
    const { explorer } = person();
    await explorer.expand((row) => begins(row) && row.level === 3);
    const field = (label: string) => (row: Row) => row.label === label && row.level === 4;
    for (const label of ['ID', 'First name', 'Email']) await hoverIsText(field(label));
    await hoverIsText((row) => begins(row) && row.level === 4);
    await nothingButText('.composite.viewlet .monaco-list-row');
    await explorer.collapse((row) => begins(row) && row.level === 3);
  });

  it('in errors, their rows and what hovers over them', async () => {
    const { explorer } = person();
    server.fault({ fault: respond(402, { error: evil }) });
    await person().run('Refresh All');
    const failed = 'The subscription is missing or has expired.';
    const rows = await until('both failures', async () => {
      const found = (await explorer.allRows()).filter(({ label }) => label === failed);
      return found.length === 2 && found;
    });
    assert.ok(rows.every(({ description }) => description.includes('[x](command:')));
    await hoverIsText(failed);
    await nothingButText('.composite.viewlet .monaco-list-row');
    server.heal();
    await person().run('Refresh All');
    await explorer.gone(failed);
  });

  it('in a list to choose from', async () => {
    const { explorer, quickInput } = person();
    await explorer.click('Luminary: acme');
    await person().press('Escape');
    await person().run('Luma & Luminary: Copy ID');
    await quickInput.question('Which connection?');
    await quickInput.pick('Luminary: acme');
    const choice = await until('the user', async () =>
      (await quickInput.choices()).find(({ label }) => label.includes('command:')),
    );
    await person().workbench.picture('hostile choice');
    for (const text of [choice.label, choice.description, choice.detail]) {
      assert.ok(text.includes('$ (trash)'), text);
    }
    await nothingButText('.quick-input-list .monaco-list-row');
    assert.equal(await person().copied(() => quickInput.accept()), evil);
  });

  it('in the status bar', async () => {
    const { explorer, page } = person();
    await explorer.expand('Luminary: acme');
    await explorer.expand('User 1');
    await explorer.expand((row) => begins(row) && row.level === 3);
    const field = (row: Row) => begins(row) && row.level === 4;
    const copied = await person().copied(() => explorer.chooseFromMenu(field, 'Copy Value'));
    assert.equal(copied, evil);
    const item = page.locator('.statusbar-item').filter({ hasText: 'Copied [x] (command:' });
    await item.waitFor();
    assert.ok((await item.innerText()).includes('$ (trash)'));
    assert.equal(await item.locator('img, .codicon-trash').count(), 0);
  });

  it('in a question, and in a message', async () => {
    const { quickInput, messages, page } = person();
    server.fault({ fault: respond(503, { error: evil }) });
    await beginLuma(person(), server);
    await quickInput.answer(server.tokens.luma);
    await quickInput.question('The service has a problem. (503: [x] (command:');
    await nothingButText('.quick-input-widget');
    await quickInput.pick('Save Anyway');
    await quickInput.question('Name of this connection');
    await quickInput.answer('broken');
    await person().explorer.row((row) => row.label === 'Luma: broken' && row.focused);
    await person().explorer.row('The service has a problem.');
    // A record is asked for where none can be read: the command fails, and says why.
    await person().press('Escape');
    await person().run('Luma & Luminary: Copy ID');
    await quickInput.question('Which connection?');
    await quickInput.pick('Luma: broken');
    const said = await messages.notification('The service has a problem.');
    assert.ok(said.includes('[x] (command:'), said);
    await person().workbench.picture('hostile message');
    const message = page.locator('.notification-list-item-message:visible');
    assert.equal(await message.locator('a, img, .codicon').count(), 0);
    server.heal();
  });

  it('in what a person has called a connection', async () => {
    const { explorer, quickInput, messages, page } = person();
    const [name, told] = [
      '$(trash) [x](command:workbench.action.quit)',
      '$ (trash) [x] (command:workbench.action.quit)',
    ];
    const asked = async (connection: string, command: string, question: string) => {
      await explorer.chooseFromMenu(connection, command);
      await quickInput.question(question);
      await nothingButText('.quick-input-widget');
    };
    for (const [kind, before] of [
      ['Luma', 'studio'],
      ['Luminary', 'acme'],
    ] as const) {
      await asked(`${kind}: ${before}`, 'Rename Connection…', `New name of ${kind}: ${before}`);
      await quickInput.answer(name);
      const renamed = `${kind}: ${name}`;
      await explorer.row(renamed);
      await asked(renamed, 'Rename Connection…', `New name of ${kind}: ${told}`);
      await person().workbench.picture(`hostile name ${kind}`);
      await quickInput.cancel();
      await asked(renamed, 'Set Label…', `Label of ${kind}: ${told}`);
      await quickInput.cancel();
      await asked(renamed, 'Replace Token…', `Replace Token: ${kind}: ${told}`);
      await quickInput.cancel();
      await explorer.chooseFromMenu(renamed, 'Disconnect');
      assert.ok((await messages.dialog()).includes(`Disconnect ${kind}: ${told}?`));
      const dialog = page.locator('.monaco-dialog-box .dialog-message-container');
      assert.equal(await dialog.locator('a, img, .codicon-trash').count(), 0);
      await person().workbench.picture(`hostile name in a dialog ${kind}`);
      await messages.pressInDialog('Cancel');
    }
    const tenant = `Luminary: ${name}`;
    await asked(tenant, 'Find User in Tenant…', `Find User in ${told}`);
    await quickInput.cancel();
    await asked(tenant, 'Go to User by ID…', `Go to User by ID in ${told}`);
    await quickInput.cancel();
    await asked(tenant, 'Export Users…', `Export the users of Luminary: ${told}`);
    await quickInput.cancel();
    await explorer.chooseFromMenu(tenant, 'Load All Users');
    await messages.notification(`all of ${told}`);
    await messages.clear();
    await explorer.chooseFromMenu(tenant, 'Rename Connection…');
    await quickInput.question('New name of');
    await quickInput.answer('acme');
    await explorer.row('Luminary: acme');
  });

  it('in what is told of IDs in editors', async () => {
    const { page, explorer, quickInput } = person();
    const hostile = { first_name: evil, last_name: `${evil}${'x'.repeat(10_000)}`, email };
    server.users.insert(0, { id: hostileId, ...hostile });
    await explorer.click('Luminary: acme');
    await person().press('Escape');
    await person().run('Refresh All');
    await explorer.row(({ label, description }) => {
      return label === 'Luminary: acme' && description.includes('2 users');
    });
    const untitled = await Untitled.open(person(), 'see ');
    await person().setClipboard(`${hostileId}\n`);
    await person().press('ControlOrMeta+End', 'ControlOrMeta+v');
    const editor = new TextEditor(page);
    const hint = await until('the hint', async () =>
      (await editor.hints()).find((text) => text.includes('command:')),
    );
    assert.ok(hint.length <= 40, hint);
    const hover = await editor.hover(hostileId, 'command:');
    await person().workbench.picture('hostile hover');
    await hoveredIsText(hover);
    await untitled.focus();
    await person().press('ControlOrMeta+End');
    await page.keyboard.type('user_01EVIL', { delay: 20 });
    await until(
      'a proposal',
      async () => (await editor.proposals()).some(({ label }) => label.includes('command:')),
      async () => JSON.stringify([await editor.proposals(), await explorer.text()]),
    );
    await page.keyboard.press('ControlOrMeta+Space');
    const details = page.locator('.suggest-details:visible');
    await details.filter({ hasText: 'command:' }).waitFor();
    await person().workbench.picture('hostile proposal');
    await hoveredIsText(details);
    await nothingButText('.suggest-widget.visible .monaco-list-row');
    await person().press('Escape');
    await untitled.close();
    await quickInput.closed();
  });

  /** Of all that could run something, there are the three links of ours. */
  async function hoveredIsText(part: Locator): Promise<void> {
    assert.equal(await part.locator('img, script, .codicon-trash, strong strong').count(), 0);
    const links = await part
      .locator('a')
      .evaluateAll((all) =>
        all.map((link) => link.getAttribute('data-href') ?? link.getAttribute('href') ?? ''),
      );
    assert.ok(links.length > 0);
    for (const link of links) assert.match(link, /^$|^#$|^command:lumaLuminary\.(copy|lookUp)/);
    assert.match(await part.innerText(), /\[x\]\s?\(command:/);
  }

  /** Rests the mouse on a row: what appears has the hostile text in it, and nothing but text. */
  async function hoverIsText(match: RowMatch): Promise<void> {
    const { explorer, page } = person();
    await page.mouse.move(900, 500);
    const any = page.locator('.monaco-hover:visible');
    await until('the last hover to go', async () => (await any.count()) === 0);
    await explorer.hover(match);
    const hover = any.filter({ hasText: 'command:' }).first();
    await hover.waitFor();
    assert.equal(await hover.locator('a, img, script, .codicon-trash, strong strong').count(), 0);
    assert.match(await hover.innerText(), /\[x\]\s?\(command:/);
  }

  async function nothingButText(rows: string): Promise<void> {
    const all = person().page.locator(rows);
    assert.ok((await all.count()) > 0);
    assert.equal(await all.locator('a[href*=command], img, script, .codicon-trash').count(), 0);
  }
});
