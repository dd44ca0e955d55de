/** The time, and what waits for it. */
export interface Clock {
  /** In ms since the epoch. */
  now(): number;
  /** Runs something once after so many ms, unless the function that this gives is called before. */
  after(ms: number, run: () => void): () => void;
}

/** The longest that an {@link Alarm} sleeps, in ms: clocks are changed, and computers sleep. */
const LONGEST_SLEEP = 3600_000;

/** Wakes someone at a time: at most one timer runs, and none when there is nothing to wait for. */
export class Alarm {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #stop: (() => void) | undefined;

  /** `ring` may be called before the time that was set, at most {@link LONGEST_SLEEP} after it was. */
  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** Waits for a time in ms since the epoch instead of the one before; for nothing if undefined. */
  set(at: number | undefined): void {
    this.#stop?.();
    this.#stop = undefined;
    if (at === undefined) return;
    const wait = Math.min(Math.max(at - this.#clock.now(), 0), LONGEST_SLEEP);
    this.#stop = this.#clock.after(wait, () => {
      this.#stop = undefined;
      this.#ring();
    });
  }
}
