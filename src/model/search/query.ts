import { fold } from './fold.ts';

/** What somebody looks for. */
export interface Query {
  /** What must be found, each term once, folded. None: everybody is meant. */
  readonly terms: readonly string[];
  /** The terms as they were typed, folded: what a whole name, email or id is compared with. */
  readonly words: readonly string[];
}

/** Reads what was typed: terms between blanks, all of which must be found, in any order. */
export function parseQuery(text: string): Query {
  const words = fold(text)
    .split(' ')
    .filter((word) => word !== '');
  return { terms: [...new Set(words)], words };
}
