import { setImmediate as turn } from 'node:timers/promises';

/**
 * Yields until requests that were just made are on their way, so that whatever blocks next doesn't
 * hold them up. Before undici writes to a connection again, it looks in the next turn of the event
 * loop whether that has anything to say, and writes in the one after it.
 */
export async function requestsLeave(): Promise<void> {
  await turn();
  await turn();
}
