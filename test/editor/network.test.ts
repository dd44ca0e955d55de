import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import * as vscode from 'vscode';
import { testOutputMark } from '../hosts/totals.ts';
import { startProxy } from '../server/proxy.ts';
import type { TestProxy } from '../server/proxy.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';

const slots = [
  Symbol.for('undici.globalDispatcher.1'),
  Symbol.for('undici.globalDispatcher.2'),
] as const;
const filled = () => slots.map((slot): unknown => Reflect.get(globalThis, slot));

/** What other extensions share with this one. */
const shared = (): readonly unknown[] => [
  ...filled(),
  globalThis.fetch,
  http.request,
  http.globalAgent,
  https.request,
  https.globalAgent,
  tls.createSecureContext,
];

const proxySetting = (proxy: string | undefined) =>
  vscode.workspace
    .getConfiguration('http')
    .update('proxy', proxy, vscode.ConfigurationTarget.Global);

// This file's name comes before those of others that make requests: it sees the very first one.
describe('The network', function () {
  this.timeout(60_000);
  let server: TestServer;
  let proxy: TestProxy;

  before(async () => {
    server = await startServer();
    proxy = await startProxy();
    for (const host of ['before', 'after']) {
      proxy.hosts.set(`${host}.example.com:80`, Number(new URL(server.address).port));
    }
  });

  after(async () => {
    await proxySetting(undefined);
    await proxy.close();
    await server.close();
  });

  it('leaves the host’s fetch as it is, through a proxy and without', async () => {
    const extension = vscode.extensions.getExtension('luma-luminary.luma-luminary-explorer');
    assert.ok(extension);
    const { cache } = createRequire(path.join(extension.extensionPath, 'package.json'));
    const network = Object.keys(cache).filter((file) => file.endsWith('http.cjs'));
    assert.deepEqual(network, [], 'the extension has made no request yet');
    const direct = await fetched(server.address);
    await proxySetting(proxy.address());
    const proxied = await fetched('http://before.example.com');
    const before = shared();
    assert.ok(before.slice(0, 2).some((dispatcher) => dispatcher !== undefined));

    server.requests.length = 0;
    await vscode.commands.executeCommand('lumaLuminary.connectLuma', {
      name: 'first',
      address: server.lumaAddress,
      token: server.tokens.luma,
    });
    assert.ok(
      server.requests.some(({ url }) => url.endsWith('/accounts')),
      'the extension has made a request',
    );

    shared().forEach((part, index) => {
      assert.equal(part, before[index]);
    });
    // Another host: for the same one, the tunnel is still open.
    assert.deepEqual(await fetched('http://after.example.com'), proxied);
    await proxySetting(undefined);
    assert.deepEqual(await fetched(server.address), direct);
    console.log(`${testOutputMark}Without a proxy: ${JSON.stringify(direct)}`);
    console.log(`${testOutputMark}With one: ${JSON.stringify(proxied)}`);
    const state = filled().map((dispatcher) => (dispatcher === undefined ? 'no' : 'yes'));
    console.log(`${testOutputMark}Slots filled: ${state.join(', ')}`);
  });

  /** What the host's fetch gives, what the service hears of it, and what the proxy is asked. */
  async function fetched(origin: string) {
    server.requests.length = 0;
    proxy.requests.length = 0;
    const answer = await fetch(`${origin}/v1/luma/accounts`).then(
      async (response) => ({ status: response.status, body: await response.text() }),
      (error: unknown) => String(error),
    );
    return {
      answer,
      heard: server.requests.map(({ url, headers }) => [url, headers['user-agent']]),
      asked: proxy.requests.map(({ method, target }) =>
        `${method} ${target}`.replace(/(before|after)\.example/, '….example'),
      ),
    };
  }
});
