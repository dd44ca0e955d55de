import assert from 'node:assert/strict';
import type { LumaEntry } from '../../src/api/luma.ts';
import { Accounts } from '../../src/model/accounts.ts';
import {
  accounts,
  all,
  asked,
  bob,
  changed,
  details,
  entries,
  jane,
  list,
  loaded,
  note,
  one,
  setClock,
  useFresh,
  withDetails,
} from './accountsStage.ts';
import { Gate, because, failure, isOpen, settle } from './fakes.ts';

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
    setClock(2000);
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
    setClock(3000);
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
    const slowly = new Accounts(
      {
        // A client that takes its time to stop.
        accounts: () => gates.shift()?.wait() ?? Promise.reject(new Error('asked too often')),
        account: () => Promise.reject(new Error('not asked for')),
      },
      note,
    );
    const stop = new AbortController();
    const cancelled = slowly.refresh(stop.signal);
    stop.abort();
    await assert.rejects(cancelled, { name: 'AbortError' });
    const again = slowly.refresh();
    await slow.fail(failure());
    assert.ok(await isOpen(again));
    assert.deepEqual(slowly.state, { kind: 'loading' });
    assert.deepEqual(changed(), []);
    await next.open(entries(jane));
    await again;
    assert.equal(slowly.state.kind, 'loaded');
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
