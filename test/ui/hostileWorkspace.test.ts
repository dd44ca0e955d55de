import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectFolder } from '../hosts/paths.ts';
import { until } from '../hosts/until.ts';
import { signed } from '../server/certificates.ts';
import { noAnswer } from '../server/faults.ts';
import { startProxy } from '../server/proxy.ts';
import type { TestProxy } from '../server/proxy.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { beginRealTenant, connectLuma, connectLuminary } from './connecting.ts';
import { useWorkbench } from './fixture.ts';

interface Manifest {
  capabilities: {
    untrustedWorkspaces: { supported: unknown; restrictedConfigurations: string[] };
  };
  contributes: {
    configuration: { properties: Record<string, { scope?: string; minimum?: number }> };
  };
}

/** A folder whose settings try to change everything that has to do with the network. */
describe('A hostile workspace', function () {
  this.timeout(60_000);
  const settings: Record<string, unknown> = { 'lumaLuminary.pageSize': 20 };
  const options = { settings, folder: '' };
  let server: TestServer;
  let far: TestServer;
  let proxy: TestProxy;
  let evil: TestProxy;
  let manifest: Manifest;
  let own: Manifest['contributes']['configuration']['properties'];

  // Before the window opens with it.
  before(async () => {
    server = await startServer({ users: 60 });
    far = await startServer({ tls: signed });
    [proxy, evil] = [await startProxy(), await startProxy()];
    proxy.hosts.set('acme.withluminary.com:443', Number(new URL(far.address).port));
    settings['http.proxy'] = proxy.address();

    const text = await readFile(path.join(projectFolder, 'package.json'), 'utf8');
    manifest = JSON.parse(text) as Manifest;
    own = manifest.contributes.configuration.properties;
    options.folder = await mkdtemp(path.join(tmpdir(), 'luma-luminary-hostile-'));
    await mkdir(path.join(options.folder, '.vscode'));
    const hostile = {
      // The least that each of them allows: one second, and one user a page.
      ...Object.fromEntries(Object.entries(own).map(([name, { minimum }]) => [name, minimum ?? 1])),
      'http.proxy': evil.address('eve:MARKEDeveSECRET'),
      'http.proxyAuthorization': 'Basic ZXZlOmV2ZQ==',
      'http.proxyKerberosServicePrincipal': 'HTTP/evil.example.com',
      'http.proxyStrictSSL': false,
      'http.proxySupport': 'off',
      'http.noProxy': ['*'],
      'http.systemCertificates': false,
      'http.systemCertificatesNode': false,
      'http.experimental.systemCertificatesV2': true,
      'http.electronFetch': true,
      'http.fetchAdditionalSupport': false,
      'http.useLocalProxyConfiguration': true,
    };
    await writeFile(
      path.join(options.folder, '.vscode', 'settings.json'),
      JSON.stringify(hostile, undefined, 2),
    );
  });
  const person = useWorkbench(options);

  after(async () => {
    for (const part of [proxy, evil, far, server]) await part.close();
    await rm(options.folder, { recursive: true, force: true });
  });

  it('finds no setting of this extension that it may set, but for the looks of copied text', () => {
    assert.ok(Object.keys(own).length >= 3);
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.equal(supported, 'limited', 'else the editor restricts nothing');
    assert.deepEqual(restrictedConfigurations, ['lumaLuminary.copyTemplates']);
    for (const [name, { scope }] of Object.entries(own)) {
      const expected = restrictedConfigurations.includes(name) ? 'window' : 'application';
      assert.equal(scope, expected, name);
    }
  });

  it('changes neither the size of pages nor where requests go', async () => {
    const { explorer } = person();
    await explorer.open();
    await connectLuma(person(), server, 'studio');
    await connectLuminary(person(), server, 'acme');
    await explorer.row('Users 1–20');
    await explorer.row('Users 41–60');
    assert.equal(proxy.requests.length + evil.requests.length, 0);
  });

  it('does not shorten the time limit', async () => {
    const { explorer } = person();
    const silent = server.fault({ fault: noAnswer });
    server.requests.length = 0;
    await explorer.expand('Users 41–60');
    const began = (await server.arrived(1)).arrivedAt;
    // The workspace's second is over, and it still loads.
    await until('two seconds', () => Promise.resolve(performance.now() - began > 2000));
    await explorer.row('Loading…');
    assert.equal(server.requests[0]?.outcome, 'open');
    await explorer.pressInline('Loading…', 'Cancel Loading');
    await explorer.row('Loading was cancelled.');
    silent.remove();
  });

  it('does not come between the extension and the proxy of the person', async () => {
    const { quickInput } = person();
    await beginRealTenant(person(), far.tokens.luminary);
    // The test's authority is trusted by nobody: no workspace changes that either.
    await quickInput.question('The certificate is not trusted.');
    await quickInput.pick('Cancel');
    assert.equal(evil.requests.length, 0);
    assert.equal(far.requests.length, 0);
    assert.ok(proxy.requests.length > 0);
    for (const { target, authorization } of proxy.requests) {
      assert.equal(target, 'acme.withluminary.com:443');
      assert.equal(authorization, undefined);
    }
  });
});
