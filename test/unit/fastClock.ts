import type { Clock } from '../../src/model/alarm.ts';
import { settle } from './fakes.ts';

/** A clock that a test lets go on: what waits for a time runs at that time, in order. */
export class FastClock implements Clock {
  readonly #timers = new Map<symbol, { readonly at: number; readonly run: () => void }>();
  #time: number;

  /** Begins at a time in ms since the epoch. */
  constructor(time: number) {
    this.#time = time;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#time;
  }

  after(ms: number, run: () => void): () => void {
    const timer = Symbol('timer');
    this.#timers.set(timer, { at: this.#time + ms, run });
    return () => this.#timers.delete(timer);
  }

  /** Resolves after so many ms. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Lets so many ms go by; `seen` looks after everything that happens. */
  async pass(ms: number, seen: () => void = () => undefined): Promise<void> {
    const end = this.#time + ms;
    for (;;) {
      await settle();
      seen();
      const [next] = [...this.#timers].sort(([, one], [, other]) => one.at - other.at);
      if (next === undefined || next[1].at > end) break;
      this.#timers.delete(next[0]);
      this.#time = Math.max(this.#time, next[1].at);
      next[1].run();
    }
    this.#time = end;
  }

  /** Puts the clock forward or back without anything happening, as when a computer sleeps. */
  jump(ms: number): void {
    this.#time += ms;
  }
}
