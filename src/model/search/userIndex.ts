import { setImmediate } from 'node:timers/promises';
import type { Json } from '../../http/json.ts';
import { SingleFlight } from '../../http/singleFlight.ts';
import { ANYWHERE, Best, EXACT, NAME_WORDS } from './best.ts';
import type { Found } from './best.ts';
import { CHUNK_SIZE, makeChunk } from './chunk.ts';
import type { Chunk } from './chunk.ts';
import { FoldedText } from './foldedText.ts';
import { allUsers, narrow } from './narrow.ts';
import type { Query } from './query.ts';
import { needlesOf, rankOf } from './ranking.ts';
import type { Needles } from './ranking.ts';

/** How long one slice of the work takes at most, in ms, give or take a few elements. */
const SLICE = 2;

/**
 * Finds users in a list that grows at its end. Another list in its place is noticed, and indexed
 * anew; elements that are there must not change. It holds on to no list and no record.
 */
export class UserIndex {
  readonly #elements: () => readonly Json[];
  readonly #building = new SingleFlight<void>();
  readonly #text = new FoldedText();
  /** Those of a chunk that are left while it is searched. */
  readonly #users = new Uint16Array(CHUNK_SIZE);
  #chunks: Chunk[] = [];
  #list: WeakRef<readonly Json[]> | undefined;
  /** Whether the last chunk has room, and ends where the list ended when it was made. */
  #endsWithList = false;

  /** The list is asked for anew at each step, so that it may be replaced as a whole. */
  constructor(elements: () => readonly Json[]) {
    this.#elements = elements;
  }

  /** How many of the list's elements are indexed. */
  get indexed(): number {
    const list = this.#elements();
    return this.#list?.deref() === list ? this.#end : 0;
  }

  /** Forgets everything, as is worth while when the list is no longer looked at. */
  clear(): void {
    this.#chunks = [];
    this.#list = undefined;
  }

  /**
   * Indexes what is missing in short slices, between which everything else has its turn. Who asks
   * at the same time shares the work.
   *
   * @throws the signal's reason; what is indexed stays
   */
  async build(signal?: AbortSignal): Promise<void> {
    await this.#building.run(async (shared) => {
      while (!this.#indexFor(SLICE)) {
        await setImmediate();
        if (shared.aborted) return;
      }
    }, signal);
  }

  /**
   * Finds the users in whom all terms are, and the best of them up to a limit. An empty query finds
   * everybody. What is not indexed yet is indexed first, at once: see {@link build}.
   */
  search(query: Query, limit: number): Found {
    this.#indexFor(Infinity);
    const best = new Best(limit);
    const needles = needlesOf(query);
    const search =
      query.terms.length === 0
        ? (chunk: Chunk) => this.#takeAll(chunk, best)
        : (chunk: Chunk) => this.#searchChunk(chunk, needles, best);
    const count = this.#chunks.reduce((sum, chunk) => sum + search(chunk), 0);
    return { hits: best.hits, count };
  }

  #takeAll(chunk: Chunk, best: Best): number {
    if (!best.wants(ANYWHERE)) return chunk.users;
    const count = allUsers(chunk, this.#users);
    for (const user of this.#users.subarray(0, count)) {
      best.add({ position: chunk.from + user, rank: ANYWHERE });
    }
    return count;
  }

  #searchChunk(chunk: Chunk, needles: Needles, best: Best): number {
    const users = this.#users;
    let count = allUsers(chunk, users);
    for (const term of needles.terms) count = narrow(chunk, term, users, count);
    for (let i = 0; i < count && best.wants(EXACT); i++) {
      const user = users[i] ?? 0;
      const rank = rankOf(chunk, user, needles, !best.wants(NAME_WORDS));
      best.add({ position: chunk.from + user, rank });
    }
    return count;
  }

  /** Indexes for some time, in ms, and a few elements at least; whether nothing is missing now. */
  #indexFor(time: number): boolean {
    const until = performance.now() + time;
    const list = this.#elements();
    if (this.#list?.deref() !== list) {
      this.#chunks = [];
      this.#list = new WeakRef(list);
    }
    while (this.#end < list.length) {
      this.#addChunk(list, until);
      if (performance.now() >= until) break;
    }
    return this.#end >= list.length;
  }

  /** Where the list ended within a chunk, that is made anew: there are never many small ones. */
  #addChunk(list: readonly Json[], until: number): void {
    if (this.#endsWithList) this.#chunks.pop();
    const chunk = makeChunk(list, this.#end, this.#text, until);
    this.#chunks.push(chunk);
    this.#endsWithList = chunk.size < CHUNK_SIZE && this.#end === list.length;
  }

  /** One past the last element that is indexed. */
  get #end(): number {
    const last = this.#chunks.at(-1);
    return last === undefined ? 0 : last.from + last.size;
  }
}
