import assert from 'node:assert/strict';
import { createSecureServer } from 'node:http2';
import type { Http2SecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { planNetwork } from '../../src/http/network.ts';
import type { HttpSettings } from '../../src/http/network.ts';
import { UndiciTransport } from '../../src/http/undici.ts';
import { authority, signed } from '../server/certificates.ts';
import { startProxy } from '../server/proxy.ts';

describe('A server that offers HTTP/2', () => {
  let server: Http2SecureServer;
  let port: number;

  beforeEach(async () => {
    server = createSecureServer({ ...signed, allowHTTP1: true });
    server.on('request', (request, response) => {
      response.end(request.httpVersion);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    ({ port } = server.address() as AddressInfo);
  });

  afterEach(async () => {
    await new Promise((resolve) => server.close(resolve));
  });

  async function versionSpoken(host: string, settings: HttpSettings): Promise<string> {
    const plan = planNetwork(settings, {});
    const transport = new UndiciTransport({
      timeLimit: () => 2000,
      plan: () => plan,
      certificates: (kind) => (kind === 'system' ? [authority] : []),
    });
    try {
      const url = `https://${host}/`;
      const { body } = await transport.send({ method: 'GET', url, template: '/', headers: {} });
      return new TextDecoder().decode(body);
    } finally {
      await transport.close();
    }
  }

  it('is spoken to in HTTP/1.1, as all failures are known in that', async () => {
    assert.equal(await versionSpoken(`localhost:${port}`, {}), '1.1');
  });

  it('is spoken to in HTTP/1.1 through a proxy too', async () => {
    const proxy = await startProxy();
    proxy.hosts.set('api.example.com:443', port);
    try {
      assert.equal(await versionSpoken('api.example.com', { proxy: proxy.address() }), '1.1');
    } finally {
      await proxy.close();
    }
  });
});
