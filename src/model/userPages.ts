import { isUser } from '../api/luminary.ts';
import type { LuminaryClient, UserRecord } from '../api/luminary.ts';
import { isServiceError } from '../http/errors.ts';
import type { Json } from '../http/json.ts';
import { UserList } from './userList.ts';
import type { ListChange, LoadOptions } from './userList.ts';
import type { ListEnd } from './passEnd.ts';

/** A page's place in the list: elements `from` up to, but without, `to`. */
export interface PageRange {
  readonly from: number;
  /** Undefined for the last page of a list whose total is unknown. */
  readonly to: number | undefined;
}

/** How far a page is. */
export type PageState =
  | { readonly kind: 'notLoaded' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'loaded' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: unknown };

/** What has changed: single pages' rows, or which pages there are. */
export type PagesChange =
  { readonly kind: 'pages'; readonly indexes: readonly number[] } | { readonly kind: 'all' };

/** No tree is drawn with more page nodes than this; more are added as the last ones are opened. */
export const MAX_PAGES = 10_000;

/**
 * The users of a tenant as pages: windows of one size on the growing list. All pages that the
 * total promises are there from the first answer on; their number changes only where the total
 * turns out wrong.
 */
export class UserPages {
  readonly #list: UserList;
  readonly #changed: (change: PagesChange) => void;
  #pageSize: number;
  #attempts = new Map<number, PageState>();
  #drawn: { readonly count: number; readonly total: number | undefined } | undefined;
  /** Where the last page's range ended when it was drawn. */
  #lastTo: number | undefined;
  #refreshError: unknown;

  constructor(
    client: Pick<LuminaryClient, 'users'>,
    pageSize: number,
    changed: (change: PagesChange) => void,
    now: () => number = Date.now,
  ) {
    this.#pageSize = pageSize;
    this.#changed = changed;
    const updated = (change: ListChange) => {
      this.#update(change);
    };
    this.#list = new UserList(client, updated, now);
  }

  /** The list that the pages are windows on. */
  get list(): Pick<UserList, 'elements' | 'end' | 'readAt'> {
    return this.#list;
  }

  /** How many elements a page shows. */
  get pageSize(): number {
    return this.#pageSize;
  }

  /** Cuts the list into pages of another size. Nothing is read for that, and no load ends. */
  cut(pageSize: number): void {
    if (pageSize === this.#pageSize) return;
    this.#pageSize = pageSize;
    this.#attempts = new Map();
    if (this.known) this.#draw();
  }

  /** Why the latest refresh failed; what was loaded before it still stands. */
  get refreshError(): unknown {
    return this.#refreshError;
  }

  /** Why the list stops before its end; undefined if it doesn't. */
  get stopped(): Exclude<ListEnd, 'complete'> | undefined {
    return this.#list.end === 'complete' ? undefined : this.#list.end;
  }

  /** How many pages there are; 0 before the first answer and in an empty list. */
  get count(): number {
    return this.#drawn?.count ?? 0;
  }

  /** The number of users as it was when the pages were last counted, or undefined if unknown. */
  get total(): number | undefined {
    return this.#drawn?.total;
  }

  /** How many users the total promises beyond the last page that stands there. */
  get beyond(): number {
    return Math.max((this.total ?? 0) - this.count * this.pageSize, 0);
  }

  /** Whether anything has been read. */
  get known(): boolean {
    return this.#drawn !== undefined;
  }

  /** Which elements a page shows. */
  range(index: number): PageRange {
    const from = index * this.pageSize;
    const full = from + this.pageSize;
    if (index < this.count - 1) return { from, to: full };
    const length = this.#list.elements.length;
    if (this.#list.end !== undefined) return { from, to: length };
    if (this.total === undefined || this.total <= from) return { from, to: undefined };
    return { from, to: Math.min(full, Math.max(this.total, length)) };
  }

  /** The elements of a page that have been read. */
  elements(index: number): readonly Json[] {
    const from = index * this.pageSize;
    return this.#list.elements.slice(from, from + this.pageSize);
  }

  /** Where in the list the user with an id is; undefined if none that is loaded has it. */
  positionOf(id: string): number | undefined {
    return this.#list.positionOf(id);
  }

  /** The index of the page that the user with an id stands on; undefined if none that is loaded has it. */
  pageOf(id: string): number | undefined {
    const position = this.positionOf(id);
    return position === undefined ? undefined : Math.floor(position / this.pageSize);
  }

  /** The user with an id; undefined if none that is loaded has it. */
  user(id: string): UserRecord | undefined {
    const element = this.#list.elements[this.positionOf(id) ?? -1];
    return element !== undefined && isUser(element) ? element : undefined;
  }

  /** How far a page is. */
  state(index: number): PageState {
    if (this.#list.reaches((index + 1) * this.pageSize)) return { kind: 'loaded' };
    return this.#attempts.get(index) ?? { kind: 'notLoaded' };
  }

  /** How many users have to be read before a page is complete. */
  missing(index: number): number {
    const wanted = Math.min((index + 1) * this.pageSize, Math.max(this.total ?? 0, this.pageSize));
    return Math.max(wanted - this.#list.elements.length, 0);
  }

  /**
   * Loads a page, and on the way what lies before it. How it went is the page's {@link state}.
   *
   * @throws only what no service is to blame for
   */
  async open(index: number, options: LoadOptions = {}): Promise<void> {
    const { kind } = this.state(index);
    if (kind === 'loading' || kind === 'loaded') return;
    const attempts = this.#attempts;
    attempts.set(index, { kind: 'loading' });
    if (kind !== 'notLoaded') this.#attemptChanged(index);
    try {
      await this.#list.loadTo((index + 1) * this.pageSize, options);
      attempts.delete(index);
    } catch (error) {
      const cancelled = options.signal?.aborted === true;
      attempts.set(index, cancelled ? { kind: 'cancelled' } : { kind: 'failed', error });
      // After a new cut, this is no page any more.
      if (attempts === this.#attempts) this.#attemptChanged(index);
      if (!cancelled && !isServiceError(error)) throw error;
    }
  }

  /**
   * Loads what has not been loaded of all pages.
   *
   * @throws {@link ServiceError}, or the signal's reason; what came before stays
   */
  async loadAll(options: LoadOptions = {}): Promise<void> {
    await this.#list.loadTo(Infinity, options);
  }

  /**
   * Reads again what has been read: all of it, or what covers one page; the first page if nothing
   * has been. The old rows stay until the new ones have come, or for good if they don't: then
   * {@link refreshError} says why.
   *
   * @throws the signal's reason, and what no service is to blame for
   */
  async refresh(index?: number, options: LoadOptions = {}): Promise<void> {
    if (!this.known) {
      await this.open(0, options);
      return;
    }
    try {
      // Whole pages: where a list that had been read to its end goes on now, its last page must
      // not become one that has not been loaded.
      const loaded = Math.ceil(this.#list.elements.length / this.pageSize);
      const atLeast = Math.max(loaded, 1) * this.pageSize;
      if (index === undefined) await this.#list.refresh(atLeast, options);
      else {
        const from = index * this.pageSize;
        await this.#list.refreshPart({ from, to: from + this.pageSize }, atLeast, options);
      }
    } catch (error) {
      options.signal?.throwIfAborted();
      this.#refreshError = error;
      this.#changed({ kind: 'all' });
      if (!isServiceError(error)) throw error;
    }
  }

  #update(change: ListChange): void {
    const count = this.#countPages();
    if (change.kind === 'replaced' || count !== this.#drawn?.count || !this.#totalHolds()) {
      if (change.kind === 'replaced') this.#forgetFailures();
      this.#draw();
      return;
    }
    const first = Math.floor(change.from / this.pageSize);
    const last = Math.floor(Math.max(change.to - 1, change.from) / this.pageSize);
    const { to } = this.range(count - 1);
    const renamed = to === this.#lastTo ? [] : [count - 1];
    this.#lastTo = to;
    const grown = [...this.#attempts.keys()].filter((index) => index >= first && index <= last);
    const indexes = [...new Set([...grown, ...renamed])];
    if (indexes.length > 0) this.#changed({ kind: 'pages', indexes });
  }

  #draw(): void {
    const { end, total, elements } = this.#list;
    const count = this.#countPages();
    this.#drawn = { count, total: end === 'complete' ? elements.length : total };
    this.#lastTo = this.range(count - 1).to;
    this.#changed({ kind: 'all' });
  }

  /** Before the first answer there is no page to redraw, just the connection's own rows. */
  #attemptChanged(index: number): void {
    this.#changed(this.known ? { kind: 'pages', indexes: [index] } : { kind: 'all' });
  }

  #forgetFailures(): void {
    this.#refreshError = undefined;
    for (const [index, { kind }] of this.#attempts) {
      // What a person has cancelled is not begun again by itself.
      if (kind === 'failed') this.#attempts.delete(index);
    }
  }

  #countPages(): number {
    const { elements, end, total } = this.#list;
    const loaded = Math.ceil(elements.length / this.pageSize);
    if (end !== undefined) return loaded;
    const open = Math.floor(elements.length / this.pageSize) + 1;
    const promised = Math.ceil((total ?? 0) / this.pageSize);
    return Math.max(open, Math.min(promised, Math.max(MAX_PAGES, open)));
  }

  /**
   * Whether the total that stands on the screen may stay there. One that has changed by itself
   * redraws nothing; one that the end of the list has proved wrong does.
   */
  #totalHolds(): boolean {
    const { end, elements } = this.#list;
    return end === undefined || (end === 'complete' && this.#drawn?.total === elements.length);
  }
}
