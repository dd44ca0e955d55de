/**
 * How well a user fits a query; the lower the better. 0: the query is the whole id, email or name,
 * first or last name first. 1: each term begins a word of the name. 2: each begins a word of the
 * name or of the email before its @. 3: each is somewhere.
 */
export type Rank = 0 | 1 | 2 | 3;

export const EXACT = 0;
export const NAME_WORDS = 1;
export const WORDS = 2;
export const ANYWHERE = 3;

/** All ranks, best first. */
export const ranks: readonly Rank[] = [EXACT, NAME_WORDS, WORDS, ANYWHERE];

/** A user that was found: where it stands in the list, and how well it fits. */
export interface Hit {
  readonly position: number;
  readonly rank: Rank;
}

/** What a search has found. */
export interface Found {
  /** The best, best first, those that fit equally well in the order of the list. */
  readonly hits: readonly Hit[];
  /** How many users were found in all. */
  readonly count: number;
}

/** Keeps the best of the hits that it is given in the order of the list. It sorts nothing. */
export class Best {
  readonly #limit: number;
  readonly #hits = ranks.map((): Hit[] => []);
  /** How many hits of each rank or a better one are kept. */
  readonly #counts = ranks.map(() => 0);

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether a hit of that rank could still be among the best. */
  wants(rank: Rank): boolean {
    return (this.#counts[rank] ?? 0) < this.#limit;
  }

  add(hit: Hit): void {
    if (!this.wants(hit.rank)) return;
    this.#hits[hit.rank]?.push(hit);
    for (const rank of ranks)
      if (rank >= hit.rank) this.#counts[rank] = (this.#counts[rank] ?? 0) + 1;
  }

  /** Best first. */
  get hits(): Hit[] {
    return this.#hits.flat().slice(0, this.#limit);
  }
}
