import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import type { Row } from '../hosts/rows.ts';
import { until } from '../hosts/until.ts';
import { webview } from '../hosts/webviews.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { connectLuma } from './connecting.ts';
import { useWorkbench } from './fixture.ts';
import { changeSettings } from './userSettings.ts';

const day = 24 * 3600_000;

const account = (email: string, executing: number, expires: number, more: object = {}) =>
  [
    email,
    {
      account: email,
      email,
      concurrency: 4,
      executing,
      luma_session_expires: `${new Date(Date.now() + expires).toISOString().slice(0, 19).replace('T', ' ')} UTC`,
      ...more,
    },
  ] as const;

const error = `Out of credits: see [the plans](command:workbench.action.quit) or https://evil.example/\n${'Jobs are kept for a day. '.repeat(40)}The end.`;

const names = {
  running: 'jane.doe@example.com',
  broken: 'broken@example.com',
  idle: 'idle@example.com',
  ended: 'ended@example.com',
  busy: 'busy@example.com',
  soon: 'soon@example.com',
};

const accounts = () =>
  new Map<string, object>([
    account(names.running, 2, 12.5 * day),
    account(names.broken, 0, 30.5 * day, { error }),
    account(names.idle, 0, 41.5 * day),
    account(names.ended, 0, -3.5 * day),
    account(names.busy, 4, 20.5 * day),
    account(names.soon, 1, 3.5 * day),
  ]);

describe('Accounts at a glance', function () {
  this.timeout(60_000);
  const person = useWorkbench({
    settings: { 'workbench.editor.useModal': 'off' },
  });
  let server: TestServer;
  let other: TestServer;

  before(async () => {
    server = await startServer({ accounts: accounts() });
    other = await startServer({ accounts: new Map([account('other@example.org', 1, 50 * day)]) });
  });

  after(async () => {
    await server.close();
    await other.close();
  });

  const order = async () => {
    const rows = await person().explorer.children('Luma: studio');
    return rows.map(
      ({ label }: Row) => Object.entries(names).find(([, name]) => name === label)?.[0],
    );
  };

  it('tell how they are', async () => {
    const { explorer } = person();
    await explorer.open();
    await connectLuma(person(), server, 'studio');
    const said = async (name: string) => (await explorer.row(name)).description;
    assert.equal(await said(names.running), '2/4 running · session ends in 12 days');
    assert.match(await said(names.broken), /^error: Out of credits: see \[the plans\].*…$/);
    assert.equal(await said(names.idle), 'idle · 0/4 · session ends in 1 month');
    assert.equal(await said(names.ended), 'expired 3 days ago');
    assert.equal(await said(names.busy), 'busy · 4/4 · session ends in 20 days');
    assert.equal(await said(names.soon), 'ends in 3 days · 1/4 running');
    assert.equal(await said('Luma: studio'), '3 need attention · 9 slots free · 6 accounts');
  });

  it('that need attention are counted and named beside the view', async () => {
    const badge =
      '3 Luma accounts need attention: broken@example.com, ended@example.com, soon@example.com; 9 slots free';
    const tab = person().page.locator('.activitybar').getByRole('tab', { name: badge });
    await tab.waitFor();
    assert.equal(await tab.locator('.badge-content').innerText(), '3');
    await person().workbench.picture('accounts');
  });

  it('show their slots as a bar, and all that is wrong, in what hovers over them', async () => {
    const { explorer, page, workbench } = person();
    const hover = page.locator('.monaco-hover:visible');
    await explorer.hover(names.running);
    await hover.filter({ hasText: '▰▰▱▱ 2 of 4 slots in use · 2 slots free' }).waitFor();
    await workbench.picture('accounts hover');
    await page.mouse.move(900, 500);
    await until('the hover to go', async () => (await hover.count()) === 0);
    await explorer.hover(names.broken);
    const broken = hover.filter({ hasText: 'The end.' });
    await broken.waitFor();
    assert.equal(await broken.locator('a').count(), 0);
    await workbench.picture('accounts hover error');
    await page.mouse.move(900, 500);
    await until('the hover to go', async () => (await hover.count()) === 0);
  });

  it('stand in the order that is set, without a request', async () => {
    const { explorer } = person();
    assert.deepEqual(await order(), ['running', 'broken', 'idle', 'ended', 'busy', 'soon']);
    server.requests.length = 0;
    await changeSettings(person(), { 'lumaLuminary.sortAccounts': 'attention' });
    await until('the worst to be first', async () => (await order())[0] === 'broken');
    assert.deepEqual(await order(), ['broken', 'ended', 'soon', 'running', 'idle', 'busy']);
    await person().workbench.picture('accounts by attention');
    await changeSettings(person(), { 'lumaLuminary.sortAccounts': 'name' });
    await until('B to be first', async () => (await order()).at(-1) === 'soon');
    assert.deepEqual(await order(), ['broken', 'busy', 'ended', 'idle', 'running', 'soon']);
    await changeSettings(person(), { 'lumaLuminary.sortAccounts': 'service' });
    await until('the service’s order', async () => (await order())[0] === 'running');
    assert.deepEqual(server.requests, []);
    await explorer.row('Luma: studio');
  });

  it('are compared in one document, read where they are not', async () => {
    const { explorer, page } = person();
    await connectLuma(person(), other, 'elsewhere');
    await explorer.row('other@example.org');
    await explorer.chooseFromMenu('Luma: studio', 'Compare Accounts');
    await person().inFront('[Preview] luma-accounts.md');
    const preview = webview(page);
    await preview.getByRole('heading', { name: 'Luma accounts' }).waitFor();
    await person().workbench.picture('compare accounts');
    assert.deepEqual(await tableOf(preview), [
      `${names.running}|studio|running|2|4|1,840/3,200 (57%)|in 12 days`,
      `${names.broken} ✘ Out of credits: see [the plans](command:workbench.action.quit) or https://evil.example/|studio|error|0|4|1,840/3,200 (57%)|in 1 month`,
      `${names.idle}|studio|idle|0|4|1,840/3,200 (57%)|in 1 month`,
      `${names.ended}|studio|expired|0|4|–|3 days ago`,
      `${names.busy}|studio|busy|4|4|1,840/3,200 (57%)|in 20 days`,
      `${names.soon}|studio|ends soon|1|4|1,840/3,200 (57%)|in 3 days`,
      'other@example.org|elsewhere|running|1|4|1,840/3,200 (57%)|in 1 month',
    ]);
    assert.equal(await preview.locator('table a, table img').count(), 0);
    await preview.getByText('7 accounts · 3 need attention · 12 slots free').waitFor();
  });

  it('are read again by the document’s button, and a connection that fails is said', async () => {
    const { page } = person();
    const preview = webview(page);
    server.accounts = new Map([account(names.running, 4, 12.5 * day)]);
    await other.close();
    const button = page.locator('.editor-actions').getByRole('button', {
      name: 'Refresh Comparison of Accounts',
    });
    await button.click();
    await preview.getByText('Since then: The service can’t be reached.').waitFor();
    await until('the table to follow', async () => {
      const [first = '', ...rest] = await tableOf(preview);
      return first.startsWith(`${names.running}|studio|busy|4|4|`) && rest.length === 1;
    });
    await person().workbench.picture('compare accounts again');
  });

  it('follow what is known, until the document is closed', async () => {
    const { explorer, messages, page } = person();
    const preview = webview(page);
    await explorer.chooseFromMenu('Luma: elsewhere', 'Disconnect');
    await messages.pressInDialog('Disconnect');
    await until('its accounts to go', async () => (await tableOf(preview)).length === 1);
    await person().run('View: Close All Editors');
    await until('no editor', async () => (await person().editors()).length === 0);
    await person().run('Luma & Luminary: Compare Accounts');
    await person().inFront('[Preview] luma-accounts.md');
    await until('the table', async () => (await tableOf(preview)).length === 1);
    await person().run('View: Close All Editors');
  });

  it('change their words as time passes, without a request', async function () {
    this.timeout(120_000);
    const { explorer, page } = person();
    server.accounts = new Map([account(names.soon, 0, 40_000)]);
    await explorer.chooseFromMenu('Luma: studio', 'Refresh');
    const said = (words: string) => (row: Row) => row.description.startsWith(words);
    await explorer.row(said('ends this minute'));
    server.requests.length = 0;
    await explorer.row(said('expired this minute'), 60_000);
    const connection = await explorer.row('Luma: studio');
    assert.equal(connection.description, '1 needs attention · no slot free · 1 account');
    const badge = { name: `1 Luma account needs attention: ${names.soon}; no slot free` };
    await page.locator('.activitybar').getByRole('tab', badge).waitFor();
    assert.deepEqual(server.requests, []);
  });
});

/** The document's table, a line for each row; of a session's end without the date, of an error its beginning. */
async function tableOf(preview: FrameLocator): Promise<string[]> {
  const rows = await preview
    .locator('table tbody tr')
    .evaluateAll((all) =>
      all.map((row) =>
        [...row.querySelectorAll('td')].map(({ innerText }) =>
          innerText.replaceAll('\u00a0', ' ').replaceAll(/\s+/g, ' ').trim(),
        ),
      ),
    );
  return rows.map((cells) =>
    cells
      .map((cell, index) =>
        index === 6 ? cell.replace(/ \(.*\)$/, '') : cell.replace(/ Jobs.*$/, ''),
      )
      .join('|'),
  );
}
