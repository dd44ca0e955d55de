import { isUser } from '../api/luminary.ts';
import type { UsersAnswer } from '../api/luminary.ts';
import type { Json } from '../http/json.ts';

/**
 * Why a list goes no further: everything was read (`complete`), or the service said that there is
 * more but gave no cursor (`missingCursor`), gave one a second time (`repeatedCursor`), or sent one
 * answer after the other without a new user (`noProgress`).
 */
export type ListEnd = 'complete' | 'missingCursor' | 'repeatedCursor' | 'noProgress';

/** One answer's part of a pass. */
export interface Segment {
  /** The cursor it was asked with; undefined for the first. */
  readonly after: string | undefined;
  readonly limit: number;
  /** Where its elements begin in the pass. */
  readonly from: number;
  /** One past its last element. */
  readonly to: number;
  readonly endCursor: string | undefined;
  readonly hasNextPage: boolean;
}

const MAX_IDLE_ANSWERS = 50;

/**
 * One way through a tenant's users, from the first one on: what has been read, each user once, in
 * the order received, and where to go on. Elements without an id are kept as they are.
 */
export class UserPass {
  readonly #elements: Json[] = [];
  readonly #segments: Segment[] = [];
  readonly #ids = new Set<string>();
  readonly #cursors = new Set<string>();
  #idleAnswers = 0;
  #cursor: string | undefined;
  #end: ListEnd | undefined;
  #total: number | undefined;

  get elements(): readonly Json[] {
    return this.#elements;
  }

  get segments(): readonly Segment[] {
    return this.#segments;
  }

  /** The cursor to ask with next; undefined before the first answer. */
  get cursor(): string | undefined {
    return this.#cursor;
  }

  /** Undefined while there is more to read. */
  get end(): ListEnd | undefined {
    return this.#end;
  }

  /** How many users there are, in the service's latest words. */
  get total(): number | undefined {
    return this.#total;
  }

  /** Whether an answer that has not been taken yet will have a next one. */
  leadsOn(answer: UsersAnswer): boolean {
    return this.#endAfter(answer) === undefined;
  }

  /** Takes the answer to a request with {@link cursor} and the given limit. */
  take(answer: UsersAnswer, limit: number): void {
    const from = this.#elements.length;
    for (const element of answer.data) this.#add(element);
    this.#segments.push({
      after: this.#cursor,
      limit,
      from,
      to: this.#elements.length,
      endCursor: answer.endCursor,
      hasNextPage: answer.hasNextPage,
    });
    this.#idleAnswers = this.#elements.length > from ? 0 : this.#idleAnswers + 1;
    this.#total = answer.totalCount ?? this.#total;
    this.#end = this.#endAfter(answer);
    this.#cursor = answer.endCursor;
    if (answer.endCursor !== undefined) this.#cursors.add(answer.endCursor);
  }

  #add(element: Json): void {
    if (isUser(element)) {
      if (this.#ids.has(element.id)) return;
      this.#ids.add(element.id);
    }
    this.#elements.push(element);
  }

  #endAfter(answer: UsersAnswer): ListEnd | undefined {
    if (!answer.hasNextPage) return 'complete';
    if (answer.endCursor === undefined) return 'missingCursor';
    if (this.#cursors.has(answer.endCursor)) return 'repeatedCursor';
    return this.#idleAnswers >= MAX_IDLE_ANSWERS ? 'noProgress' : undefined;
  }
}
