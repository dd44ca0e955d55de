import assert from 'node:assert/strict';
import tls from 'node:tls';
import * as vscode from 'vscode';
import { testOutputMark } from '../hosts/totals.ts';
import { authority, signed } from '../server/certificates.ts';
import { startProxy } from '../server/proxy.ts';
import type { TestProxy } from '../server/proxy.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';

const slots = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2'].map((name) =>
  Symbol.for(name),
);
const filled = () => slots.map((slot): unknown => Reflect.get(globalThis, slot));

const http = () => vscode.workspace.getConfiguration('http');

describe('A proxy that the editor is told to use', function () {
  this.timeout(60_000);
  let server: TestServer;
  let proxy: TestProxy;

  before(async () => {
    // Stands for an authority that the system trusts, before the extension reads these.
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), authority]);
    server = await startServer({ tls: signed });
    proxy = await startProxy();
    const port = Number(new URL(server.address).port);
    proxy.hosts.set('acme.withluminary.com:443', port);
    await http().update('proxy', proxy.address(), vscode.ConfigurationTarget.Global);
  });

  after(async () => {
    await http().update('proxy', undefined, vscode.ConfigurationTarget.Global);
    await proxy.close();
    await server.close();
  });

  it('is used by the extension, and the fetch of the host is as before', async () => {
    const fetched = async () => {
      proxy.requests.length = 0;
      const url = 'https://acme.withluminary.com/api/public/v1/users';
      const answer = await fetch(url).then(
        ({ status }) => String(status),
        (error: unknown) => String(error),
      );
      return { answer, asked: proxy.requests.map(({ target }) => target) };
    };
    const before = { fetched: await fetched(), slots: filled() };
    proxy.requests.length = 0;
    server.requests.length = 0;
    await vscode.commands.executeCommand('lumaLuminary.connectLuminary', {
      name: 'proxied',
      address: 'acme',
      token: server.tokens.luminary,
    });
    assert.ok(server.requests.some(({ path }) => path === '/api/public/v1/users'));
    assert.ok(proxy.requests.length > 0);
    assert.ok(
      proxy.requests.every(
        ({ method, target }) => method === 'CONNECT' && target === 'acme.withluminary.com:443',
      ),
    );
    filled().forEach((dispatcher, index) => {
      assert.equal(dispatcher, before.slots[index]);
    });
    assert.deepEqual(await fetched(), before.fetched);
    console.log(`${testOutputMark}The fetch of the host: ${JSON.stringify(before.fetched)}`);
  });

  it('can’t be set by a workspace', async () => {
    await assert.rejects(async () => {
      await http().update('proxy', 'http://evil.example.com', vscode.ConfigurationTarget.Workspace);
    });
  });
});
