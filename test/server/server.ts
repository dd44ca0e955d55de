import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type Accounts, sampleAccounts } from '../../src/sample/luma.ts';
import { type Answer, Exchange, type Fault, type RequestRecord } from './exchange.ts';
import { type FaultHandle, type FaultRule, Rules } from './rules.ts';
import { type OpenRecord, Recorder } from './recorder.ts';
import type { KeyPair } from './certificates.ts';
import { answerTo, paths } from './services.ts';
import { Tokens } from './tokens.ts';
import { UserList } from './userList.ts';

/** With what a server begins. All of it can be changed while it runs. */
export interface ServerOptions {
  /** How many invented users there are, or the users themselves. 250 when nothing is said. */
  readonly users?: number | readonly unknown[];
  /** Accounts by key; anything may stand as an account. The three sample accounts at first. */
  readonly accounts?: Accounts;
  /** How long every answer is held back, in ms. */
  readonly latencyMs?: number;
  /** The port on 127.0.0.1; 0 takes any that is free. */
  readonly port?: number;
  /** Keeps the pages that were asked for, for benches: 250 bytes of memory a user. */
  readonly keepPages?: boolean;
  /** Speaks TLS with this certificate. */
  readonly tls?: KeyPair;
}

/** Starts both services on one loopback port. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const server = new TestServer(options);
  await server.listen(options.port ?? 0);
  return server;
}

/** Both services and the token endpoint on loopback, with faults on demand. */
export class TestServer {
  /** The users of the one tenant. Edit it, or put another list in its place. */
  users: UserList;
  accounts: Accounts;
  latencyMs: number;
  readonly tokens = new Tokens();
  readonly keptPages: WeakMap<UserList, Map<string, Answer>> | undefined;
  readonly #recorder = new Recorder();
  readonly #rules = new Rules();
  readonly #http: Server;
  readonly #scheme: 'http' | 'https';
  readonly #open = new Set<OpenRecord>();
  readonly #waiting = new Set<() => void>();
  #fault: { readonly error: unknown } | undefined;

  constructor({ users = 250, accounts, latencyMs = 0, keepPages = false, tls }: ServerOptions) {
    this.users = new UserList(users);
    this.accounts = accounts ?? sampleAccounts(Date.now());
    this.latencyMs = latencyMs;
    this.keptPages = keepPages ? new WeakMap() : undefined;
    this.#scheme = tls === undefined ? 'http' : 'https';
    const handle = (request: IncomingMessage, response: ServerResponse) => {
      this.#handle(request, response).catch((error: unknown) => {
        this.#fault ??= { error };
        response.destroy();
      });
    };
    this.#http = tls === undefined ? createServer(handle) : createTlsServer({ ...tls }, handle);
    // Node ends an idle connection after 5 s. A test that lives longer would meet that by chance.
    this.#http.keepAliveTimeout = 0;
    this.#http.requestTimeout = 0;
  }

  /** Begins to accept connections. */
  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen(port, '127.0.0.1', resolve);
    });
  }

  /** The origin, such as `http://127.0.0.1:40123`. */
  get address(): string {
    const { port } = this.#http.address() as AddressInfo;
    return `${this.#scheme}://127.0.0.1:${port}`;
  }

  get lumaAddress(): string {
    return this.address + paths.luma;
  }

  get luminaryAddress(): string {
    return this.address + paths.luminary;
  }

  get tokenAddress(): string {
    return this.address + paths.token;
  }

  /** Every request so far, in the order of arrival. May be emptied. */
  get requests(): RequestRecord[] {
    return this.#recorder.requests;
  }

  /** How many connections are open. */
  async connectionCount(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#http.getConnections((error, count) => {
        if (error === null) {
          resolve(count);
        } else {
          reject(error);
        }
      });
    });
  }

  /** Waits until at least so many requests stand in {@link requests}; gives the one of that number. */
  async arrived(count: number): Promise<RequestRecord> {
    for (;;) {
      const record = this.requests[count - 1];
      if (record !== undefined) {
        return record;
      }
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** Lets answers go wrong from now on, as a rule says or, for a bare fault, all of them. */
  fault(rule: FaultRule | Fault): FaultHandle {
    return this.#rules.add(typeof rule === 'function' ? { fault: rule } : rule);
  }

  /** Removes all faults. */
  heal(): void {
    this.#rules.clear();
  }

  /**
   * Ends every connection and stops listening.
   *
   * @throws what a fault threw since the server was started, so that no test passes over it.
   */
  async close(): Promise<void> {
    for (const record of this.#open) {
      record.outcome = 'cut';
    }
    await new Promise((resolve) => {
      this.#http.close(resolve);
      this.#http.closeAllConnections();
    });
    if (this.#fault !== undefined) {
      throw new Error('A fault of the test server threw', { cause: this.#fault.error });
    }
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // The client may leave at any moment; writing to it then is no failure of the server.
    response.on('error', () => undefined);
    const record = this.#recorder.begin(request, response);
    this.#open.add(record);
    response.on('close', () => this.#open.delete(record));
    const faults = this.#rules.faultsFor(record);
    for (const wake of this.#waiting) {
      wake();
    }
    this.#waiting.clear();
    record.body = await textOf(request);
    if (this.latencyMs > 0) {
      await pause(this.latencyMs);
    }
    const exchange = new Exchange(record, answerTo(record, this), response, () => {
      record.outcome = 'cut';
    });
    for (const fault of faults) {
      await fault(exchange);
      if (exchange.taken) {
        return;
      }
    }
    exchange.send();
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of request) {
      chunks.push(chunk as Uint8Array);
    }
  } catch {
    // The client left while it was sending; its record says so.
  }
  return Buffer.concat(chunks).toString();
}
