import assert from 'node:assert/strict';
import { createSession } from '../../../src/connections/session.ts';
import type { LumaSession, LuminarySession } from '../../../src/connections/session.ts';
import type { Connection } from '../../../src/connections/connection.ts';
import { LoggedTransport } from '../../../src/http/logged.ts';
import { planNetwork } from '../../../src/http/network.ts';
import type { NetworkPlan } from '../../../src/http/network.ts';
import { RetryingTransport } from '../../../src/http/retry.ts';
import type { RetryOptions } from '../../../src/http/retry.ts';
import type { Transport } from '../../../src/http/transport.ts';
import { UndiciTransport } from '../../../src/http/undici.ts';
import { authority, signed } from '../../server/certificates.ts';
import type { Fault } from '../../server/exchange.ts';
import { startProxy } from '../../server/proxy.ts';
import type { TestProxy } from '../../server/proxy.ts';
import { paths } from '../../server/services.ts';
import { startServer } from '../../server/server.ts';
import type { TestServer } from '../../server/server.ts';

/** What must never be told: every secret is marked like this. */
export const mark = /MARKED\w+SECRET/;
export const proxyCredentials = 'user:MARKEDproxySECRET';
const email = 'jane.doe@example.com';

/** Whether the services are asked directly, or over a proxy. */
export type Way = 'direct' | 'http proxy' | 'https proxy';

const origins: Readonly<Record<Exclude<Way, 'direct'>, readonly [luma: string, luminary: string]>> =
  {
    'http proxy': ['http://api.example.com', 'http://api.example.com'],
    'https proxy': ['https://api.useapi.net', 'https://acme.withluminary.com'],
  };

/** How a world is set up, beyond the usual. */
export interface WorldOptions {
  readonly way?: Way;
  readonly retry?: RetryOptions;
}

/**
 * Both services on loopback, and the extension's own parts over them, from the network to the
 * sessions: one Luma connection and one Luminary connection that signs in by itself.
 */
export class World {
  readonly server: TestServer;
  /** Asked by nobody unless the way leads over it. */
  readonly proxy: TestProxy;
  /** The log's lines so far. */
  readonly lines: string[] = [];
  readonly luma: LumaSession;
  readonly luminary: LuminarySession;
  readonly transport: Transport;
  /** The server's port, also while it doesn't listen. */
  readonly port: number;
  /** The time in ms within which a whole answer must have come. */
  limit = 30_000;
  plan: NetworkPlan;
  /** Where requests really go, for as long as a test sends them elsewhere. */
  detour: ((url: string) => string) | undefined;
  readonly #network: UndiciTransport;
  readonly #toClose: (() => unknown)[] = [];

  static async start({ way = 'direct', retry = { backOff: 1 } }: WorldOptions = {}) {
    const account = { account: email, email, user_id: 'u-1', concurrency: 2, executing: 0 };
    const session = { session: 'MARKEDsessionSECRET', luma_session: 'MARKEDsessionSECRET' };
    const accounts = new Map([
      [email, { ...account, ...session }],
      ['archive@example.net', { ...account, email: 'archive@example.net' }],
    ]);
    const server = await startServer({ accounts, ...(way === 'https proxy' && { tls: signed }) });
    return new World(server, await startProxy(), way, retry);
  }

  private constructor(server: TestServer, proxy: TestProxy, way: Way, retry: RetryOptions) {
    this.server = server;
    this.proxy = proxy;
    const { tokens } = server;
    tokens.luma = 'user:31337-MARKEDtokenSECRET';
    tokens.clientSecret = 'MARKEDclientSECRET';
    this.plan = way === 'direct' ? planNetwork({}, {}) : planThrough(proxy.address());
    const [luma, luminary] =
      way === 'direct' ? ([server.address, server.address] as const) : origins[way];
    this.port = Number(new URL(server.address).port);
    for (const origin of new Set([luma, luminary, 'https://auth.withluminary.com'])) {
      proxy.hosts.set(
        `${new URL(origin).hostname}:${origin.startsWith('https') ? 443 : 80}`,
        this.port,
      );
    }
    this.#network = new UndiciTransport({
      timeLimit: () => this.limit,
      plan: () => this.plan,
      certificates: (kind) => (kind === 'default' ? [authority] : []),
    });
    const log = (line: string) => {
      this.lines.push(line);
    };
    const network: Transport = {
      send: (request) =>
        this.#network.send({ ...request, url: this.detour?.(request.url) ?? request.url }),
    };
    this.transport = new RetryingTransport(
      new LoggedTransport(network, { info: log, warn: log }),
      retry,
    );
    this.luma = this.#session({
      kind: 'luma',
      id: 'c1',
      name: 'studio',
      address: luma + paths.luma,
      token: tokens.luma,
    });
    this.luminary = this.#session({
      kind: 'luminary',
      id: 'c2',
      name: 'acme',
      address: luminary + paths.luminary,
      credential: {
        kind: 'client',
        clientId: tokens.clientId,
        clientSecret: tokens.clientSecret,
      },
    });
  }

  #session<T extends Connection>(connection: T) {
    const session = createSession(connection, this.transport, 100, () => undefined);
    this.#toClose.push(() => {
      session.dispose();
    });
    return session as T extends { kind: 'luma' } ? LumaSession : LuminarySession;
  }

  /** The account whose details are asked for. */
  get account(): string {
    return email;
  }

  /** Reads the accounts and the first page of users. */
  async load(): Promise<void> {
    await Promise.all([this.luma.accounts.refresh(), this.luminary.pages.open(0)]);
    assert.equal(this.luma.accounts.state.kind, 'loaded');
    assert.equal(this.luminary.pages.state(0).kind, 'loaded');
  }

  /** What has been loaded: the accounts' keys and the first page's users. */
  get loaded() {
    return {
      accounts: this.luma.accounts.all.map(({ key }) => key),
      users: this.luminary.pages.elements(0),
    };
  }

  /** Lets every answer of both services go wrong, but not the token endpoint's. */
  spoil(fault: Fault): void {
    this.server.fault({ path: ({ path }) => path !== paths.token, fault });
  }

  /** Lets the next answer of either service go wrong. */
  spoilOnce(fault: Fault): void {
    for (const path of [paths.accounts, paths.users]) this.server.fault({ path, fault, times: 1 });
  }

  /** Has something ended with this world. */
  closing(close: () => unknown): void {
    this.#toClose.push(close);
  }

  async close(): Promise<void> {
    for (const close of this.#toClose) await close();
    await this.proxy.close();
    await this.server.close();
    await this.#network.close();
  }
}

/** Everything goes over a proxy. */
export function planThrough(proxy: string): NetworkPlan {
  return planNetwork({ proxy }, {});
}
