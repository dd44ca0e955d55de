import assert from 'node:assert/strict';
import {
  accounts,
  all,
  asked,
  bob,
  changed,
  details,
  entries,
  holdDetails,
  jane,
  list,
  loaded,
  one,
  setClock,
  useFresh,
  withDetails,
} from './accountsStage.ts';
import { because, failure } from './fakes.ts';

describe('Accounts: live details', () => {
  useFresh();
  beforeEach(async () => {
    await loaded(jane, bob);
  });

  it('are read for one account', async () => {
    setClock(5000);
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
    holdDetails();
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
    setClock(7000);
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

  it('that fail with a refresh leave neither an error nor a session that the list has no more', async () => {
    const [before, after] = ['2026-05-27 02:20:34 UTC', '2027-05-27 02:20:34 UTC'];
    const ended = { sessionValid: false, luma_session_expires: before };
    await withDetails(jane, { email: jane, error: 'broken', note: 'kept', ...ended });
    const refreshed = accounts.refresh();
    const row = { email: jane, luma_session_expires: after };
    await list.open([{ key: jane, record: row }]);
    await details.fail(failure());
    await refreshed;
    assert.deepEqual(accounts.get(jane)?.shown, { note: 'kept', ...row });
  });
});
