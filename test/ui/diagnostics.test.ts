import assert from 'node:assert/strict';
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

  it('tell for every connection how it gets out, from the palette', async () => {
    const { explorer } = person();
    await explorer.open();
    await connectLuma(person(), server, 'studio');
    await connectLuminary(person(), server, 'acme');
    await person().press('Escape');
    await person().run('Luma & Luminary: Show Network Diagnostics');
    await person().inFront('network-diagnostics.md');
    const text = await person().editorText();
    await person().workbench.picture('network diagnostics');
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

  it('are offered at the row of a failed connection, for that connection alone', async () => {
    const { explorer } = person();
    await server.close();
    await person().run('Refresh All');
    await explorer.row('The service can’t be reached.');
    await person().run('View: Close All Editors');
    await explorer.collapse('Luma: studio');
    await explorer.pressInline('The service can’t be reached.', 'Show Network Diagnostics');
    await person().inFront('network-diagnostics.md');
    const text = await person().editorText();
    await person().workbench.picture('network diagnostics of a failure');
    assert.match(text, /✘ The service can’t be reached\. \(ECONNREFUSED\)/);
    assert.ok(text.includes('Luminary: acme') && !text.includes('Luma: studio'));
  });
});
