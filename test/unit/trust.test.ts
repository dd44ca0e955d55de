import assert from 'node:assert/strict';
import { planNetwork } from '../../src/http/network.ts';
import type { HttpSettings } from '../../src/http/network.ts';
import type { CertificateSource } from '../../src/http/trust.ts';
import { authority, expired, selfSigned, signed, signedExpired } from '../server/certificates.ts';
import type { KeyPair } from '../server/certificates.ts';
import type { TestServer } from '../server/server.ts';
import { because } from './fakes.ts';
import {
  authorities,
  proxyTo,
  serverWith,
  through,
  transportWith,
  useFresh,
  users,
} from './proxyStage.ts';

describe('Certificates of authorities', () => {
  useFresh();
  /** Asks a server by TLS, directly and through a proxy. */
  async function outcomes(pair: KeyPair, settings: HttpSettings, source = authorities) {
    const server = await serverWith(pair);
    const proxy = await proxyTo(server);
    const { port } = new URL(server.address);
    const direct = users(server, 'https', { url: `https://localhost:${port}/api/public/v1/users` });
    const tried = [
      through(settings, {}, source).send(direct),
      through({ ...settings, proxy: proxy.address() }, {}, source).send(users(server, 'https')),
    ];
    const outcomes = (await Promise.allSettled(tried)).map((outcome) =>
      outcome.status === 'fulfilled'
        ? outcome.value.status
        : (outcome.reason as { reason: unknown }).reason,
    );
    assert.ok(server.requests.length === outcomes.filter((outcome) => outcome === 200).length);
    return outcomes;
  }

  it('of the system count where they are to', async () => {
    assert.deepEqual(await outcomes(signed, {}), [200, 200]);
    const off = { systemCertificates: false };
    assert.deepEqual(await outcomes(signed, off), ['certificate', 'certificate']);
  });

  it('that Node trusts count too', async () => {
    const source: CertificateSource = (kind) => (kind === 'default' ? [authority] : []);
    assert.deepEqual(await outcomes(signed, {}, source), [200, 200]);
  });

  it('leave all others untrusted, strict or not', async () => {
    for (const pair of [selfSigned, expired, signedExpired]) {
      for (const proxyStrictSSL of [true, false]) {
        const told = await outcomes(pair, { proxyStrictSSL });
        assert.deepEqual(told, ['certificate', 'certificate']);
      }
    }
  });

  it('must be for the host that is asked', async () => {
    const server = await serverWith(signed);
    const proxy = await proxyTo(server);
    proxy.hosts.set('other.example.com:443', Number(new URL(server.address).port));
    const url = 'https://other.example.com/';
    await assert.rejects(
      through({ proxy: proxy.address() }).send(users(server, 'https', { url })),
      because('certificate'),
    );
    assert.equal(proxy.requests.length, 1);
  });

  it('are read once, when TLS is first needed', async () => {
    const read: string[] = [];
    const source: CertificateSource = (kind) => {
      read.push(kind);
      return authorities(kind);
    };
    const [plain, secure] = [await serverWith(), await serverWith(signed)];
    let plan = planNetwork({}, {});
    const transport = transportWith(() => plan, source);
    const ask = async (server: TestServer) => {
      const address = server.luminaryAddress.replace('127.0.0.1', 'localhost');
      const url = `${address}/users`;
      assert.equal((await transport.send(users(server, '', { url }))).status, 200);
    };
    await ask(plain);
    assert.deepEqual(read, []);
    await ask(secure);
    plan = planNetwork({}, {});
    await ask(secure);
    assert.deepEqual(read, ['default', 'system']);
  });

  it('that are broken, expired or there twice do no harm', async () => {
    const source: CertificateSource = (kind) =>
      kind === 'default'
        ? ['', 'no certificate', authority, `\n${authority}\n`]
        : [authority, expired.cert, authority.slice(0, 200)];
    assert.deepEqual(await outcomes(signed, {}, source), [200, 200]);
    assert.deepEqual(await outcomes(expired, {}, source), ['certificate', 'certificate']);
  });
});
