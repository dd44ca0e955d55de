import assert from 'node:assert/strict';
import { planNetwork } from '../../src/http/network.ts';
import type { HttpSettings } from '../../src/http/network.ts';
import { UndiciTransport } from '../../src/http/undici.ts';
import { expired, selfSigned, signed, signedExpired } from '../server/certificates.ts';
import type { TestProxy } from '../server/proxy.ts';
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

const secret = 'proxy-password-do-not-tell';

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 1));
}

for (const [scheme, tls] of [
  ['http', undefined],
  ['https', signed],
] as const) {
  describe(`A proxy, for ${scheme}`, () => {
    useFresh();
    let server: TestServer;

    beforeEach(async () => {
      server = await serverWith(tls);
    });

    const asked = (proxy: TestProxy) =>
      proxy.requests.map(({ method, target }) => [method, target]);
    const expected =
      scheme === 'https'
        ? ['CONNECT', 'api.example.com:443']
        : ['GET', 'http://api.example.com/api/public/v1/users?limit=5'];

    it('is asked, and the service hears what it would hear without', async () => {
      const proxy = await proxyTo(server);
      const answer = await through({ proxy: proxy.address() }).send(users(server, scheme));
      assert.equal(answer.status, 200);
      assert.deepEqual(asked(proxy), [expected]);
      const record = await server.arrived(1);
      assert.equal(record.url, '/api/public/v1/users?limit=5');
      assert.equal(record.headers.host, 'api.example.com');
      assert.equal(record.headers['proxy-authorization'], undefined);
      assert.equal(proxy.requests[0]?.authorization, undefined);
    });

    it('is found in the environment', async () => {
      const proxy = await proxyTo(server);
      const transport = through({}, { [`${scheme}_proxy`]: proxy.host, HTTPS_PROXY: proxy.host });
      assert.equal((await transport.send(users(server, scheme))).status, 200);
      assert.deepEqual(asked(proxy), [expected]);
    });

    it('gets its password, and nobody else does', async () => {
      const credentials = `us er:${secret}%/é`;
      const proxy = await proxyTo(server, { credentials });
      const given = credentials.split(':').map(encodeURIComponent).join(':');
      const header = `Basic ${Buffer.from(credentials).toString('base64')}`;
      for (const settings of [
        { proxy: proxy.address(given) },
        { proxy: proxy.address(), proxyAuthorization: header },
        { proxy: proxy.address('x:y'), proxyAuthorization: header },
      ]) {
        const answer = await through(settings).send(users(server, scheme));
        assert.equal(answer.status, 200);
      }
      assert.equal(server.requests.length, 3);
      assert.ok(server.requests.every(({ headers }) => !('proxy-authorization' in headers)));
    });

    it('that asks for a password, or another one, is told of', async () => {
      const proxy = await proxyTo(server, { credentials: `user:${secret}` });
      for (const given of [undefined, `wrong:${secret}`]) {
        const transport = through({ proxy: proxy.address(given) });
        await assert.rejects(transport.send(users(server, scheme)), (error: Error) => {
          const told = `${error.stack ?? ''} ${JSON.stringify(error)} ${String(error.cause)}`;
          assert.ok(!told.includes(secret) && !told.includes('Basic'));
          return because('proxyUnauthorized', { status: 407 })(error);
        });
      }
      assert.equal(server.requests.length, 0);
    });

    it('that is gone is told of', async () => {
      const proxy = await proxyTo(server);
      const gone = proxy.address(`user:${secret}`);
      await proxy.close();
      await assert.rejects(through({ proxy: gone }).send(users(server, scheme)), (error: Error) => {
        assert.ok(!`${error.stack ?? ''} ${JSON.stringify(error)}`.includes(secret));
        return because('proxyUnreachable')(error);
      });
    });

    it('is left out where noProxy names the host', async () => {
      const proxy = await proxyTo(server);
      // Without the proxy nobody knows where this host is.
      for (const noProxy of [['api.example.invalid'], ['.example.invalid'], ['*']]) {
        const transport = through({ proxy: proxy.address(), noProxy });
        const url = `${scheme}://api.example.invalid/`;
        await assert.rejects(
          transport.send(users(server, scheme, { url })),
          because('unreachable'),
        );
      }
      assert.equal(proxy.requests.length, 0);
    });

    it('is left out for this machine, and with proxySupport off', async () => {
      const proxy = await proxyTo(server);
      const set: HttpSettings = { proxy: proxy.address() };
      const { port } = new URL(server.address);
      const url = `${scheme}://localhost:${port}/api/public/v1/users`;
      assert.equal((await through(set).send(users(server, scheme, { url }))).status, 200);
      if (scheme === 'http') {
        const address = users(server, scheme, { url: `http://127.0.0.1:${port}/x` });
        assert.equal((await through(set).send(address)).status, 302);
      }
      const off = through({ ...set, proxySupport: 'off' });
      const far = users(server, scheme, { url: `${scheme}://api.example.invalid/` });
      await assert.rejects(off.send(far), because('unreachable'));
      assert.equal(proxy.requests.length, 0);
    });

    it('whose address is none is told of, but for this machine', async () => {
      const { port } = new URL(server.address);
      const transport = through({ proxy: `http://user:${secret}@:80:80` });
      await assert.rejects(transport.send(users(server, scheme)), (error: Error) => {
        assert.equal(error.message, 'proxyAddress http.proxy');
        return because('proxyAddress')(error);
      });
      const url = `${scheme}://localhost:${port}/api/public/v1/users`;
      assert.equal((await transport.send(users(server, scheme, { url }))).status, 200);
    });

    it('that speaks TLS must be trusted, unless strict is off', async () => {
      for (const [pair, works] of [
        [signed, true],
        [selfSigned, false],
        [expired, false],
        [signedExpired, false],
      ] as const) {
        const proxy = await proxyTo(server, { tls: pair });
        const set: HttpSettings = { proxy: proxy.address() };
        const strict = through(set).send(users(server, scheme));
        if (works) assert.equal((await strict).status, 200);
        else await assert.rejects(strict, because('proxyCertificate'));
        const before = proxy.requests.length;
        assert.equal(before, works ? 1 : 0);
        const lax = through({ ...set, proxyStrictSSL: false });
        assert.equal((await lax.send(users(server, scheme))).status, 200);
        assert.equal(proxy.requests.length, before + 1);
      }
    });

    it('is changed while a request is under way: that one ends, the next goes the new way', async () => {
      const [first, second] = [await proxyTo(server), await proxyTo(server)];
      let plan = planNetwork({ proxy: first.address() }, {});
      const transport = transportWith(() => plan);
      server.latencyMs = 60;
      const slow = [transport.send(users(server, scheme)), transport.send(users(server, scheme))];
      // The third has not even reached the proxy when the settings change.
      if (scheme === 'https') await server.arrived(2);
      const third = transport.send(users(server, scheme));
      plan = planNetwork({ proxy: second.address() }, {});
      const next = transport.send(users(server, scheme));
      for (const sent of [...slow, third, next]) assert.equal((await sent).status, 200);
      assert.equal(first.requests.length, 3);
      assert.equal(second.requests.length, 1);
      await until(() => first.connectionCount === 0);
      plan = planNetwork({}, {});
      const { port } = new URL(server.address);
      await transport.send(users(server, scheme, { url: `${scheme}://localhost:${port}/x` }));
      await until(() => second.connectionCount === 0);
    });

    it('leaves nothing open after its end', async () => {
      const proxy = await proxyTo(server);
      const plan = planNetwork({ proxy: proxy.address() }, {});
      const transport = new UndiciTransport({
        timeLimit: () => 2000,
        plan: () => plan,
        certificates: authorities,
      });
      await Promise.all([1, 2, 3].map(() => transport.send(users(server, scheme))));
      await transport.close();
      await until(() => proxy.connectionCount === 0);
      await until(async () => (await server.connectionCount()) === 0);
    });

    it('reuses connections', async () => {
      const proxy = await proxyTo(server);
      const transport = through({ proxy: proxy.address() });
      for (let i = 0; i < 10; i++) await transport.send(users(server, scheme));
      const used = new Set(server.requests.map(({ connection }) => connection));
      assert.ok(scheme === 'http' || used.size <= 2, `${used.size} connections`);
    });
  });
}

describe('A proxy that opens no tunnel', () => {
  useFresh();
  it('is told of with its status, and asked once', async () => {
    const server = await serverWith(signed);
    const proxy = await proxyTo(server);
    const transport = through({ proxy: proxy.address() });
    for (const status of [403, 404, 302, 500, 502, 503]) {
      proxy.requests.length = 0;
      proxy.refusal = status;
      await assert.rejects(
        transport.send(users(server, 'https')),
        because('proxyRefused', { status }),
      );
      assert.equal(proxy.requests.length, 1);
    }
    proxy.refusal = undefined;
    assert.equal((await transport.send(users(server, 'https'))).status, 200);
  });

  it('but hangs up is told of, and asked once', async () => {
    const server = await serverWith(signed);
    const proxy = await proxyTo(server);
    proxy.refusal = 'close';
    const transport = through({ proxy: proxy.address() });
    await assert.rejects(transport.send(users(server, 'https')), because('proxyUnreachable'));
    assert.equal(proxy.requests.length, 1);
  });

  it('because it is none, is told of', async () => {
    const server = await serverWith(signed);
    const other = await serverWith();
    const proxy = other.address.replace('127.0.0.1', 'localhost');
    await assert.rejects(
      through({ proxy }).send(users(server, 'https')),
      because('proxyUnreachable'),
    );
    const secure = proxy.replace('http:', 'https:');
    await assert.rejects(
      through({ proxy: secure }).send(users(server, 'https')),
      because('proxyUnreachable'),
    );
  });
});
