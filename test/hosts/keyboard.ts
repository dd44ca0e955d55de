import type { Page } from 'playwright-core';

/** In ms: longer than a browser puts off a timer of 0 ms. */
const afterTimers = 20;

/**
 * Waits until keys go to what has the keyboard. That the quick input has lost it, the editor notes in
 * a timer after that: the first arrow or Ctrl+Home that comes sooner is taken for the quick input's,
 * and lost. Timers end in the order in which they are due, on the busiest machine too.
 */
export async function keysArrive(page: Page): Promise<void> {
  await page.evaluate((ms) => new Promise((ended) => setTimeout(ended, ms)), afterTimers);
}
