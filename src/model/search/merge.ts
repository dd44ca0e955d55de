import { ranks } from './best.ts';
import type { Found, Hit } from './best.ts';

/** A user found in one of several lists. */
interface MergedHit extends Hit {
  /** Which of the lists: its place among what was merged. */
  readonly list: number;
}

/** What was found in several lists. */
export interface MergedFound {
  /** The best of all, best first, those that fit equally well in the order of the lists. */
  readonly hits: readonly MergedHit[];
  /** How many users were found in all. */
  readonly count: number;
}

/** Puts together what was found in several lists with the same query and at least this limit. */
export function mergeFound(founds: readonly Found[], limit: number): MergedFound {
  const all = founds.flatMap(({ hits }, list) => hits.map((hit) => ({ ...hit, list })));
  return {
    hits: ranks.flatMap((rank) => all.filter((hit) => hit.rank === rank)).slice(0, limit),
    count: founds.reduce((sum, { count }) => sum + count, 0),
  };
}
