import assert from 'node:assert/strict';
import { readLumaAccount } from '../../src/api/luma.ts';
import type { LumaEntry } from '../../src/api/luma.ts';
import type { JsonObject } from '../../src/http/json.ts';
import { Accounts } from '../../src/model/accounts.ts';
import type { AccountsChange } from '../../src/model/accounts.ts';
import { AutoRefresh } from '../../src/model/autoRefresh.ts';
import { accountHealth } from '../../src/model/health.ts';
import { Notices } from '../../src/model/notices.ts';
import { failure } from './fakes.ts';
import { FastClock } from './fastClock.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 4, 1);
const utc = (at: number) => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** A Luma service with one account that a test can break, whose answers take their time. */
class Service {
  readonly clock: FastClock;
  readonly asked: number[] = [];
  latency = 200;
  down = false;
  record: JsonObject = { executing: 0, luma_session_expires: utc(START + 60 * 24 * 60 * MINUTE) };
  atOnce = 0;
  mostAtOnce = 0;

  constructor(clock: FastClock) {
    this.clock = clock;
  }

  async accounts(): Promise<LumaEntry[]> {
    this.asked.push(this.clock.now());
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce);
    await this.clock.pause(this.latency);
    this.atOnce--;
    if (this.down) throw failure();
    return [{ key: 'jane.doe@example.com', record: { ...this.record } }];
  }

  account(): Promise<JsonObject> {
    throw new Error('Nobody has opened it.');
  }
}

describe('An hour of auto-refresh', () => {
  const clock = new FastClock(START);
  const services = { steady: new Service(clock), faulty: new Service(clock) };
  const changes: { id: string; change: AccountsChange }[] = [];
  const notices = new Notices();
  const told: string[] = [];
  let marks: readonly string[] = [];
  let mostTimers = 0;

  const accounts = Object.fromEntries(
    Object.entries(services).map(([id, service]) => {
      const changed = (change: AccountsChange) => {
        changes.push({ id, change });
        look();
      };
      return [id, new Accounts(service, changed, () => clock.now())];
    }),
  );

  const refresh = new AutoRefresh(clock, {
    all: () =>
      Object.entries(accounts).flatMap(([id, { state, refreshError: error, reading: busy }]) =>
        state.kind === 'loaded' ? [{ id, busy, error, readAt: state.readAt }] : [],
      ),
    read: (id) => accounts[id]?.renew() ?? Promise.resolve(),
  });

  /** Whose accounts were drawn anew since this was last asked, and how. */
  const drawn = () =>
    changes
      .splice(0)
      .filter(({ change }) => change.kind !== 'read')
      .map(({ id, change }) => `${id} ${change.kind}`);

  /** Tells of every account as it is now. */
  function look(): void {
    notices.look(
      Object.entries(accounts).flatMap(([connection, { all }]) =>
        all.flatMap((account) => {
          const health = accountHealth(account, clock.now());
          const end = readLumaAccount(account.shown as JsonObject).sessionExpires;
          return health === undefined ? [] : [{ connection, key: account.key, health, end }];
        }),
      ),
    );
    const telling = notices.take(marks);
    ({ marks } = telling);
    told.push(...telling.notices.map(({ connection, health }) => `${connection} ${health.kind}`));
  }

  const pass = (minutes: number) =>
    clock.pass(minutes * MINUTE, () => {
      mostTimers = Math.max(mostTimers, clock.waiting);
    });

  it('keeps to one reading at a time, one timer and one notice for each thing', async () => {
    const { steady, faulty } = services;
    const loaded = Promise.all(Object.values(accounts).map((one) => one.refresh()));
    await clock.pass(1000);
    await loaded;
    drawn();
    refresh.set(5000, true);
    await pass(10);
    assert.deepEqual(drawn(), [], 'nothing is drawn where nothing has changed');

    faulty.down = true;
    await pass(15);
    assert.deepEqual(drawn(), ['faulty all'], 'the same failure is drawn once');
    faulty.down = false;
    await pass(15);
    assert.deepEqual(drawn(), ['faulty all']);
    assert.equal(accounts['faulty']?.refreshError, undefined);

    for (const round of [1, 2]) {
      faulty.record = { ...faulty.record, error: `out of order ${String(round)}` };
      await pass(1);
      faulty.down = true;
      await pass(1);
      faulty.down = false;
      await pass(1);
      faulty.record = { ...faulty.record, error: '' };
      await pass(2);
    }
    steady.latency = 31_000; // Longer than the interval: it hangs.
    steady.record = { ...steady.record, luma_session_expires: utc(START + 24 * 60 * MINUTE) };
    await pass(5);
    steady.latency = 200;
    await pass(5);

    assert.deepEqual(told, ['faulty error', 'faulty error', 'steady endsSoon']);
    assert.deepEqual([steady.mostAtOnce, faulty.mostAtOnce], [1, 1]);
    assert.ok(mostTimers <= 3, `one timer, and one for each answer under way: ${mostTimers}`);
    const gaps = steady.asked.slice(1).map((at, index) => at - (steady.asked[index] ?? 0));
    assert.ok(Math.min(...gaps.slice(1)) >= 5000, 'never less than an interval apart');
    assert.ok(steady.asked.length > 500, `the other connection goes on: ${steady.asked.length}`);
    assert.ok(faulty.asked.length < 500, `the failing one rests: ${faulty.asked.length}`);
  });

  it('leaves nothing that waits', async () => {
    refresh.set(5000, false);
    await pass(1);
    assert.equal(clock.waiting, 0);
    refresh.set(5000, true);
    refresh.dispose();
    await pass(1);
    assert.equal(clock.waiting, 0);
  });

  it('has nothing to tell after a restart', () => {
    const next = new Notices();
    const end = START + 24 * 60 * MINUTE;
    const health = { kind: 'endsSoon', at: end } as const;
    next.look([{ connection: 'steady', key: 'jane.doe@example.com', health, end }]);
    assert.deepEqual(next.take(marks), { notices: [], marks });
  });
});
