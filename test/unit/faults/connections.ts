import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { connectionFaults } from '../../server/named.ts';
import { closeReusedConnection } from '../../server/faults.ts';
import { selfSigned, signed, signedExpired, expired } from '../../server/certificates.ts';
import type { KeyPair } from '../../server/certificates.ts';
import { startServer } from '../../server/server.ts';
import { all, fails, right } from './harness.ts';
import type { FaultCase, Outcome } from './harness.ts';
import type { World } from './world.ts';

const lost: Outcome = { ...fails('connectionLost', 3), told: /connection was lost/ };
const late: Outcome = { ...fails('timeout'), told: /in time/ };

/** The service stands somewhere else for a while. */
function elsewhere(
  name: string,
  origin: string | ((world: World) => Promise<string>),
  outcome: Outcome,
): FaultCase {
  return {
    name,
    begin: async (world) => {
      const there = typeof origin === 'string' ? origin : await origin(world);
      world.detour = (url) => there + new URL(url).pathname;
    },
    then: all(outcome),
    unheard: true,
  };
}

/** The service, behind TLS with this certificate. */
function behindTls(name: string, pair: KeyPair, code: string, host = 'localhost'): FaultCase {
  const origin = async (world: World) => {
    const secure = await startServer({ tls: pair });
    world.closing(() => secure.close());
    return `https://${host}:${new URL(secure.address).port}`;
  };
  return elsewhere(name, origin, {
    ...fails('certificate'),
    told: new RegExp(`not trusted.*${code}`),
  });
}

/** Something that speaks no HTTP, and how it greets or answers. */
async function mailServer(world: World): Promise<string> {
  const other = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end('220 mail.example.com ESMTP\r\n'));
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  world.closing(() => new Promise((resolve) => other.close(resolve)));
  return `127.0.0.1:${(other.address() as AddressInfo).port}`;
}

/** What can happen on the way to the services, and to a connection. */
export const connectionCases: readonly FaultCase[] = [
  ...Object.entries(connectionFaults).map(([name, fault]): FaultCase => {
    const waits = !/^(reset|closed)/.test(name);
    return {
      name,
      begin: (world) => {
        world.spoil(fault);
      },
      then: all(waits ? late : lost),
      ...(waits && { limit: 100 }),
    };
  }),
  {
    name: 'a kept connection that is closed when it is used again',
    begin: (world) => {
      world.spoil(closeReusedConnection);
    },
    then: { users: right([1, 3]) },
  },
  {
    name: 'refused',
    begin: (world) => world.server.close(),
    then: all({ ...fails('unreachable', 3), told: /can’t be reached.*ECONNREFUSED/ }),
    unheard: true,
    end: (world) => world.server.listen(world.port),
  },
  elsewhere('a name that is not found', 'https://nobody.invalid', {
    ...fails('unreachable', 3),
    told: /can’t be reached.*(ENOTFOUND|EAI_AGAIN)/,
  }),
  behindTls('TLS with an unknown issuer', selfSigned, 'DEPTH_ZERO_SELF_SIGNED_CERT'),
  behindTls('an expired certificate', signedExpired, 'CERT_HAS_EXPIRED'),
  behindTls('an expired certificate with an unknown issuer', expired, '\\w+'),
  behindTls('a certificate for another host', signed, 'ALTNAME_INVALID', '127.0.0.1'),
  elsewhere(
    'no TLS where there should be some',
    (world) => Promise.resolve(world.server.address.replace('http:', 'https:')),
    lost,
  ),
  elsewhere('something that speaks no HTTP', async (w) => `http://${await mailServer(w)}`, lost),
  elsewhere('something that speaks no TLS', async (w) => `https://${await mailServer(w)}`, lost),
];
