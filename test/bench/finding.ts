import { RUNS, collectGarbage, median } from './compare.ts';
import type { Measurement } from './figure.ts';
import { heapBeyondRecords, indexBuilding, keystroke } from './search.ts';

/** Building the search index: the longest time in which nothing else runs, and the whole. */
export async function indexing(
  users: number,
): Promise<{ readonly longest: Measurement; readonly total: Measurement }> {
  await indexBuilding(users);
  const built: { longest: number; total: number }[] = [];
  while (built.length < RUNS) {
    collectGarbage();
    built.push(await indexBuilding(users));
  }
  return {
    longest: { value: median(built.map(({ longest }) => longest)), runs: RUNS },
    total: { value: median(built.map(({ total }) => total)), runs: RUNS },
  };
}

/** A keystroke in Find User: of each query's rounds together, the 95th percentile in ms. */
export async function finding(users: number): Promise<Measurement> {
  return { value: await keystroke(users, RUNS), runs: RUNS };
}

/** What so many users take in MB beyond their records. It is the same each time. */
export function memory(users: number): Promise<Measurement> {
  return Promise.resolve({ value: heapBeyondRecords(users) / 2 ** 20, runs: 1 });
}
