import assert from 'node:assert/strict';
import { AutoRefresh } from '../../src/model/autoRefresh.ts';
import type { Refreshable } from '../../src/model/autoRefresh.ts';
import { Gate, failure, settle } from './fakes.ts';
import { FastClock } from './fastClock.ts';

const START = Date.UTC(2026, 4, 1);

/** Something that can be read again, and whose readings a test lets end. */
class Source {
  readonly gate = new Gate<undefined>();
  readonly clock: FastClock;
  readonly id: string;
  readAt: number;
  error: unknown;
  busy = false;
  asked = 0;

  constructor(clock: FastClock, id: string) {
    this.clock = clock;
    this.id = id;
    this.readAt = clock.now();
  }

  async read(): Promise<void> {
    this.asked++;
    try {
      await this.gate.wait();
      this.readAt = this.clock.now();
      this.error = undefined;
    } catch (error) {
      this.error = error;
    }
  }

  get now(): Refreshable {
    const { id, readAt, error, busy } = this;
    return { id, readAt, error, busy };
  }
}

describe('AutoRefresh', () => {
  let clock: FastClock;
  let sources: Source[];
  let refresh: AutoRefresh;

  beforeEach(() => {
    clock = new FastClock(START);
    sources = [new Source(clock, 'one'), new Source(clock, 'other')];
    refresh = new AutoRefresh(clock, {
      all: () => sources.map(({ now }) => now),
      read: (id) => sources.find((source) => source.id === id)?.read() ?? Promise.resolve(),
    });
  });

  const asked = () => sources.map((source) => source.asked);

  it('reads nothing and waits for nothing while it is off or nobody looks', async () => {
    for (const [interval, watched] of [
      [0, true],
      [5000, false],
      [0, false],
    ] as const) {
      refresh.set(interval, watched);
      assert.equal(clock.waiting, 0);
      await clock.pass(60_000);
    }
    assert.deepEqual(asked(), [0, 0]);
  });

  it('reads each again an interval after it was read, with one timer', async () => {
    refresh.set(5000, true);
    assert.equal(clock.waiting, 1);
    await clock.pass(4999);
    assert.deepEqual(asked(), [0, 0]);
    await clock.pass(1);
    assert.deepEqual(asked(), [1, 1]);
    assert.equal(clock.waiting, 0, 'what is being read is waited for without a timer');
    for (const { gate } of sources) await gate.open(undefined);
    assert.equal(clock.waiting, 1);
    await clock.pass(5000);
    assert.deepEqual(asked(), [2, 2]);
  });

  it('never reads a thing twice at once, however long it takes', async () => {
    refresh.set(5000, true);
    await clock.pass(600_000);
    assert.deepEqual(asked(), [1, 1]);
    await sources[0]?.gate.open(undefined);
    await clock.pass(5000);
    assert.deepEqual(asked(), [2, 1], 'one that hangs holds up no other');
  });

  it('waits while someone else reads, and counts from when that was read', async () => {
    const [one] = sources as [Source, Source];
    one.busy = true;
    refresh.set(5000, true);
    await clock.pass(8000);
    assert.equal(one.asked, 0);
    [one.busy, one.readAt] = [false, clock.now()];
    refresh.follow();
    await clock.pass(4999);
    assert.equal(one.asked, 0);
    await clock.pass(1);
    assert.equal(one.asked, 1);
  });

  it('reads at once when someone looks again at what is older than the interval', async () => {
    refresh.set(5000, false);
    await clock.pass(60_000);
    refresh.set(5000, true);
    assert.deepEqual(asked(), [1, 1]);
    for (const { gate } of sources) await gate.open(undefined);
    refresh.set(5000, false);
    assert.equal(clock.waiting, 0);
    await clock.pass(3000);
    refresh.set(5000, true);
    assert.deepEqual(asked(), [1, 1], 'but not at what is newer');
    await clock.pass(2000);
    assert.deepEqual(asked(), [2, 2]);
  });

  it('begins no more when nobody looks while it reads', async () => {
    refresh.set(5000, true);
    await clock.pass(5000);
    refresh.set(5000, false);
    for (const { gate } of sources) await gate.open(undefined);
    assert.equal(clock.waiting, 0);
    await clock.pass(60_000);
    assert.deepEqual(asked(), [1, 1]);
  });

  it('asks less and less often what fails, and the others as before', async () => {
    const [one, other] = sources as [Source, Source];
    const times: number[] = [];
    refresh.set(5000, true);
    for (let seconds = 0; seconds < 200; seconds++) {
      await clock.pass(1000);
      if (one.gate.size > 0) {
        times.push((clock.now() - START) / 1000);
        await one.gate.fail(failure());
      }
      if (other.gate.size > 0) await other.gate.open(undefined);
      await settle();
    }
    assert.deepEqual(times, [5, 15, 35, 75, 155]);
    assert.equal(other.asked, 40);
    await clock.pass(115_000);
    await one.gate.open(undefined);
    await clock.pass(5000);
    assert.equal(one.asked, 7, 'after a success it is an interval again');
  });

  it('takes another interval at once', async () => {
    refresh.set(3600_000, true);
    await clock.pass(10_000);
    refresh.set(5000, true);
    assert.deepEqual(asked(), [1, 1]);
  });

  it('forgets what is gone', async () => {
    refresh.set(5000, true);
    sources = [];
    refresh.follow();
    assert.equal(clock.waiting, 0);
    await clock.pass(60_000);
    sources = [new Source(clock, 'one')];
    refresh.follow();
    await clock.pass(5000);
    assert.deepEqual(asked(), [1]);
  });

  it('goes on after the computer has slept, or its clock was put back', async () => {
    refresh.set(5000, true);
    clock.jump(-86_400_000);
    refresh.follow();
    await clock.pass(5000);
    assert.deepEqual(asked(), [1, 1]);
    for (const { gate } of sources) await gate.open(undefined);
    clock.jump(86_400_000);
    await clock.pass(0);
    assert.deepEqual(asked(), [2, 2]);
  });

  it('reads nothing once it has ended', async () => {
    refresh.set(5000, true);
    await clock.pass(5000);
    refresh.dispose();
    for (const { gate } of sources) await gate.open(undefined);
    assert.equal(clock.waiting, 0);
  });
});
