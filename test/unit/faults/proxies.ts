import { selfSigned, signedExpired } from '../../server/certificates.ts';
import type { KeyPair } from '../../server/certificates.ts';
import { startProxy } from '../../server/proxy.ts';
import { startServer } from '../../server/server.ts';
import { all, fails } from './harness.ts';
import type { FaultCase, Outcome } from './harness.ts';
import { planThrough, proxyCredentials } from './world.ts';
import type { Way, World } from './world.ts';

/** Sends what follows over new connections, to this proxy or another one. */
function go(world: World, proxy = world.proxy.address()): void {
  world.plan = planThrough(proxy);
}

function back(world: World): void {
  world.proxy.refusal = undefined;
  world.proxy.credentials = undefined;
  go(world);
}

/** A proxy that from now on does something else than pass on. */
function proxyCase(
  way: Way,
  name: string,
  begin: (world: World) => void | Promise<void>,
  outcome: Outcome,
  limit?: number,
): FaultCase {
  return {
    name: `${way}: ${name}`,
    way,
    begin,
    then: all(outcome),
    unheard: true,
    end: back,
    ...(limit !== undefined && { limit }),
  };
}

const refuses = (refusal: number | 'close' | 'silent') => (world: World) => {
  world.proxy.refusal = refusal;
  go(world);
};

const wantsPassword = (given?: string) => (world: World) => {
  world.proxy.credentials = proxyCredentials;
  go(world, world.proxy.address(given));
};

const other = (tls: KeyPair) => async (world: World) => {
  const proxy = await startProxy({ tls });
  world.closing(() => proxy.close());
  go(world, proxy.address(proxyCredentials));
};

const gone = async (world: World) => {
  const proxy = await startProxy();
  const address = proxy.address(proxyCredentials);
  await proxy.close();
  go(world, address);
};

const noProxy = async (world: World) => {
  const server = await startServer();
  world.closing(() => server.close());
  go(world, server.address.replace('127.0.0.1', 'localhost'));
};

const password = { ...fails('proxyUnauthorized'), told: /asks for a password.*407/ };
const absent = { ...fails('proxyUnreachable', 3), told: /proxy can’t be reached/ };
const untrusted = { ...fails('proxyCertificate'), told: /certificate of the proxy/ };
const late = { ...fails('timeout'), told: /in time/ };

function refused(status: number): Outcome {
  return {
    ...fails('proxyRefused', status >= 500 ? 3 : 1),
    told: new RegExp(`proxy refused.*${status}`),
  };
}

/** What a proxy can do wrong, where a tunnel is asked of it and where none is. */
export const proxyFaults: readonly FaultCase[] = [
  ...(['http proxy', 'https proxy'] as const).flatMap((way) => [
    proxyCase(way, 'asks for a password', wantsPassword(), password),
    proxyCase(way, 'asks for another password', wantsPassword('user:MARKEDwrongSECRET'), password),
    proxyCase(way, 'is gone', gone, absent),
    proxyCase(way, 'gives no answer', refuses('silent'), late, 100),
    proxyCase(way, 'has a certificate of an unknown issuer', other(selfSigned), untrusted),
    proxyCase(way, 'has an expired certificate', other(signedExpired), untrusted),
    proxyCase(
      way,
      'is no address',
      (world) => {
        world.plan = { ...world.plan, proxy: { kind: 'unusable', source: 'http.proxy' } };
      },
      { ...fails('proxyAddress'), told: /no address.*http\.proxy/ },
    ),
  ]),
  ...[400, 403, 404, 500, 502, 503, 504].map((status) =>
    proxyCase('https proxy', `refuses with ${status}`, refuses(status), refused(status)),
  ),
  proxyCase('https proxy', 'hangs up', refuses('close'), absent),
  proxyCase('https proxy', 'is none', noProxy, absent),
  // Without a tunnel, what a proxy says can't be told from what the service says.
  proxyCase('http proxy', 'refuses with 403', refuses(403), fails('forbidden')),
  proxyCase('http proxy', 'refuses with 502', refuses(502), fails('serverError', 3)),
  proxyCase('http proxy', 'hangs up', refuses('close'), fails('connectionLost', 3)),
];
