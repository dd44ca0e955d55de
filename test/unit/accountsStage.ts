import type { LumaEntry } from '../../src/api/luma.ts';
import type { JsonObject } from '../../src/http/json.ts';
import { Accounts } from '../../src/model/accounts.ts';
import type { AccountsChange } from '../../src/model/accounts.ts';
import { Gate } from './fakes.ts';

/** What the tests of {@link Accounts} work with, new for each. */
export let accounts: Accounts;
export let list: Gate<LumaEntry[]>;
export let details: Gate<JsonObject>;
/** What was asked for: nothing for the list, a key for an account. */
export let asked: string[];
let changes: AccountsChange[];
let clock: number;

export const jane = 'jane.doe@example.com';
export const bob = 'bob.roe@example.com';
export const all: AccountsChange = { kind: 'all' };
export const one = (key: string): AccountsChange => ({ kind: 'account', key });
export const read: AccountsChange = { kind: 'read' };

/** Sets the time that accounts take for now, in ms. */
export function setClock(time: number): void {
  clock = time;
}

/** Holds back the details that are asked for from now on, beside those before. */
export function holdDetails(): void {
  details = new Gate();
}

/** Accounts as the list has them. */
export function entries(...keys: string[]): LumaEntry[] {
  return keys.map((key) => ({ key, record: { email: key, executing: 0 } }));
}

/** What each test of a suite begins and ends with. */
export function useFresh(): void {
  beforeEach(() => {
    list = new Gate();
    details = new Gate();
    asked = [];
    changes = [];
    clock = 1000;
    const client = {
      accounts(signal?: AbortSignal) {
        asked.push('');
        return list.wait(signal);
      },
      account(key: string, signal?: AbortSignal) {
        asked.push(key);
        return details.wait(signal);
      },
    };
    accounts = new Accounts(client, note, () => clock);
  });
}

/** Takes note of a change. */
export function note(change: AccountsChange): void {
  changes.push(change);
}

/** What has changed since this was last asked. */
export function changed(): AccountsChange[] {
  return changes.splice(0);
}

/** Reads the list. */
export async function loaded(...keys: string[]): Promise<void> {
  const refreshed = accounts.refresh();
  await list.open(entries(...keys));
  await refreshed;
  changed();
  asked.length = 0;
}

/** Reads the details of an account. */
export async function withDetails(key: string, record: JsonObject): Promise<void> {
  const read = accounts.readDetails(key);
  await details.open(record);
  await read;
  changed();
}
