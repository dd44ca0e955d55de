import { l10n } from 'vscode';
import type { Connection } from '../../connections/connection.ts';
import type { LuminarySession } from '../../connections/session.ts';
import { isCancellation } from '../../http/errors.ts';
import type { UserIndex } from '../../model/search/userIndex.ts';
import { shortName } from '../../words/names.ts';
import { withUserProgress } from '../../words/userProgress.ts';

/** A tenant whose users are looked through: those that are loaded, and on request all others. */
export class Tenant {
  readonly connection: Connection;
  readonly session: LuminarySession;
  readonly index: UserIndex;
  readonly #load: () => Promise<void>;
  #reading: AbortController | undefined;
  #trying = false;
  #error: unknown;

  /** `load` reads the first users, and throws nothing. */
  constructor(
    connection: Connection,
    session: LuminarySession,
    index: UserIndex,
    load: () => Promise<void>,
  ) {
    this.connection = connection;
    this.session = session;
    this.index = index;
    this.#load = load;
  }

  /** How many users are loaded. */
  get loaded(): number {
    return this.session.pages.list.elements.length;
  }

  /** How many users are not loaded; infinite where nobody knows. */
  get remaining(): number {
    const { list, total } = this.session.pages;
    if (list.end !== undefined) return 0;
    return total === undefined ? Infinity : Math.max(total - list.elements.length, 1);
  }

  /** Whether the users that are not loaded are being read. */
  get reading(): boolean {
    return this.#reading !== undefined;
  }

  /** Whether the first users are being read again after a failure. */
  get trying(): boolean {
    return this.#trying;
  }

  /** Why users could not be read; undefined if they could. */
  get error(): unknown {
    const first = this.session.pages.state(0);
    return this.#error ?? (first.kind === 'failed' ? first.error : undefined);
  }

  /** Reads the first users, where none has been read. A failure is in {@link error}. */
  async readFirst(): Promise<void> {
    if (!this.session.pages.known) await this.#load();
  }

  /**
   * Reads again what could not be read: the first users, or those that are not loaded.
   *
   * @param told hears whenever some have come
   */
  async readAgain(told: () => void): Promise<void> {
    if (this.#trying) return;
    this.#error = undefined;
    if (this.session.pages.known) {
      await this.readOn(told);
      return;
    }
    this.#trying = true;
    try {
      await this.#load();
    } finally {
      this.#trying = false;
    }
  }

  /**
   * Reads the users that are not loaded, until it is stopped. A failure is in {@link error}.
   *
   * @param told hears whenever some have come
   */
  async readOn(told: () => void): Promise<void> {
    if (this.#reading !== undefined || this.remaining === 0) return;
    const stop = (this.#reading = new AbortController());
    this.#error = undefined;
    try {
      const title = l10n.t('Searching the remaining users of {0}', shortName(this.connection));
      await withUserProgress(title, ({ signal, progress }) =>
        this.session.pages.loadAll({
          signal: AbortSignal.any([stop.signal, signal]),
          progress(...known) {
            progress(...known);
            told();
          },
        }),
      );
    } catch (error) {
      if (!isCancellation(error)) this.#error = error;
    } finally {
      this.#reading = undefined;
    }
  }

  /** Stops reading; what has come stays. */
  stop(): void {
    this.#reading?.abort();
  }
}
