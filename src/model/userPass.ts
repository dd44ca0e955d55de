import { isUser } from '../api/luminary.ts';
import type { UsersAnswer } from '../api/luminary.ts';
import type { PageInfo } from '../api/pageInfo.ts';
import type { Json } from '../http/json.ts';
import { IdMap } from './idMap.ts';
import { PassEnd } from './passEnd.ts';
import type { ListEnd } from './passEnd.ts';
import type { Pass } from './passReader.ts';

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

/**
 * One way through a tenant's users, from the first one on: what has been read, each user once, in
 * the order received, and where to go on. Elements without an id are kept as they are.
 */
export class UserPass implements Pass {
  readonly #elements: Json[] = [];
  readonly #segments: Segment[] = [];
  readonly #positions = new IdMap();
  readonly #passEnd = new PassEnd();
  #cursor: string | undefined;
  #end: ListEnd | undefined;
  #total: number | undefined;

  get elements(): readonly Json[] {
    return this.#elements;
  }

  get segments(): readonly Segment[] {
    return this.#segments;
  }

  get cursor(): string | undefined {
    return this.#cursor;
  }

  get end(): ListEnd | undefined {
    return this.#end;
  }

  /** How many users there are, in the service's latest words. */
  get total(): number | undefined {
    return this.#total;
  }

  /** Where the user with an id is; undefined if none that has been read has it. */
  positionOf(id: string): number | undefined {
    return this.#positions.get(id);
  }

  leadsOn(info: PageInfo): boolean {
    return this.#passEnd.leadsOn(info);
  }

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
    this.#total = answer.totalCount ?? this.#total;
    this.#end = this.#passEnd.after(answer, this.#elements.length - from);
    this.#cursor = answer.endCursor;
  }

  #add(element: Json): void {
    if (isUser(element) && !this.#positions.add(element.id, this.#elements.length)) return;
    this.#elements.push(element);
  }
}
