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
    const end = this.#endAt({ hasNextPage, endCursor });
    if (end !== undefined) return end;
    if (endCursor !== undefined) this.#cursors.add(endCursor);
    return this.#idleAnswers >= MAX_IDLE_ANSWERS ? 'noProgress' : undefined;
  }

  /** Whether an answer that has not been counted yet has a cursor that leads to another one. */
  leadsOn(answer: Pick<UsersAnswer, 'hasNextPage' | 'endCursor'>): boolean {
    return this.#endAt(answer) === undefined;
  }

  #endAt({
    hasNextPage,
    endCursor,
  }: Pick<UsersAnswer, 'hasNextPage' | 'endCursor'>): ListEnd | undefined {
    if (!hasNextPage) return 'complete';
    if (endCursor === undefined) return 'missingCursor';
    return this.#cursors.has(endCursor) ? 'repeatedCursor' : undefined;
  }
}
