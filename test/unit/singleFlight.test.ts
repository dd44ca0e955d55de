import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { SingleFlight, abortable } from '../../src/http/singleFlight.ts';
import { Gate, because, failure, isOpen, settle } from './fakes.ts';

let flight: SingleFlight<number>;
let gate: Gate<number>;
let started: AbortSignal[];

const task = (signal: AbortSignal) => {
  started.push(signal);
  return gate.wait(signal);
};

/** What each test of a suite begins and ends with. */
function useFresh(): void {
  beforeEach(() => {
    flight = new SingleFlight();
    gate = new Gate();
    started = [];
  });
}

describe('SingleFlight', () => {
  useFresh();
  it('runs once for all who ask while it runs, and anew afterwards', async () => {
    const asked = Promise.all(Array.from({ length: 100 }, () => flight.run(task)));
    assert.equal(flight.running, true);
    await gate.open(7);
    assert.deepEqual(await asked, Array<number>(100).fill(7));
    assert.equal(flight.running, false);
    assert.equal(started.length, 1);
    const again = flight.run(task);
    await gate.open(8);
    assert.equal(await again, 8);
  });

  it('tells a failure to all, and does not remember it', async () => {
    const asked = Promise.allSettled([flight.run(task), flight.run(task)]);
    await gate.fail(failure());
    for (const result of await asked) {
      assert.ok(result.status === 'rejected' && because('serverError')(result.reason));
    }
    assert.equal(flight.running, false);
    const again = flight.run(task);
    await gate.open(1);
    assert.equal(await again, 1);
  });

  it('goes on for the others when one leaves', async () => {
    const stop = new AbortController();
    const one = flight.run(task, stop.signal);
    const other = flight.run(task);
    stop.abort();
    await assert.rejects(one, { name: 'AbortError' });
    assert.equal(started[0]?.aborted, false);
    await gate.open(3);
    assert.equal(await other, 3);
  });

  it('stops when the last one has left, and whoever asks then starts it anew', async () => {
    const stops = [new AbortController(), new AbortController()];
    const asked = stops.map(({ signal }) => flight.run(task, signal));
    const left = Promise.allSettled(asked);
    for (const stop of stops) stop.abort(new Error('enough'));
    for (const result of await left) {
      assert.ok(result.status === 'rejected');
      assert.equal((result.reason as Error).message, 'enough');
    }
    assert.equal(started[0]?.aborted, true);
    assert.equal(flight.running, false);
    gate = new Gate();
    const again = flight.run(task);
    await gate.open(5);
    assert.equal(await again, 5);
    assert.equal(started.length, 2);
  });

  it('is not started by one who has left already', async () => {
    await assert.rejects(flight.run(task, AbortSignal.abort()), { name: 'AbortError' });
    assert.equal(started.length, 0);
    assert.equal(flight.running, false);
  });

  it('lets one wait for its end, however it ends', async () => {
    await flight.idle();
    for (const end of [() => gate.open(1), () => gate.fail(failure())]) {
      const asked = Promise.allSettled([flight.run(task)]);
      const idle = flight.idle();
      assert.ok(await isOpen(idle));
      await end();
      await idle;
      await asked;
    }
  });

  it('lets one stop waiting for its end', async () => {
    const asked = flight.run(task);
    const stop = new AbortController();
    const idle = flight.idle(stop.signal);
    stop.abort();
    await assert.rejects(idle, { name: 'AbortError' });
    await gate.open(1);
    await asked;
  });
});

describe('abortable', () => {
  useFresh();
  it('gives what the promise gives', async () => {
    const { signal } = new AbortController();
    assert.equal(await abortable(Promise.resolve(1), signal), 1);
    assert.equal(await abortable(Promise.resolve(1)), 1);
    await assert.rejects(abortable(Promise.reject(failure()), signal), because('serverError'));
  });

  it('gives up at once', async () => {
    const stop = new AbortController();
    const waiting = abortable(new Promise(() => undefined), stop.signal);
    stop.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
    await assert.rejects(abortable(new Promise(() => undefined), stop.signal), {
      name: 'AbortError',
    });
  });

  it('leaves no listener behind', async () => {
    const { signal } = new AbortController();
    await abortable(Promise.resolve(), signal);
    await abortable(Promise.reject(failure()), signal).catch(() => undefined);
    await settle();
    assert.deepEqual(getEventListeners(signal, 'abort'), []);
  });
});
