import assert from 'node:assert/strict';
import { diagnosticsText } from '../../src/commands/diagnosticsText.ts';
import type { Connection } from '../../src/connections/connection.ts';
import { diagnose } from '../../src/connections/diagnosis.ts';
import type { Diagnosis, Network } from '../../src/connections/diagnosis.ts';
import { ServiceError } from '../../src/http/errors.ts';
import { planNetwork } from '../../src/http/network.ts';
import type { HttpSettings, NetworkPlan } from '../../src/http/network.ts';
import { UndiciTransport } from '../../src/http/undici.ts';
import { authority, signed } from '../server/certificates.ts';
import { startProxy } from '../server/proxy.ts';
import { noAnswer, respond } from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { because } from './fakes.ts';

const secret = 'MARKEDsecret';
const never = new AbortController().signal;
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function serve(options: Parameters<typeof startServer>[0] = {}): Promise<TestServer> {
  const server = await startServer(options);
  closing.push(() => server.close());
  server.tokens.luminary = secret;
  server.tokens.clientSecret = secret;
  return server;
}

function network(plan: NetworkPlan, trusted: readonly string[] = []): Pick<Network, 'observe'> {
  return {
    observe(tell) {
      const transport = new UndiciTransport({
        timeLimit: () => 2000,
        plan: () => plan,
        tell,
        certificates: (kind) => (kind === 'system' ? trusted : []),
      });
      const authorities = transport.trust.prepare();
      return Promise.resolve({ transport, authorities, close: () => transport.close() });
    },
  };
}

function tenant(address: string): Connection {
  const credential = { kind: 'token' as const, token: secret };
  return { kind: 'luminary', id: 'acme', name: 'acme', address, credential };
}

function text(settings: HttpSettings, ...diagnoses: readonly Diagnosis[]): string {
  const plan = planNetwork(settings, {});
  return diagnosticsText({ about: 'now', plan, authorities: 261, diagnoses });
}

function kinds({ events }: Diagnosis): string[] {
  return events.map(({ kind }) => kind);
}

const straight = planNetwork({}, {});

describe('The diagnosis of a connection', () => {
  it('tells each step straight to a service', async () => {
    const server = await serve();
    const address = server.luminaryAddress.replace('127.0.0.1', 'localhost');
    const diagnosis = await diagnose(tenant(address), network(straight), never);
    assert.equal(diagnosis.error, undefined);
    assert.deepEqual(kinds(diagnosis).slice(-2), ['connected', 'exchange']);
    assert.equal(kinds(diagnosis)[0], 'name');
    assert.ok(diagnosis.events.every(({ ms }) => ms >= 0));
    const told = text({}, diagnosis);
    assert.match(told, /none is set/);
    assert.match(told, /asked directly/);
    assert.match(told, /`GET \/users` was answered with 200 \(\d+ ms\)/);
    assert.match(told, /✔ It works\.\n$/);
  });

  it('tells the sign-in as a step of its own', async () => {
    const server = await serve();
    const credential = {
      kind: 'client' as const,
      clientId: server.tokens.clientId,
      clientSecret: secret,
    };
    const connection: Connection = {
      ...tenant(server.luminaryAddress),
      kind: 'luminary',
      credential,
    };
    const diagnosis = await diagnose(connection, network(straight), never);
    const exchanges = diagnosis.events.flatMap((e) => (e.kind === 'exchange' ? e.template : []));
    assert.deepEqual(exchanges, ['/oauth2/token', '/users']);
  });

  it('tells the proxy, the tunnel and nothing of the password', async () => {
    const server = await serve({ tls: signed });
    const proxy = await startProxy({ credentials: `jane:${secret}` });
    closing.push(() => proxy.close());
    proxy.hosts.set('api.example.com:443', Number(new URL(server.address).port));
    const settings = { proxy: proxy.address(`jane:${secret}`) };
    const connection = tenant('https://api.example.com/api/public/v1');
    const way = network(planNetwork(settings, {}), [authority]);
    const diagnosis = await diagnose(connection, way, never);
    assert.equal(diagnosis.error, undefined);
    assert.deepEqual(
      kinds(diagnosis).filter((kind) => kind !== 'name'),
      ['connected', 'tunnel', 'secured', 'exchange'],
    );
    const told = text(settings, diagnosis);
    assert.match(told, /from `http\.proxy`/);
    assert.match(told, /It is given a password\./);
    assert.match(told, /asked through the proxy/);
    assert.match(told, /answered 200 to the wish for a tunnel to `api\.example\.com:443`/);
    assert.ok(!told.includes(secret) && !told.includes('jane'));
  });

  it('tells how far it came: a certificate that is not trusted', async () => {
    const server = await serve({ tls: signed });
    const address = `https://localhost:${new URL(server.address).port}/api/public/v1`;
    const diagnosis = await diagnose(tenant(address), network(straight), never);
    because('certificate')(diagnosis.error);
    assert.equal(kinds(diagnosis).at(-1), 'connected');
    assert.match(text({}, diagnosis), /✘ The certificate is not trusted\. `[A-Z_]+`/);
  });

  it('tells the certificate that is trusted', async () => {
    const server = await serve({ tls: signed });
    const address = `https://localhost:${new URL(server.address).port}/api/public/v1`;
    const diagnosis = await diagnose(tenant(address), network(straight, [authority]), never);
    assert.equal(diagnosis.error, undefined);
    assert.match(
      text({}, diagnosis),
      /Secured by `TLSv1\.[23]`; certificate for `[^`…]+`, signed by `[^`…]+`/,
    );
  });

  it('tells how far it came: nobody at the address, a proxy that says no, a refused token', async () => {
    const server = await serve();
    const gone = await startServer();
    const { luminaryAddress } = gone;
    await gone.close();
    const nobody = await diagnose(tenant(luminaryAddress), network(straight), never);
    because('unreachable')(nobody.error);
    assert.deepEqual(kinds(nobody), []);
    assert.match(text({}, nobody), /asked directly[^]*✘ The service can’t be reached\./);

    const proxy = await startProxy({ credentials: 'jane:other' });
    closing.push(() => proxy.close());
    const settings = { proxy: proxy.address() };
    const connection = tenant('https://api.example.com/api/public/v1');
    const refused = await diagnose(connection, network(planNetwork(settings, {})), never);
    because('proxyUnauthorized')(refused.error);
    assert.match(text(settings, refused), /answered 407 to the wish for a tunnel/);

    server.fault(respond(401, { error: `[x](command:y) ${secret} *` }));
    const wrong = await diagnose(tenant(server.luminaryAddress), network(straight), never);
    because('unauthorized')(wrong.error);
    const told = text({}, wrong);
    assert.match(told, /was answered with 401/);
    assert.ok(!told.includes(secret));
    assert.match(told, /✘ The service refused the token\. `401: \[x\] ?\(command:y\) … \*`\n$/);
  });

  it('quotes a service’s words, of which a preview makes neither links nor anything else', () => {
    const links = 'https://x.example, www.x.example, jane.doe@example.com';
    const detail = `${links} [x](y) $x^2$ &copy; <b> *x* \\ :x: \`x\` | ![x](y)\n# x`;
    const error = new ServiceError('serverError', { status: 500, detail });
    const connection = tenant('https://acme.withluminary.com/api/public/v1');
    const line = text({}, { connection, events: [], error }).trimEnd().split('\n').at(-1);
    const quoted = detail.replaceAll('`', 'ʼ').replace('|', '¦').replace('\n', ' ');
    assert.equal(line, `✘ The service has a problem. \`500: ${quoted}\``);
  });

  it('tells which settings count', () => {
    const proxy = 'http://proxy.example.com:3128';
    assert.match(text({ proxy, noProxy: ['a.example.com'] }), /Not used for: `a\.example\.com`/);
    assert.match(text({ proxy }), /It is given no password\./);
    assert.match(text({ proxy, proxyAuthorization: 'Basic x' }), /It is given a password\./);
    assert.match(text({ proxy, proxyStrictSSL: false }), /`http\.proxyStrictSSL` is off/);
    assert.match(text({ proxy: 'socks5://x' }), /what stands in `http\.proxy` can’t be used/);
    assert.match(text({}), /those of 261 authorities/);
    assert.match(text({ systemCertificates: false }), /as `http\.systemCertificates` is off/);
  });

  it('asks no network for sample data', async () => {
    const sample: Connection = { ...tenant('https://sample.withluminary.com'), sample: true };
    const nowhere = {
      observe: () => Promise.reject(new Error('no network')),
    };
    const diagnosis = await diagnose(sample, nowhere, never);
    assert.match(text({}, diagnosis), /## `Luminary: acme`\n\nSample data/);
  });

  it('can be cancelled, and ends its connections', async () => {
    const server = await serve();
    server.fault(noAnswer);
    const stop = new AbortController();
    const trying = diagnose(tenant(server.luminaryAddress), network(straight), stop.signal);
    await server.arrived(1);
    stop.abort();
    await assert.rejects(trying, { name: 'AbortError' });
    while ((await server.connectionCount()) > 0) await new Promise((r) => setTimeout(r, 1));
  });
});
