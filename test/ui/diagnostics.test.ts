import assert from 'node:assert/strict';
import { webview } from '../hosts/webviews.ts';
import { startProxy } from '../server/proxy.ts';
import type { TestProxy } from '../server/proxy.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { connectLuma, connectLuminary } from './connecting.ts';
import { useWorkbench } from './fixture.ts';

const password = 'MARKEDproxySECRET';

describe('Network diagnostics', function () {
  this.timeout(60_000);
  let proxy: TestProxy;
  const settings: Record<string, unknown> = {};
  before(async () => {
    proxy = await startProxy({ credentials: `jane:${password}` });
    settings['http.proxy'] = proxy.address(`jane:${password}`);
  });
  const person = useWorkbench({ settings });
  let server: TestServer;

  before(async () => {
    server = await startServer({ users: 250 });
  });

  after(async () => {
    await server.close();
    await proxy.close();
  });

  /** Their preview, in front. */
  const diagnostics = async () => {
    await person().inFront('[Preview] network-diagnostics.md');
    const preview = webview(person().page);
    await preview.getByRole('heading', { name: 'Network diagnostics' }).waitFor();
    return preview;
  };
  /** Their Markdown, taken with the button above them. */
  const copied = () =>
    person().copied(async () => {
      const actions = person().page.locator('.editor-actions');
      await actions.getByRole('button', { name: 'Copy Network Diagnostics' }).click();
    });

  it('tell for every connection how it gets out, from the palette', async () => {
    const { explorer } = person();
    await explorer.open();
    await connectLuma(person(), server, 'studio');
    await connectLuminary(person(), server, 'acme');
    await person().press('Escape');
    await person().run('Luma & Luminary: Show Network Diagnostics');
    const preview = await diagnostics();
    await preview.getByText('It works.').last().waitFor();
    await person().workbench.picture('network diagnostics');
    assert.equal(await preview.locator('a, img').count(), 0);
    const text = await person().saying('Copied network diagnostics', copied);
    assert.match(text, /^# Network diagnostics/);
    assert.match(text, /Proxy: `http:\/\/localhost:\d+\/`, from `http\.proxy`/);
    assert.match(text, /It is given a password\./);
    assert.match(text, /## `Luma: studio`/);
    assert.match(text, /`GET \/accounts` was answered with 200/);
    assert.match(text, /## `Luminary: acme`[^]*asked directly[^]*✔ It works\./);
    for (const secret of [password, server.tokens.luma, server.tokens.luminary]) {
      assert.ok(!text.includes(secret));
    }
  });

  it('tell of every connection from the view’s menu, though a row has the focus', async () => {
    const { explorer } = person();
    await person().run('View: Close All Editors');
    await explorer.click('Luma: studio');
    await explorer.chooseFromView('Show Network Diagnostics');
    await (await diagnostics()).getByText('It works.').nth(1).waitFor();
    const text = await copied();
    assert.ok(text.includes('## `Luma: studio`') && text.includes('## `Luminary: acme`'));
  });

  it('are offered at the row of a failed connection, for that connection alone', async () => {
    const { explorer } = person();
    await server.close();
    await person().run('Refresh All');
    await explorer.row('The service can’t be reached.');
    await person().run('View: Close All Editors');
    await explorer.collapse('Luma: studio');
    await explorer.pressInline('The service can’t be reached.', 'Show Network Diagnostics');
    const preview = await diagnostics();
    await preview.getByText('The service can’t be reached. ECONNREFUSED').waitFor();
    await person().workbench.picture('network diagnostics of a failure');
    const text = await copied();
    assert.match(text, /✘ The service can’t be reached\. `ECONNREFUSED`/);
    assert.ok(text.includes('Luminary: acme') && !text.includes('Luma: studio'));
  });

  it('are made anew in the same tab, which the button belongs to alone', async () => {
    const { page } = person();
    const copy = page.locator('.editor-actions').getByRole('button', { name: /^Copy Network/ });
    await person().run('Luma & Luminary: Show Network Diagnostics');
    await (await diagnostics()).getByRole('heading', { name: 'Luma: studio' }).waitFor();
    assert.deepEqual(await person().editors(), ['[Preview] network-diagnostics.md']);
    assert.equal(await copy.count(), 1);
    await person().run('Luma & Luminary: Show Keyboard Help');
    await person().inFront('[Preview] keyboard-help.md');
    await webview(page).getByRole('heading', { name: 'All commands' }).waitFor();
    await copy.waitFor({ state: 'hidden' });
    await person().run('View: Close All Editors');
  });
});
