import { MAX_LIMIT } from '../api/luminary.ts';
import type { LuminaryClient } from '../api/luminary.ts';
import type { Json } from '../http/json.ts';
import { SingleFlight } from '../http/singleFlight.ts';
import type { ListEnd } from './passEnd.ts';
import { UserPass } from './userPass.ts';
import type { Segment } from './userPass.ts';

/** What of the list has changed: elements were added at its end, or any of them may be others. */
export type ListChange =
  | { readonly kind: 'grown'; readonly from: number; readonly to: number }
  | { readonly kind: 'replaced' };

/** Elements of the list, `from` up to, but without, `to`. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/** How many users have been read of those that are wanted. */
export type Progress = (read: number, wanted: number) => void;

/** What a load takes. */
export interface LoadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: Progress | undefined;
}

/**
 * A tenant's users as one list that grows at its end, whatever size the requests have. Never more
 * than one request is under way.
 */
export class UserList {
  readonly #client: Pick<LuminaryClient, 'users'>;
  readonly #changed: (change: ListChange) => void;
  readonly #now: () => number;
  readonly #reading = new SingleFlight<void>();
  readonly #refreshing = new SingleFlight<void>();
  /** What the refresh under way, or else the latest one, reads again. */
  #renewed: string | undefined;
  /** How long the list must become for each load under way. */
  readonly #wanted = new Set<{ readonly count: number }>();
  #pass = new UserPass();
  #readAt: number | undefined;

  constructor(
    client: Pick<LuminaryClient, 'users'>,
    changed: (change: ListChange) => void,
    now: () => number = Date.now,
  ) {
    this.#client = client;
    this.#changed = changed;
    this.#now = now;
  }

  /** The users read so far, in the service's order, each once, and what could not be read as one. */
  get elements(): readonly Json[] {
    return this.#pass.elements;
  }

  /** Why the list goes no further; undefined while there is more. */
  get end(): ListEnd | undefined {
    return this.#pass.end;
  }

  /** How many users there are, in the service's words: a label, not a bound. */
  get total(): number | undefined {
    return this.#pass.total;
  }

  /** When the first of it was read, in ms since the epoch: nothing in it is older. */
  get readAt(): number | undefined {
    return this.#readAt;
  }

  /** Whether a refresh is under way. */
  get refreshing(): boolean {
    return this.#refreshing.running;
  }

  /** Whether the list has that many elements or goes no further. */
  reaches(count: number): boolean {
    return this.#pass.end !== undefined || this.#pass.elements.length >= count;
  }

  /**
   * Reads on until the list {@link reaches} a length, in requests as large as that needs.
   *
   * @throws {@link ServiceError}, or the signal's reason; what came before stays
   */
  async loadTo(count: number, { signal, progress }: LoadOptions = {}): Promise<void> {
    const want = { count };
    this.#wanted.add(want);
    try {
      for (;;) {
        signal?.throwIfAborted();
        // Nothing is awaited between this question and the reading: a refresh could begin there.
        if (this.#refreshing.running) await this.#refreshing.idle(signal);
        else if (this.reaches(count)) return;
        else {
          progress?.(this.#pass.elements.length, count);
          await this.#reading.run((shared) => this.#readOn(shared), signal);
        }
      }
    } finally {
      this.#wanted.delete(want);
    }
  }

  /**
   * Reads again what was read, or `atLeast` so many, and replaces it at once when all of it has
   * come. Those who ask at the same time share one refresh.
   *
   * @throws {@link ServiceError}, or the signal's reason; the old list stays
   */
  async refresh(atLeast: number, options: LoadOptions = {}): Promise<void> {
    const task = (signal: AbortSignal) => this.#replaceAll(atLeast, signal, options.progress);
    await this.#renew('all', task, options.signal);
  }

  /**
   * Reads again the answers that cover a part of the list, and on at its end if it has become
   * shorter than it was or `atLeast` demands. Where the service's list has shifted
   * since, so that they no longer fit between their neighbours, everything is read again. Whoever
   * asks for another part while one is read waits for it; a refresh of everything serves for any.
   *
   * @throws as {@link refresh}
   */
  async refreshPart(part: Part, atLeast: number, options: LoadOptions = {}): Promise<void> {
    const task = async (signal: AbortSignal) => {
      await this.#reading.idle(signal);
      const fitted = await this.#rereadPart(part, signal);
      if (fitted === undefined) await this.#replaceAll(atLeast, signal, options.progress);
      else await this.#replace(fitted, atLeast, this.#readAt, signal, options.progress);
    };
    await this.#renew(`${String(part.from)}-${String(part.to)}`, task, options.signal);
  }

  /** Joins the refresh under way if it reads what is asked for, else waits for its end. */
  async #renew(
    what: string,
    task: (signal: AbortSignal) => Promise<void>,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const serves = () => this.#renewed === 'all' || this.#renewed === what;
    while (this.#refreshing.running && !serves()) await this.#refreshing.idle(signal);
    if (!this.#refreshing.running) this.#renewed = what;
    await this.#refreshing.run(task, signal);
  }

  async #readOn(signal: AbortSignal): Promise<void> {
    const pass = this.#pass;
    const asked = this.#now();
    const missing = Math.max(...[...this.#wanted].map((w) => w.count)) - pass.elements.length;
    const from = pass.elements.length;
    await this.#readNext(pass, missing, signal);
    if (pass !== this.#pass) return;
    this.#readAt ??= asked;
    this.#changed({ kind: 'grown', from, to: pass.elements.length });
  }

  async #readNext(pass: UserPass, missing: number, signal: AbortSignal): Promise<void> {
    const limit = Math.min(Math.max(missing, 1), MAX_LIMIT);
    const answer = await this.#client.users({ after: pass.cursor, limit }, signal);
    signal.throwIfAborted();
    pass.take(answer, limit);
  }

  async #replaceAll(
    atLeast: number,
    signal: AbortSignal,
    progress: Progress | undefined,
  ): Promise<void> {
    await this.#reading.idle(signal);
    await this.#replace(new UserPass(), atLeast, this.#now(), signal, progress);
  }

  /** Reads a pass on until it is as long as the one that it then replaces, and `atLeast` so long. */
  async #replace(
    fresh: UserPass,
    atLeast: number,
    readAt: number | undefined,
    signal: AbortSignal,
    progress: Progress | undefined,
  ): Promise<void> {
    const count = Math.max(this.#pass.elements.length, atLeast);
    while (fresh.end === undefined && fresh.elements.length < count) {
      progress?.(fresh.elements.length, count);
      await this.#readNext(fresh, count - fresh.elements.length, signal);
    }
    this.#pass = fresh;
    this.#readAt = readAt;
    this.#changed({ kind: 'replaced' });
  }

  /** A pass in which the given part is fresh; undefined if the fresh part doesn't fit. */
  async #rereadPart(part: Part, signal: AbortSignal): Promise<UserPass | undefined> {
    const old = this.#pass;
    const covered = ({ from, to }: Segment) => from < part.to && to > part.from;
    if (!old.segments.some(covered)) return undefined;
    const fitted = new UserPass();
    for (const segment of old.segments) {
      if (fitted.cursor !== segment.after || fitted.end !== undefined) return undefined;
      if (covered(segment)) await this.#readNext(fitted, segment.limit, signal);
      else
        fitted.take(
          { ...answerOf(segment, old), totalCount: fitted.total ?? old.total },
          segment.limit,
        );
    }
    const [last, previous] = [fitted.segments.at(-1), old.segments.at(-1)];
    return last?.hasNextPage === previous?.hasNextPage ? fitted : undefined;
  }
}

function answerOf(segment: Segment, pass: UserPass) {
  return {
    data: pass.elements.slice(segment.from, segment.to),
    hasNextPage: segment.hasNextPage,
    hasPreviousPage: segment.from > 0,
    startCursor: undefined,
    endCursor: segment.endCursor,
  };
}
