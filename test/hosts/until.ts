import { setTimeout as sleep } from 'node:timers/promises';

/** How long to wait for something that a person would see within a moment, in milliseconds. */
export const patience = 15_000;

/**
 * Looks again and again until there is something to see, and gives it.
 * @throws when the time is over, with `what` was waited for and, from `seen`, what was there instead.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | false | undefined>,
  seen: () => Promise<string> = () => Promise.resolve(''),
  limit: number = patience,
): Promise<T> {
  const end = Date.now() + limit;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) {
      const there = await seen();
      throw new Error(
        `Waited ${limit / 1000} seconds for ${what}.${there === '' ? '' : `\nThere was:\n${there}`}`,
      );
    }
    await sleep(30);
  }
}
