import type { UserRecord } from '../api/luminary.ts';
import type { Connection } from '../connections/connection.ts';
import type { LumaSession, LuminarySession, Session } from '../connections/session.ts';
import type { Sessions } from '../connections/sessions.ts';
import type { ConnectionStore } from '../connections/store.ts';
import { isCancellation } from '../http/errors.ts';
import { isJsonObject, ownValue } from '../http/json.ts';
import { abortable } from '../http/singleFlight.ts';
import type { Account } from '../model/accounts.ts';
import type { Loader } from '../tree/loader.ts';
import type { Id } from './ids.ts';

/** A user who has an id. */
export interface FoundUser {
  readonly kind: 'user';
  readonly connection: Connection;
  readonly record: UserRecord;
  /** Other tenants that are known to have a user with the same id. */
  readonly also?: readonly Connection[];
}

/** An account whose user has an id. */
export interface FoundAccount {
  readonly kind: 'account';
  readonly connection: Connection;
  readonly account: Account;
}

/** Whose an id is. */
export type Found = FoundUser | FoundAccount;

/** A connection that may have an id could not be asked, and no other has it. */
export interface Failed {
  readonly kind: 'failed';
  readonly connection: Connection;
  readonly error: unknown;
}

/** What became of the question whose an id is. */
export type Answer =
  | { readonly kind: 'found'; readonly found: Found }
  /** Nobody of these connections has it. */
  | { readonly kind: 'absent'; readonly in: readonly Connection[] }
  | Failed;

interface Opened<S extends Session> {
  readonly connection: Connection;
  readonly session: S;
}

/** How long accounts that could not be read are not read again, in ms. */
const NOT_AGAIN_FOR = 30_000;

/** Tells whose an id is, whichever connection knows it: each of them is asked for an id once. */
export class People {
  readonly #store: Pick<ConnectionStore, 'readable' | 'ready'>;
  readonly #sessions: Pick<Sessions, 'get' | 'open'>;
  readonly #loader: Pick<Loader, 'load'>;
  readonly #now: () => number;
  /** The Luma connections whose accounts were read for this, and when that was begun. */
  readonly #readings = new WeakMap<
    LumaSession,
    { readonly at: number; readonly done: Promise<void> }
  >();
  /** The tenant that the latest user was found in: the next one is looked for there first. */
  #latest: string | undefined;

  constructor(
    store: Pick<ConnectionStore, 'readable' | 'ready'>,
    sessions: Pick<Sessions, 'get' | 'open'>,
    loader: Pick<Loader, 'load'>,
    now: () => number = Date.now,
  ) {
    this.#store = store;
    this.#sessions = sessions;
    this.#loader = loader;
    this.#now = now;
  }

  /** What is known without asking anybody; undefined where that is not enough for an answer. */
  known(id: Id): Answer | undefined {
    return id.kind === 'user' ? this.#knownUser(id.text) : this.#knownAccount(id.text);
  }

  /**
   * Whose an id is, asked for where it is not known; undefined where there is nobody to ask.
   *
   * @throws the signal's reason
   */
  async find(id: Id, signal = new AbortController().signal): Promise<Answer | undefined> {
    signal.throwIfAborted();
    const known = this.known(id);
    if (known !== undefined) return known;
    await abortable(this.#store.ready(), signal);
    return id.kind === 'user'
      ? this.#findUser(id.text, signal)
      : this.#findAccount(id.text, signal);
  }

  #knownUser(id: string): Answer | undefined {
    const connections = this.#connections('luminary');
    const asked = connections.map((connection) => {
      const session = this.#sessions.get(connection.id);
      const record = session?.kind === 'luminary' ? session.directory.known(id) : undefined;
      return { connection, record };
    });
    const [found, ...others] = asked.flatMap(({ connection, record }) =>
      record == null ? [] : [{ kind: 'user' as const, connection, record }],
    );
    if (found !== undefined) {
      const also = others.map(({ connection }) => connection);
      return { kind: 'found', found: also.length === 0 ? found : { ...found, also } };
    }
    const absent = asked.length > 0 && asked.every(({ record }) => record === null);
    return absent ? { kind: 'absent', in: connections } : undefined;
  }

  #knownAccount(id: string): Answer | undefined {
    const connections = this.#connections('luma');
    let absent = connections.length > 0;
    for (const connection of connections) {
      const session = this.#sessions.get(connection.id);
      const account = session?.kind === 'luma' ? accountWith(id, session) : undefined;
      if (account !== undefined) {
        return { kind: 'found', found: { kind: 'account', connection, account } };
      }
      absent &&= session?.kind === 'luma' && session.accounts.state.kind === 'loaded';
    }
    return absent ? { kind: 'absent', in: connections } : undefined;
  }

  async #findUser(id: string, signal: AbortSignal): Promise<Answer | undefined> {
    const tenants = await this.#open('luminary');
    const latest = tenants.filter(({ connection }) => connection.id === this.#latest);
    const others = tenants.filter((tenant) => !latest.includes(tenant));
    const failures: Failed[] = [];
    const ended: Connection[] = [];
    for (const some of [latest, others]) {
      const found = await firstWith(id, some, signal, (connection, error) => {
        if (isCancellation(error)) ended.push(connection);
        else failures.push({ kind: 'failed', connection, error });
      });
      signal.throwIfAborted();
      if (found === undefined) continue;
      this.#latest = found.connection.id;
      return { kind: 'found', found };
    }
    if (tenants.length === 0) return undefined;
    const [failure] = failures;
    // Whose connection has ended meanwhile has not said that nobody has it.
    if (failure === undefined && ended.length > 0) return undefined;
    return failure ?? { kind: 'absent', in: tenants.map(({ connection }) => connection) };
  }

  async #findAccount(id: string, signal: AbortSignal): Promise<Answer | undefined> {
    const opened = await this.#open('luma');
    // Whoever leaves does not end the reading: it is the only one, and the tree shows it as well.
    await abortable(Promise.all(opened.map((one) => this.#readOnce(one))), signal);
    return this.#knownAccount(id) ?? failureOf(opened);
  }

  /** Reads accounts that are not loaded; where that fails, not again for some time. */
  async #readOnce({ connection, session }: Opened<LumaSession>): Promise<void> {
    if (session.accounts.state.kind === 'loaded') return;
    const at = this.#now();
    let reading = this.#readings.get(session);
    if (reading === undefined || at - reading.at >= NOT_AGAIN_FOR) {
      const done = this.#loader.load({ kind: 'connection', connection: connection.id });
      reading = { at, done };
      this.#readings.set(session, reading);
    }
    await reading.done;
  }

  #connections(kind: Connection['kind']): readonly Connection[] {
    return this.#store.readable.filter((connection) => connection.kind === kind);
  }

  #open(kind: 'luma'): Promise<Opened<LumaSession>[]>;
  #open(kind: 'luminary'): Promise<Opened<LuminarySession>[]>;
  async #open(kind: Connection['kind']): Promise<Opened<Session>[]> {
    const opened = this.#connections(kind).map(async (connection) => {
      const session = await this.#sessions.open(connection.id);
      return session?.kind === kind ? [{ connection, session }] : [];
    });
    return (await Promise.all(opened)).flat();
  }
}

/** The first of some tenants to say that it has a user; the others are let alone then. */
async function firstWith(
  id: string,
  tenants: readonly Opened<LuminarySession>[],
  signal: AbortSignal,
  failed: (connection: Connection, error: unknown) => void,
): Promise<FoundUser | undefined> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const { promise, resolve } = Promise.withResolvers<FoundUser | undefined>();
  const asked = tenants.map(async ({ connection, session }) => {
    try {
      const record = await session.directory.findOnce(id, either);
      if (record !== undefined) resolve({ kind: 'user', connection, record });
    } catch (error) {
      failed(connection, error);
    }
  });
  void Promise.all(asked).then(() => {
    resolve(undefined);
  });
  try {
    return await promise;
  } finally {
    stop.abort();
  }
}

/** The account whose user has an id. */
export function accountWith(id: string, { accounts }: LumaSession): Account | undefined {
  return accounts.all.find(({ record }) => {
    const userId = isJsonObject(record) ? ownValue(record, 'user_id') : undefined;
    return typeof userId === 'string' && userId.toLowerCase() === id.toLowerCase();
  });
}

function failureOf(opened: readonly Opened<LumaSession>[]): Failed | undefined {
  for (const { connection, session } of opened) {
    const { state } = session.accounts;
    if (state.kind === 'failed') return { kind: 'failed', connection, error: state.error };
  }
  return undefined;
}
