import { isServiceError } from '../http/errors.ts';

/** How the latest reading of something went. */
export interface Reading {
  /** When it was last read with success, in ms since the epoch. */
  readonly readAt: number;
  /** Why the latest attempt after that failed, if it did; each failure is an object of its own. */
  readonly error: unknown;
}

/** The longest wait after failures, in ms, unless the interval itself is longer. */
export const LONGEST_WAIT = 15 * 60_000;

/**
 * When something is to be read again: an interval after it was last read by anyone. Every failure
 * in a row doubles that, up to {@link LONGEST_WAIT}; no service is asked before the time it names.
 */
export class Course {
  #from = 0;
  #readAt: number | undefined;
  #failures = 0;
  #error: unknown;
  #notBefore = 0;

  constructor(reading: Reading, now: number) {
    this.look(reading, now);
  }

  /** Takes in how the latest reading went, whoever began it. */
  look({ readAt, error }: Reading, now: number): void {
    if (error === undefined) {
      this.#failures = 0;
      this.#notBefore = 0;
      if (readAt !== this.#readAt) this.#from = readAt;
    } else if (error !== this.#error) {
      this.#failures++;
      this.#notBefore = isServiceError(error) ? (error.retryAt ?? 0) : 0;
      this.#from = now;
    }
    this.#error = error;
    this.#readAt = readAt;
    this.#from = Math.min(this.#from, now); // The clock may have been put back.
  }

  /** An attempt has ended at a time, even if that changed nothing. */
  rest(now: number): void {
    this.#from = now;
  }

  /** When the next attempt is due, in ms since the epoch; the interval is in ms. */
  due(interval: number): number {
    const doubled = Math.min(interval * 2 ** this.#failures, LONGEST_WAIT);
    return Math.max(this.#from + Math.max(interval, doubled), this.#notBefore);
  }
}
