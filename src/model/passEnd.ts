import type { UsersAnswer } from '../api/luminary.ts';

/**
 * Why a list goes no further: everything was read (`complete`), or the service said that there is
 * more but gave no cursor (`missingCursor`), gave one a second time (`repeatedCursor`), or sent one
 * answer after the other without a new user (`noProgress`).
 */
export type ListEnd = 'complete' | 'missingCursor' | 'repeatedCursor' | 'noProgress';

const MAX_IDLE_ANSWERS = 50;

/** Decides after each answer of one way through a list whether there is a way on. */
export class PassEnd {
  readonly #cursors = new Set<string>();
  #idleAnswers = 0;

  /**
   * Why the list ends with an answer, in which so many elements were new; undefined if it goes on.
   */
  after(
    { hasNextPage, endCursor }: Pick<UsersAnswer, 'hasNextPage' | 'endCursor'>,
    fresh: number,
  ): ListEnd | undefined {
    this.#idleAnswers = fresh > 0 ? 0 : this.#idleAnswers + 1;
    if (!hasNextPage) return 'complete';
    if (endCursor === undefined) return 'missingCursor';
    if (this.#cursors.has(endCursor)) return 'repeatedCursor';
    this.#cursors.add(endCursor);
    return this.#idleAnswers >= MAX_IDLE_ANSWERS ? 'noProgress' : undefined;
  }
}
