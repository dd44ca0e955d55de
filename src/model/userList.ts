import type { LuminaryClient } from '../api/luminary.ts';
import type { Json } from '../http/json.ts';
import { SingleFlight } from '../http/singleFlight.ts';
import type { ListEnd } from './passEnd.ts';
import { PassReader } from './passReader.ts';
import { reread, rereadPart } from './reread.ts';
import type { Part } from './reread.ts';
import { UserPass } from './userPass.ts';

/** What of the list has changed: elements were added at its end, or any of them may be others. */
export type ListChange =
  | { readonly kind: 'grown'; readonly from: number; readonly to: number }
  | { readonly kind: 'replaced' };

/** How many users have been read of those that are wanted; infinite where nobody knows how many. */
export type Progress = (read: number, wanted: number) => void;

/** What a load takes. */
export interface LoadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: Progress | undefined;
}

/**
 * A tenant's users as one list that grows at its end, whatever size the requests have. A load has
 * never more than one request under way, and a refresh has none beside it.
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
  #reader: PassReader<UserPass>;
  #readAt: number | undefined;

  constructor(
    client: Pick<LuminaryClient, 'users'>,
    changed: (change: ListChange) => void,
    now: () => number = Date.now,
  ) {
    this.#client = client;
    this.#changed = changed;
    this.#now = now;
    this.#reader = new PassReader(client, new UserPass());
  }

  /** The users read so far, in the service's order, each once, and what could not be read as one. */
  get elements(): readonly Json[] {
    return this.#pass.elements;
  }

  /** Where the user with an id is; undefined if none that has been read has it. */
  positionOf(id: string): number | undefined {
    return this.#pass.positionOf(id);
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
   * Reads on until the list {@link reaches} a length, or to its end for `Infinity`, in requests as
   * large as that needs.
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
          const { length } = this.elements;
          progress?.(length, Math.min(count, Math.max(this.total ?? Infinity, length)));
          await this.#reading.run((shared) => this.#readOn(shared), signal);
        }
      }
    } finally {
      this.#wanted.delete(want);
      if (this.#wanted.size === 0) this.#reader.stop();
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
   * shorter than it was or `atLeast` demands. Where the service's list has shifted since, so that
   * they no longer fit between their neighbours, everything is read again. Whoever asks for another
   * part while one is read waits for it; a refresh of everything serves for any.
   *
   * @throws as {@link refresh}
   */
  async refreshPart(part: Part, atLeast: number, options: LoadOptions = {}): Promise<void> {
    const task = async (signal: AbortSignal) => {
      await this.#loadsEnded(signal);
      const fitted = await rereadPart(this.#client, this.#pass, part, signal);
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
    const reader = this.#reader;
    const asked = this.#now();
    const from = this.#pass.elements.length;
    await reader.next(() => this.#missing(), signal);
    if (reader !== this.#reader) return;
    this.#readAt ??= asked;
    this.#changed({ kind: 'grown', from, to: this.#pass.elements.length });
  }

  /** How many elements are wanted beyond those that are there. */
  #missing(): number {
    return Math.max(...[...this.#wanted].map((w) => w.count)) - this.#pass.elements.length;
  }

  async #replaceAll(
    atLeast: number,
    signal: AbortSignal,
    progress: Progress | undefined,
  ): Promise<void> {
    await this.#loadsEnded(signal);
    const readAt = this.#now();
    const count = this.#lengthFor(atLeast);
    const told = (read: number) => progress?.(read, count);
    const fresh = await reread(this.#client, this.#pass, count, signal, told);
    await this.#replace(fresh, atLeast, readAt, signal, progress);
  }

  /** Reads a pass on until it is as long as the one that it then replaces, and `atLeast` so long. */
  async #replace(
    fresh: UserPass,
    atLeast: number,
    readAt: number | undefined,
    signal: AbortSignal,
    progress: Progress | undefined,
  ): Promise<void> {
    const count = this.#lengthFor(atLeast);
    const reader = new PassReader(this.#client, fresh);
    while (fresh.end === undefined && fresh.elements.length < count) {
      progress?.(fresh.elements.length, count);
      await reader.next(() => count - fresh.elements.length, signal);
    }
    this.#reader = reader;
    this.#readAt = readAt;
    this.#changed({ kind: 'replaced' });
  }

  #lengthFor(atLeast: number): number {
    return Math.max(this.#pass.elements.length, atLeast);
  }

  async #loadsEnded(signal: AbortSignal): Promise<void> {
    await this.#reading.idle(signal);
    this.#reader.stop();
  }

  get #pass(): UserPass {
    return this.#reader.pass;
  }
}
