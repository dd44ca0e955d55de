import { isDeepStrictEqual } from 'node:util';
import pLimit from 'p-limit';
import type { LumaClient, LumaEntry } from '../api/luma.ts';
import { isServiceError } from '../http/errors.ts';
import { isJsonObject } from '../http/json.ts';
import type { Json, JsonObject } from '../http/json.ts';
import { SingleFlight } from '../http/singleFlight.ts';
import { accountHealth, freeSlotsOf, needsAttention } from './health.ts';

/** How many accounts' live details are read at once. */
const AT_ONCE = 4;

/** One account of a Luma connection. */
export interface Account {
  /** The account's identity in the service's map. */
  readonly key: string;
  /** The newest record that was received; not an object if it can't be read. */
  readonly record: Json;
  /**
   * What is shown of it: the newest record, or, where its live details could not be read again, the
   * newest row of the list over the details that were read before.
   */
  readonly shown: Json;
  /** How far its live details are. */
  readonly details: LoadState;
}

/** How far something is that is read as a whole. */
export type LoadState =
  | { readonly kind: 'notLoaded' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'loaded'; readonly readAt: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: unknown };

/** What has changed: the list, one account, or, of what was drawn before, only when it was read. */
export type AccountsChange =
  | { readonly kind: 'all' }
  | { readonly kind: 'account'; readonly key: string }
  | { readonly kind: 'read' };

/** The accounts of one Luma connection, and the live details of those that were opened. */
export class Accounts {
  readonly #client: Pick<LumaClient, 'accounts' | 'account'>;
  readonly #changed: (change: AccountsChange) => void;
  readonly #now: () => number;
  readonly #reading = new SingleFlight<void>();
  #state: LoadState = { kind: 'notLoaded' };
  #refreshError: unknown;
  /** Whether someone waits who wants all of it drawn anew. */
  #wholly = false;
  #accounts = new Map<string, Account>();

  constructor(
    client: Pick<LumaClient, 'accounts' | 'account'>,
    changed: (change: AccountsChange) => void,
    now: () => number = Date.now,
  ) {
    this.#client = client;
    this.#changed = changed;
    this.#now = now;
  }

  get state(): LoadState {
    return this.#state;
  }

  /** Whether the list, or the live details of an account, are being read. */
  get reading(): boolean {
    return this.#reading.running || this.all.some(({ details }) => details.kind === 'loading');
  }

  /** Why the latest refresh failed; what was loaded before it still stands. */
  get refreshError(): unknown {
    return this.#refreshError;
  }

  /** In the service's order. */
  get all(): readonly Account[] {
    return [...this.#accounts.values()];
  }

  /** The account with a key, if it is still there. */
  get(key: string): Account | undefined {
    return this.#accounts.get(key);
  }

  /** The accounts that need attention at a time in ms since the epoch, unreadable ones included. */
  needing(now: number): readonly Account[] {
    return this.all.filter((account) => {
      const health = accountHealth(account, now);
      return health === undefined || needsAttention(health);
    });
  }

  /** How many accounts need attention at a time in ms since the epoch, unreadable ones included. */
  attention(now: number): number {
    return this.needing(now).length;
  }

  /** How many slots are free at a time in ms since the epoch; undefined where none are known. */
  freeSlots(now: number): number | undefined {
    return freeSlotsOf(this.all, now);
  }

  /**
   * Reads the list, and again the live details of the accounts that have some. Old rows stay until
   * the new ones have come; a failure is in {@link state}, or in {@link refreshError} if there are
   * old rows. Those who ask at the same time share one reading.
   *
   * @throws the signal's reason, and what no service is to blame for
   */
  async refresh(signal?: AbortSignal): Promise<void> {
    this.#wholly = true;
    await this.renew(signal);
  }

  /**
   * Like {@link refresh}, for a time when nobody has asked for it: once the accounts are loaded, it
   * tells only of those that have changed, and that they were read.
   *
   * @throws the signal's reason, and what no service is to blame for
   */
  async renew(signal?: AbortSignal): Promise<void> {
    await this.#reading.run((shared) => this.#readAll(shared), signal);
  }

  /**
   * Reads one account's live details. How it went is in the account; what was read before stays
   * when it fails.
   *
   * @throws only what no service is to blame for
   */
  async readDetails(key: string, signal?: AbortSignal): Promise<void> {
    const before = this.#accounts.get(key);
    if (before === undefined || before.details.kind === 'loading') return;
    const loading: Account = { ...before, details: { kind: 'loading' } };
    this.#accounts.set(key, loading);
    if (before.details.kind !== 'notLoaded') this.#changed({ kind: 'account', key });
    const after = await this.#detailed(before, signal);
    // Whatever came in between is newer: a list without this account, or a refresh of it.
    if (this.#accounts.get(key) === loading) {
      this.#accounts.set(key, after);
      this.#changed({ kind: 'account', key });
    }
    throwUnexpected(errorOf(after.details));
  }

  async #readAll(signal: AbortSignal): Promise<void> {
    if (this.#state.kind === 'failed' || this.#state.kind === 'cancelled') {
      this.#state = { kind: 'loading' };
      this.#changed({ kind: 'all' });
    } else if (this.#state.kind === 'notLoaded') this.#state = { kind: 'loading' };
    const before = { known: this.#state.kind === 'loaded', error: this.#refreshError };
    let replaced: ReadonlyMap<string, Account> | undefined;
    try {
      const entries = await this.#client.accounts(signal);
      const limit = pLimit(AT_ONCE);
      const accounts = await Promise.all(
        entries.map((entry) => limit(() => this.#renewed(entry, signal))),
      );
      signal.throwIfAborted();
      replaced = this.#accounts;
      this.#accounts = new Map(accounts.map((account) => [account.key, this.#newest(account)]));
      this.#state = { kind: 'loaded', readAt: this.#now() };
      this.#refreshError = undefined;
    } catch (error) {
      if (this.#state.kind === 'loaded') {
        signal.throwIfAborted();
        this.#refreshError = error;
      } else if (signal.aborted) {
        // Whoever asked after the last one had left has begun anew; it is theirs to say.
        if (this.#reading.running) signal.throwIfAborted();
        this.#state = { kind: 'cancelled' };
      } else this.#state = { kind: 'failed', error };
    }
    const alike = before.known && isDeepStrictEqual(before.error, this.#refreshError);
    this.#tell(alike ? (replaced ?? this.#accounts) : undefined);
    throwUnexpected(this.#refreshError ?? errorOf(this.#state));
  }

  /** Tells of what differs from before, or of everything. */
  #tell(before: ReadonlyMap<string, Account> | undefined): void {
    const wholly = this.#wholly;
    this.#wholly = false;
    if (wholly || before === undefined || !sameRows(before, this.#accounts)) {
      this.#changed({ kind: 'all' });
      return;
    }
    for (const [key, account] of this.#accounts) {
      if (!isDeepStrictEqual(seen(before.get(key)), seen(account))) {
        this.#changed({ kind: 'account', key });
      }
    }
    if (before !== this.#accounts) this.#changed({ kind: 'read' });
  }

  /** An account as the list has it now, its live details read again if it had some. */
  async #renewed({ key, record }: LumaEntry, signal: AbortSignal): Promise<Account> {
    const fresh: Account = { key, record, shown: record, details: { kind: 'notLoaded' } };
    const known = this.#accounts.get(key);
    if (known === undefined || known.details.kind === 'notLoaded') return fresh;
    const both = isJsonObject(record) && isJsonObject(known.shown);
    return this.#detailed(
      both ? { ...fresh, shown: { ...lasting(known.shown, record), ...record } } : fresh,
      signal,
    );
  }

  /** What someone has begun to read of an account since the list came is newer than its entry. */
  #newest(account: Account): Account {
    const known = this.#accounts.get(account.key);
    const older = account.details.kind === 'notLoaded' && known?.details.kind !== 'notLoaded';
    return older ? (known ?? account) : account;
  }

  /** An account with its live details, or as it was, with why there are none. */
  async #detailed(account: Account, signal?: AbortSignal): Promise<Account> {
    try {
      const record: JsonObject = await this.#client.account(account.key, signal);
      return {
        ...account,
        record,
        shown: record,
        details: { kind: 'loaded', readAt: this.#now() },
      };
    } catch (error) {
      const details: LoadState =
        signal?.aborted === true ? { kind: 'cancelled' } : { kind: 'failed', error };
      return { ...account, details };
    }
  }
}

/**
 * What of an account's details still holds beside a newer row of the list: neither an error that the
 * row doesn't tell, nor how it stood with another session.
 */
function lasting(details: JsonObject, row: JsonObject): JsonObject {
  const same = details['luma_session_expires'] === row['luma_session_expires'];
  const outdated = same ? ['error'] : ['error', 'sessionValid'];
  return Object.fromEntries(Object.entries(details).filter(([name]) => !outdated.includes(name)));
}

/** Whether the same rows stand there in the same order; one that can't be read stands alone. */
function sameRows(before: ReadonlyMap<string, Account>, after: ReadonlyMap<string, Account>) {
  const rows = (accounts: ReadonlyMap<string, Account>) =>
    [...accounts.values()].map(({ key, record }) => [key, isJsonObject(record) || record]);
  return isDeepStrictEqual(rows(before), rows(after));
}

/** What can be seen of an account: not when it was read. */
function seen(account: Account | undefined): unknown {
  if (account === undefined) return undefined;
  const { record, shown, details } = account;
  return { record, shown, details: details.kind === 'loaded' ? details.kind : details };
}

/** What no service is to blame for is a defect here: whoever asked must log it. */
function throwUnexpected(error: unknown): void {
  if (error !== undefined && !isServiceError(error)) throw error as Error;
}

function errorOf(state: LoadState): unknown {
  return state.kind === 'failed' ? state.error : undefined;
}
