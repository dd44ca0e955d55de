import assert from 'node:assert/strict';
import { stored } from '../hosts/stored.ts';
import { TextEditor } from '../hosts/textEditor.ts';
import { until } from '../hosts/until.ts';
import { webview } from '../hosts/webviews.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { connectLuma } from './connecting.ts';
import { useWorkbench } from './fixture.ts';

/** In this host the secrets are gone with the window, and the connections with them. */
describe('After Reload Window', function () {
  this.timeout(90_000);
  const person = useWorkbench();
  let server: TestServer;

  before(async () => {
    server = await startServer({ users: 0 });
  });

  after(async () => {
    await server.close();
  });

  it('the comparison of accounts is there again, and is told what is known', async () => {
    const { explorer, page, workbench } = person();
    await explorer.open();
    await connectLuma(person(), server, 'studio');
    await explorer.chooseFromMenu('Luma: studio', 'Open JSON');
    // It closes a menu when it opens.
    await person().inFront('accounts.json');
    await new TextEditor(page).focusTaken();
    await explorer.chooseFromMenu('Luma: studio', 'Compare Accounts');
    await person().inFront('[Preview] luma-accounts.md');
    await webview(page).getByText('studio@example.com').waitFor();
    await workbench.picture('before a reload');
    await stored(page, 'luma-luminary:/luma-accounts.md');
    await page.reload();
    await person().inFront('[Preview] luma-accounts.md');
    await webview(page).getByRole('heading', { name: 'Luma accounts' }).waitFor();
    await workbench.picture('after a reload');
    assert.deepEqual(
      await person().editors(),
      ['[Preview] luma-accounts.md'],
      'the JSON is closed',
    );
    await webview(page).getByText('There is no Luma token yet.').waitFor();
  });

  it('it follows again, and its button is there', async () => {
    const { explorer, page, workbench } = person();
    await explorer.open();
    await connectLuma(person(), server, 'studio');
    const preview = webview(page);
    await preview.getByText('studio@example.com').first().waitFor();
    await preview.getByText('Not everything is loaded').waitFor();
    await workbench.picture('followed after a reload');
    const button = page.locator('.editor-actions').getByRole('button', {
      name: 'Refresh Comparison of Accounts',
    });
    await button.click();
    await preview.getByText('1,840/3,200').first().waitFor();
    await until(
      'all to be loaded',
      async () => (await preview.getByText('Not everything').count()) === 0,
    );
    await workbench.picture('refreshed after a reload');
  });

  it('the keyboard help is there again; of the diagnostics it is said how to have them again, with their button', async () => {
    const { page, workbench } = person();
    await person().run('View: Close All Editors');
    await person().run('Luma & Luminary: Show Network Diagnostics');
    await person().inFront('[Preview] network-diagnostics.md');
    // A preview hands on keys as soon as it is drawn.
    await webview(page).getByRole('heading', { name: 'Network diagnostics' }).waitFor();
    await person().run('Luma & Luminary: Show Keyboard Help');
    await person().inFront('[Preview] keyboard-help.md');
    await webview(page).getByRole('heading', { name: 'All commands' }).waitFor();
    // A preview's tab is stored before what it shows, and can't be brought back without.
    for (const name of ['network-diagnostics', 'keyboard-help']) {
      await stored(page, `luma-luminary:/${name}.md`);
    }
    await page.reload();
    await person().inFront('[Preview] keyboard-help.md');
    await webview(page).getByRole('heading', { name: 'All commands' }).waitFor();
    await workbench.picture('keyboard help after a reload');
    await page.locator('.tab').filter({ hasText: 'network-diagnostics.md' }).click();
    await webview(page).getByText('The command that opened it shows it again.').waitFor();
    await workbench.picture('network diagnostics after a reload');
    const actions = page.locator('.editor-actions');
    const copy = actions.getByRole('button', { name: 'Copy Network Diagnostics' });
    assert.equal(await copy.count(), 0);
    await person().run('Luma & Luminary: Show Network Diagnostics');
    await webview(page).getByRole('heading', { name: 'Network diagnostics' }).waitFor();
    await copy.waitFor();
    await workbench.picture('network diagnostics made anew after a reload');
    const tabs = (await person().editors()).filter((name) => name.includes('network-diagnostics'));
    assert.equal(tabs.length, 1, 'in the same tab');
    assert.match(await person().copied(() => copy.click()), /^# Network diagnostics/);
  });
});
