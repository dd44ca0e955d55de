import assert from 'node:assert/strict';
import type { LumaEntry } from '../../src/api/luma.ts';
import type { JsonObject } from '../../src/http/json.ts';
import { Accounts } from '../../src/model/accounts.ts';
import type { AccountsChange } from '../../src/model/accounts.ts';
import { Gate, because, failure, isOpen, settle } from './fakes.ts';

const jane = 'jane.doe@example.com';
const bob = 'bob.roe@example.com';
const all: AccountsChange = { kind: 'all' };
const one = (key: string): AccountsChange => ({ kind: 'account', key });
const read: AccountsChange = { kind: 'read' };

let list: Gate<LumaEntry[]>;
let details: Gate<JsonObject>;
let asked: string[];
let changes: AccountsChange[];
let accounts: Accounts;
let clock: number;

const entries = (...keys: string[]): LumaEntry[] =>
  keys.map((key) => ({ key, record: { email: key, executing: 0 } }));

/** What each test of a suite begins and ends with. */
function useFresh(): void {
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
    const changed = (change: AccountsChange) => {
      changes.push(change);
    };
    accounts = new Accounts(client, changed, () => clock);
  });
}

/** What has changed since this was last asked. */
function changed(): AccountsChange[] {
  return changes.splice(0);
}

async function loaded(...keys: string[]): Promise<void> {
  const refreshed = accounts.refresh();
  await list.open(entries(...keys));
  await refreshed;
  changed();
  asked.length = 0;
}

async function withDetails(key: string, record: JsonObject): Promise<void> {
  const read = accounts.readDetails(key);
  await details.open(record);
  await read;
  changed();
}

describe('Accounts: the list', () => {
  useFresh();
  it('is not loaded at first', () => {
    assert.deepEqual(accounts.state, { kind: 'notLoaded' });
    assert.deepEqual(accounts.all, []);
    assert.equal(accounts.get(jane), undefined);
    assert.equal(accounts.refreshError, undefined);
    assert.deepEqual(asked, []);
  });

  it('is loaded in the order received, under any key', async () => {
    const refreshed = accounts.refresh();
    assert.deepEqual(accounts.state, { kind: 'loading' });
    assert.deepEqual(changed(), []);
    const keys = [bob, '__proto__', 'constructor', jane, '7'];
    clock = 2000;
    await list.open(entries(...keys));
    await refreshed;
    assert.deepEqual(
      accounts.all.map(({ key }) => key),
      keys,
    );
    assert.deepEqual(accounts.get('__proto__'), {
      key: '__proto__',
      record: { email: '__proto__', executing: 0 },
      shown: { email: '__proto__', executing: 0 },
      details: { kind: 'notLoaded' },
    });
    assert.deepEqual(accounts.state, { kind: 'loaded', readAt: 2000 });
    assert.deepEqual(changed(), [all]);
    assert.deepEqual(asked, [''], 'details are read for those that were opened');
  });

  it('may be empty', async () => {
    await loaded();
    assert.equal(accounts.state.kind, 'loaded');
    assert.deepEqual(accounts.all, []);
  });

  it('fails, says so, and is loaded when asked again', async () => {
    const failed = accounts.refresh();
    await list.fail(failure('unauthorized'));
    await failed;
    const { state } = accounts;
    assert.ok(state.kind === 'failed' && because('unauthorized')(state.error));
    assert.equal(accounts.refreshError, undefined);
    assert.deepEqual(changed(), [all]);
    const again = accounts.refresh();
    assert.deepEqual(accounts.state, { kind: 'loading' });
    assert.deepEqual(changed(), [all], 'it says that it loads');
    await list.open(entries(jane));
    await again;
    assert.equal(accounts.state.kind, 'loaded');
    assert.deepEqual(changed(), [all]);
  });

  it('is read once for all who ask at the same time', async () => {
    const both = Promise.all([accounts.refresh(), accounts.refresh()]);
    await list.open(entries(jane));
    await both;
    assert.deepEqual(asked, ['']);
    assert.deepEqual(changed(), [all]);
  });

  it('keeps its rows while it is refreshed, and when that fails', async () => {
    await loaded(jane, bob);
    const before = accounts.all;
    const refreshed = accounts.refresh();
    assert.deepEqual(accounts.state, { kind: 'loaded', readAt: 1000 });
    assert.deepEqual(changed(), []);
    await list.fail(failure('connectionLost'));
    await refreshed;
    assert.deepEqual(accounts.all, before);
    assert.deepEqual(accounts.state, { kind: 'loaded', readAt: 1000 });
    assert.ok(because('connectionLost')(accounts.refreshError));
    assert.deepEqual(changed(), [all]);
  });

  it('keeps the details that someone reads while it is refreshed', async () => {
    await loaded(jane, bob);
    await withDetails(bob, { email: bob, live: 1 });
    const refreshed = accounts.refresh();
    await list.open(entries(jane, bob));
    const read = accounts.readDetails(jane);
    await details.open({ email: bob, live: 3 });
    await refreshed;
    assert.equal(accounts.get(jane)?.details.kind, 'loading');
    await details.open({ email: jane, live: 2 });
    await read;
    assert.equal(accounts.get(jane)?.details.kind, 'loaded');
    assert.deepEqual(accounts.get(jane)?.record, { email: jane, live: 2 });
  });

  it('reads the details of four accounts at a time', async () => {
    const keys = Array.from({ length: 9 }, (_, index) => `account ${index}`);
    await loaded(...keys);
    for (const key of keys) await withDetails(key, { email: key });
    asked.length = 0;
    const refreshed = accounts.refresh();
    await list.open(entries(...keys));
    assert.deepEqual(asked, ['', ...keys.slice(0, 4)]);
    while (details.size > 0) await details.open({ email: 'x' });
    await refreshed;
    assert.deepEqual(asked, ['', ...keys]);
  });

  it('forgets why a refresh failed when the next one works', async () => {
    await loaded(jane);
    const failed = accounts.refresh();
    await list.fail(failure());
    await failed;
    clock = 3000;
    await loaded(bob);
    assert.equal(accounts.refreshError, undefined);
    assert.deepEqual(accounts.state, { kind: 'loaded', readAt: 3000 });
    assert.deepEqual(
      accounts.all.map(({ key }) => key),
      [bob],
    );
  });
});

describe('Accounts: a mistake that no service is to blame for', () => {
  useFresh();
  const mistake = new TypeError('a mistake');
  const isMistake = (error: unknown) => error === mistake;

  it('stands where a failure stands, and is thrown for whoever writes the log', async () => {
    const first = accounts.refresh();
    await list.fail(mistake);
    await assert.rejects(first, isMistake);
    assert.deepEqual(accounts.state, { kind: 'failed', error: mistake });
    assert.deepEqual(changed(), [all]);
  });

  it('is thrown by a refresh too', async () => {
    await loaded(jane);
    const refreshed = accounts.refresh();
    await list.fail(mistake);
    await assert.rejects(refreshed, isMistake);
    assert.equal(accounts.refreshError, mistake);
    assert.equal(accounts.state.kind, 'loaded');
    assert.deepEqual(changed(), [all]);
  });

  it('is thrown by reading details too', async () => {
    await loaded(jane);
    const read = accounts.readDetails(jane);
    await details.fail(mistake);
    await assert.rejects(read, isMistake);
    assert.deepEqual(accounts.get(jane)?.details, { kind: 'failed', error: mistake });
    assert.deepEqual(changed(), [one(jane)]);
  });
});

describe('Accounts: cancelling', () => {
  useFresh();
  it('a first load is no failure, and does not begin again by itself', async () => {
    const stop = new AbortController();
    const refreshed = accounts.refresh(stop.signal);
    stop.abort();
    await assert.rejects(refreshed, { name: 'AbortError' });
    await settle();
    assert.deepEqual(accounts.state, { kind: 'cancelled' });
    assert.deepEqual(changed(), [all]);
    const again = accounts.refresh();
    assert.deepEqual(accounts.state, { kind: 'loading' });
    assert.deepEqual(changed(), [all], 'it says that it loads');
    await list.open([]); // That was the cancelled one.
    await list.open(entries(jane));
    await again;
    assert.equal(accounts.state.kind, 'loaded');
  });

  it('details are not failed then, and can be read again', async () => {
    await loaded(jane);
    const stop = new AbortController();
    const read = accounts.readDetails(jane, stop.signal);
    await settle();
    stop.abort();
    await read;
    assert.deepEqual(accounts.get(jane)?.details, { kind: 'cancelled' });
    assert.deepEqual(changed(), [one(jane)]);
    await details.open({}); // That was the cancelled one.
    await withDetails(jane, { sessionValid: true });
    assert.equal(accounts.get(jane)?.details.kind, 'loaded');
  });

  it('a refresh leaves the rows, and is no failure', async () => {
    await loaded(jane);
    const stop = new AbortController();
    const refreshed = accounts.refresh(stop.signal);
    stop.abort();
    await assert.rejects(refreshed, { name: 'AbortError' });
    assert.equal(accounts.refreshError, undefined);
    assert.deepEqual(accounts.state, { kind: 'loaded', readAt: 1000 });
    assert.deepEqual(changed(), []);
  });

  it('a refresh of one does not cancel that of another', async () => {
    const stop = new AbortController();
    const cancelled = accounts.refresh(stop.signal);
    const other = accounts.refresh();
    stop.abort();
    await assert.rejects(cancelled, { name: 'AbortError' });
    await list.open(entries(jane));
    await other;
    assert.equal(accounts.state.kind, 'loaded');
  });

  it('takes nothing from whoever begins anew before it has ended', async () => {
    const [slow, next] = [new Gate<LumaEntry[]>(), new Gate<LumaEntry[]>()];
    const gates = [slow, next];
    accounts = new Accounts(
      {
        // A client that takes its time to stop.
        accounts: () => gates.shift()?.wait() ?? Promise.reject(new Error('asked too often')),
        account: () => Promise.reject(new Error('not asked for')),
      },
      (change) => changes.push(change),
    );
    const stop = new AbortController();
    const cancelled = accounts.refresh(stop.signal);
    stop.abort();
    await assert.rejects(cancelled, { name: 'AbortError' });
    const again = accounts.refresh();
    await slow.fail(failure());
    assert.ok(await isOpen(again));
    assert.deepEqual(accounts.state, { kind: 'loading' });
    assert.deepEqual(changed(), []);
    await next.open(entries(jane));
    await again;
    assert.equal(accounts.state.kind, 'loaded');
    assert.deepEqual(changed(), [all]);
  });

  it('while details are read again leaves the rows', async () => {
    await loaded(jane);
    await withDetails(jane, { email: jane, executing: 1 });
    const stop = new AbortController();
    const refreshed = accounts.refresh(stop.signal);
    await list.open(entries(jane, bob));
    const rejected = assert.rejects(refreshed, { name: 'AbortError' });
    stop.abort();
    await rejected;
    assert.deepEqual(accounts.get(jane)?.record, { email: jane, executing: 1 });
    assert.equal(accounts.get(bob), undefined);
  });
});

describe('Accounts: live details', () => {
  useFresh();
  beforeEach(async () => {
    await loaded(jane, bob);
  });

  it('are read for one account', async () => {
    clock = 5000;
    const read = accounts.readDetails(jane);
    assert.deepEqual(accounts.get(jane)?.details, { kind: 'loading' });
    assert.deepEqual(changed(), []);
    await details.open({ email: jane, sessionValid: true });
    await read;
    assert.deepEqual(accounts.get(jane), {
      key: jane,
      record: { email: jane, sessionValid: true },
      shown: { email: jane, sessionValid: true },
      details: { kind: 'loaded', readAt: 5000 },
    });
    assert.deepEqual(accounts.get(bob)?.details, { kind: 'notLoaded' });
    assert.deepEqual(changed(), [one(jane)]);
    assert.deepEqual(
      accounts.all.map(({ key }) => key),
      [jane, bob],
      'the order stays',
    );
  });

  it('are read once at a time, and not for accounts that are not there', async () => {
    const reads = [jane, jane, 'nobody@example.com'].map((key) => accounts.readDetails(key));
    await details.open({ email: jane });
    await Promise.all(reads);
    assert.deepEqual(asked, [jane]);
  });

  it('of several accounts are read at the same time', async () => {
    const reads = [jane, bob].map((key) => accounts.readDetails(key));
    assert.deepEqual(asked, [jane, bob]);
    await details.open({ email: jane });
    await details.open({ email: bob });
    await Promise.all(reads);
    assert.deepEqual(changed(), [one(jane), one(bob)]);
  });

  it('fail without taking the account along, and can be read again', async () => {
    const failed = accounts.readDetails(jane);
    await details.fail(failure('sessionExpired'));
    await failed;
    const account = accounts.get(jane);
    assert.deepEqual(account?.record, { email: jane, executing: 0 });
    assert.ok(account.details.kind === 'failed');
    assert.ok(because('sessionExpired')(account.details.error));
    assert.deepEqual(changed(), [one(jane)]);
    const again = accounts.readDetails(jane);
    assert.deepEqual(changed(), [one(jane)], 'it says that it loads');
    await details.open({ email: jane, executing: 2 });
    await again;
    assert.deepEqual(accounts.get(jane)?.record, { email: jane, executing: 2 });
    assert.deepEqual(changed(), [one(jane)]);
  });

  it('can be read again when they are loaded, and keep their record until then', async () => {
    await withDetails(jane, { email: jane, executing: 1 });
    const read = accounts.readDetails(jane);
    assert.deepEqual(accounts.get(jane)?.record, { email: jane, executing: 1 });
    await details.fail(failure());
    await read;
    assert.deepEqual(accounts.get(jane)?.record, { email: jane, executing: 1 });
    assert.equal(accounts.get(jane)?.details.kind, 'failed');
  });

  it('are dropped if the account has vanished meanwhile', async () => {
    const read = accounts.readDetails(jane);
    const refreshed = accounts.refresh();
    await list.open(entries(bob));
    await refreshed;
    changed();
    await details.open({ email: jane });
    await read;
    assert.equal(accounts.get(jane), undefined);
    assert.deepEqual(changed(), []);
  });

  it('are dropped if the account has come back since', async () => {
    const read = accounts.readDetails(jane);
    for (const keys of [[bob], [jane, bob]]) {
      const refreshed = accounts.refresh();
      await list.open(entries(...keys));
      await refreshed;
    }
    changed();
    await details.open({ email: 'stale@example.com' });
    await read;
    assert.deepEqual(accounts.get(jane)?.record, { email: jane, executing: 0 });
    assert.deepEqual(changed(), []);
  });

  it('are dropped if a refresh has brought newer ones', async () => {
    const read = accounts.readDetails(jane);
    const stale = details;
    details = new Gate();
    const refreshed = accounts.refresh();
    await list.open(entries(jane, bob));
    await details.open({ email: jane, executing: 2 });
    await refreshed;
    // Asked for once more: again there are details that load, but not those of the first time.
    const newest = accounts.readDetails(jane);
    changed();
    await stale.open({ email: jane, executing: 1 });
    await read;
    assert.deepEqual(accounts.get(jane)?.details, { kind: 'loading' });
    assert.deepEqual(changed(), []);
    await details.open({ email: jane, executing: 3 });
    await newest;
    assert.deepEqual(accounts.get(jane)?.record, { email: jane, executing: 3 });
  });

  it('are read again with the list for those accounts that have some', async () => {
    await withDetails(jane, { email: jane, executing: 1 });
    asked.length = 0;
    const refreshed = accounts.refresh();
    await list.open(entries(bob, jane));
    assert.deepEqual(asked, ['', jane]);
    assert.deepEqual(accounts.get(jane)?.record, { email: jane, executing: 1 });
    clock = 7000;
    await details.open({ email: jane, executing: 2 });
    await refreshed;
    assert.deepEqual(
      accounts.all.map(({ key }) => key),
      [bob, jane],
    );
    assert.deepEqual(accounts.get(jane)?.record, { email: jane, executing: 2 });
    assert.deepEqual(accounts.get(jane)?.details, { kind: 'loaded', readAt: 7000 });
    assert.deepEqual(changed(), [all]);
  });

  it('that fail with a refresh leave what was read before under the fresh row of the list', async () => {
    const live = { credits: { usage: 1, limit: 2 }, sessionValid: false };
    await withDetails(jane, { email: jane, executing: 1, ...live });
    const refreshed = accounts.refresh();
    await list.open(entries(jane));
    await details.fail(failure());
    await refreshed;
    assert.deepEqual(accounts.get(jane)?.record, { email: jane, executing: 0 });
    assert.deepEqual(accounts.get(jane)?.shown, { email: jane, executing: 0, ...live });
    assert.equal(accounts.get(jane)?.details.kind, 'failed');
    assert.equal(accounts.refreshError, undefined);
  });
});

describe('Accounts: reading again by themselves', () => {
  useFresh();
  beforeEach(async () => {
    await loaded(jane, bob);
  });

  async function renewed(answer: LumaEntry[], ...live: JsonObject[]): Promise<AccountsChange[]> {
    const reading = accounts.renew();
    await list.open(answer);
    for (const record of live) await details.open(record);
    await reading;
    return changed();
  }

  async function failed(error: unknown): Promise<AccountsChange[]> {
    const reading = accounts.renew();
    await list.fail(error);
    await reading;
    return changed();
  }

  it('tells only of the reading where nothing has changed, and keeps when that was', async () => {
    clock = 9000;
    assert.deepEqual(await renewed(entries(jane, bob)), [read]);
    assert.deepEqual(accounts.state, { kind: 'loaded', readAt: 9000 });
  });

  it('tells only of the accounts that have changed', async () => {
    const [first, second] = entries(jane, bob) as [LumaEntry, LumaEntry];
    const busy = { ...second, record: { email: bob, executing: 1 } };
    assert.deepEqual(await renewed([first, busy]), [one(bob), read]);
    await withDetails(jane, { email: jane, credits: { usage: 1, limit: 9 } });
    const live = (usage: number) => ({ email: jane, credits: { usage, limit: 9 } });
    clock = 9000;
    assert.deepEqual(await renewed([first, busy], live(1)), [read], 'a later time is no change');
    assert.deepEqual(await renewed([first, busy], live(2)), [one(jane), read]);
  });

  it('tells of all where accounts come, go, move or can be read no more', async () => {
    assert.deepEqual(await renewed(entries(bob, jane)), [all]);
    assert.deepEqual(await renewed(entries(bob)), [all]);
    assert.deepEqual(await renewed(entries(bob, jane)), [all]);
    assert.deepEqual(await renewed([...entries(bob), { key: jane, record: 1 }]), [all]);
    assert.deepEqual(await renewed([...entries(bob), { key: jane, record: 2 }]), [all]);
    assert.deepEqual(await renewed([...entries(bob), { key: jane, record: 2 }]), [read]);
  });

  it('tells of a failure once, of another one, and of its end', async () => {
    assert.deepEqual(await failed(failure('serverError')), [all]);
    assert.deepEqual(await failed(failure('serverError')), []);
    assert.deepEqual(await failed(failure('timeout')), [all]);
    assert.ok(because('timeout')(accounts.refreshError));
    assert.deepEqual(accounts.state, { kind: 'loaded', readAt: 1000 });
    assert.deepEqual(await renewed(entries(jane, bob)), [all]);
    assert.deepEqual(await renewed(entries(jane, bob)), [read]);
  });

  it('tells of all when someone asks for it meanwhile, with one reading', async () => {
    asked.length = 0;
    const both = Promise.all([accounts.renew(), accounts.refresh()]);
    await list.open(entries(jane, bob));
    await both;
    assert.deepEqual(asked, ['']);
    assert.deepEqual(changed(), [all]);
    assert.deepEqual(await renewed(entries(jane, bob)), [read]);
  });

  it('knows whether anything is being read', async () => {
    assert.equal(accounts.reading, false);
    const reading = accounts.renew();
    assert.equal(accounts.reading, true);
    await list.open(entries(jane, bob));
    await reading;
    assert.equal(accounts.reading, false);
    const read = accounts.readDetails(jane);
    assert.equal(accounts.reading, true);
    await details.open({});
    await read;
    assert.equal(accounts.reading, false);
  });
});

describe('Accounts: attention', () => {
  useFresh();
  it('counts what is broken, ended, about to end or unreadable', async () => {
    const now = Date.UTC(2026, 4, 1);
    const records = [
      { luma_session_expires: '2026-09-01 00:00:00 UTC' },
      { luma_session_expires: '2026-04-30 00:00:00 UTC' },
      { luma_session_expires: '2026-05-03 00:00:00 UTC' },
      { error: 'broken' },
      { concurrency: 2, executing: 2 },
      {},
      null,
      'text',
    ];
    const refreshed = accounts.refresh();
    await list.open(records.map((record, index) => ({ key: String(index), record })));
    await refreshed;
    assert.equal(accounts.attention(now), 5);
    assert.equal(accounts.attention(Date.UTC(2026, 8, 2)), 6);
  });
});
