import { planNetwork } from '../../src/http/network.ts';
import type { Environment, HttpSettings, NetworkPlan } from '../../src/http/network.ts';
import type { HttpRequest } from '../../src/http/transport.ts';
import type { CertificateSource } from '../../src/http/trust.ts';
import { UndiciTransport } from '../../src/http/undici.ts';
import { authority } from '../server/certificates.ts';
import type { KeyPair } from '../server/certificates.ts';
import { startProxy } from '../server/proxy.ts';
import type { ProxyOptions, TestProxy } from '../server/proxy.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';

const closing: (() => Promise<void>)[] = [];

/** A server that goes with the test; with TLS, if there is a certificate. */
export async function serverWith(tls?: KeyPair): Promise<TestServer> {
  const server = await startServer(tls === undefined ? {} : { tls });
  closing.push(() => server.close());
  return server;
}

/** A proxy that knows where the service's host is, for `http:` and for `https:`. */
export async function proxyTo(server: TestServer, options: ProxyOptions = {}): Promise<TestProxy> {
  const proxy = await startProxy(options);
  closing.push(() => proxy.close());
  for (const port of [80, 443]) {
    proxy.hosts.set(`api.example.com:${port}`, Number(new URL(server.address).port));
  }
  return proxy;
}

/** The test authority, as one that the system trusts. */
export const authorities: CertificateSource = (kind) => (kind === 'system' ? [authority] : []);

/** A transport that goes with the test. */
export function transportWith(
  plan: () => NetworkPlan,
  certificates: CertificateSource = authorities,
): UndiciTransport {
  const transport = new UndiciTransport({ timeLimit: () => 2000, plan, certificates });
  closing.push(() => transport.close());
  return transport;
}

/** A transport that gets out as settings and an environment say. */
export function through(
  settings: HttpSettings,
  environment: Environment = {},
  certificates = authorities,
): UndiciTransport {
  const plan = planNetwork(settings, environment);
  return transportWith(() => plan, certificates);
}

/** A request for a few users of a host that only the proxy knows. */
export function users(
  server: TestServer,
  scheme: string,
  more: Partial<HttpRequest> = {},
): HttpRequest {
  return {
    method: 'GET',
    url: `${scheme}://api.example.com/api/public/v1/users?limit=5`,
    template: '/users',
    headers: { authorization: `Bearer ${server.tokens.luminary}` },
    ...more,
  };
}

/** What each test of a suite begins and ends with. */
export function useFresh(): void {
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
}
