import { readLumaAccount } from '../api/luma.ts';
import type { LumaAccount } from '../api/luma.ts';
import { isServiceError } from '../http/errors.ts';
import { isJsonObject } from '../http/json.ts';
import type { Account } from './accounts.ts';

/**
 * How an account is, worst first: the service reports an error, its session has ended, its session
 * ends within {@link SOON}, every slot is taken, some jobs run, none runs.
 */
export type Health =
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'expired'; readonly at: number | undefined }
  | { readonly kind: 'endsSoon'; readonly at: number }
  | { readonly kind: 'busy' }
  | { readonly kind: 'running' }
  | { readonly kind: 'idle' };

/** How long before its end a session is said to end soon, in ms. */
export const SOON = 7 * 24 * 3600_000;

/** An account's health at a time in ms since the epoch. */
export function healthOf(account: LumaAccount, now: number): Health {
  const { error, sessionExpires: at, sessionValid, executing = 0, concurrency } = account;
  if (error !== undefined) return { kind: 'error', message: error };
  if (sessionValid === false)
    return { kind: 'expired', at: at === undefined || at > now ? undefined : at };
  if (at !== undefined && at <= now) return { kind: 'expired', at };
  if (at !== undefined && at - now <= SOON) return { kind: 'endsSoon', at };
  if (concurrency !== undefined && executing > 0 && executing >= concurrency)
    return { kind: 'busy' };
  return { kind: executing > 0 ? 'running' : 'idle' };
}

/**
 * The health of an account with what is known from trying to read its details; undefined if its
 * record can't be read.
 */
export function accountHealth({ shown, details }: Account, now: number): Health | undefined {
  if (!isJsonObject(shown)) return undefined;
  const account = readLumaAccount(shown);
  const ended =
    details.kind === 'failed' &&
    isServiceError(details.error) &&
    details.error.reason === 'sessionExpired';
  return healthOf(ended ? { ...account, sessionValid: false } : account, now);
}

/** Whether someone should do something about an account. */
export function needsAttention({ kind }: Health): boolean {
  return kind === 'error' || kind === 'expired' || kind === 'endsSoon';
}

/**
 * How many more jobs an account can run at a time in ms since the epoch: none where it does not
 * work. Undefined where its slots aren't known.
 */
export function freeSlots(account: Account, now: number): number | undefined {
  const health = accountHealth(account, now);
  if (health === undefined || !isJsonObject(account.shown)) return undefined;
  const { concurrency, executing = 0 } = readLumaAccount(account.shown);
  if (concurrency === undefined) return undefined;
  const works = health.kind !== 'error' && health.kind !== 'expired';
  return works ? Math.max(concurrency - executing, 0) : 0;
}

/** The {@link freeSlots} of several accounts in all; undefined where none are known. */
export function freeSlotsOf(accounts: readonly Account[], now: number): number | undefined {
  return accounts
    .map((account) => freeSlots(account, now))
    .reduce((sum, free) => (free === undefined ? sum : (sum ?? 0) + free), undefined);
}

/** How bad a health is: 0 is the worst, and no health is known of a record that can't be read. */
export function rankOf(health: Health | undefined): number {
  return health === undefined ? 0 : ranks.indexOf(health.kind);
}

const ranks: readonly Health['kind'][] = [
  'error',
  'expired',
  'endsSoon',
  'busy',
  'running',
  'idle',
];
