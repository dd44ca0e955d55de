import assert from 'node:assert/strict';
import type { LumaEntry } from '../../src/api/luma.ts';
import type { JsonObject } from '../../src/http/json.ts';
import type { AccountsChange } from '../../src/model/accounts.ts';
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
  one,
  read,
  setClock,
  useFresh,
  withDetails,
} from './accountsStage.ts';
import { because, failure } from './fakes.ts';

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
    setClock(9000);
    assert.deepEqual(await renewed(entries(jane, bob)), [read]);
    assert.deepEqual(accounts.state, { kind: 'loaded', readAt: 9000 });
  });

  it('tells only of the accounts that have changed', async () => {
    const [first, second] = entries(jane, bob) as [LumaEntry, LumaEntry];
    const busy = { ...second, record: { email: bob, executing: 1 } };
    assert.deepEqual(await renewed([first, busy]), [one(bob), read]);
    await withDetails(jane, { email: jane, credits: { usage: 1, limit: 9 } });
    const live = (usage: number) => ({ email: jane, credits: { usage, limit: 9 } });
    setClock(9000);
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
