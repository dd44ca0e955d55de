import * as vscode from 'vscode';
import { MAX_LIMIT } from '../api/luminary.ts';
import type { LumaSession, Session } from '../connections/session.ts';
import type { Sessions } from '../connections/sessions.ts';
import type { ConnectionStore } from '../connections/store.ts';
import { isCancellation, isServiceError } from '../http/errors.ts';
import type { Account } from '../model/accounts.ts';
import type { LoadOptions } from '../model/userList.ts';
import type { Log } from '../words/log.ts';
import { labelledName, shortName } from '../words/names.ts';
import { withUserProgress } from '../words/userProgress.ts';
import { pageLabel } from './pageRow.ts';
import { keyOf } from './subject.ts';
import type { Subject } from './subject.ts';

/** Gives false where it has not come to its end, which the model then says. */
type Task = (options: LoadOptions) => Promise<unknown>;

/**
 * Everything that is being read, for the tree and for commands: each thing once at a time, and each
 * can be cancelled. What is read in more than one request shows how far it is.
 */
export class Loader implements vscode.Disposable {
  readonly #store: ConnectionStore;
  readonly #sessions: Sessions;
  readonly #log: Log;
  readonly #running = new Map<string, Running>();

  constructor(store: ConnectionStore, sessions: Sessions, log: Log) {
    this.#store = store;
    this.#sessions = sessions;
    this.#log = log;
  }

  dispose(): void {
    this.cancel();
  }

  /**
   * Reads what has not been read of something. How it went is in the model; nothing is thrown.
   */
  async load(subject: Subject): Promise<void> {
    const session = await this.#sessions.open(subject.connection);
    if (session === undefined) return;
    await this.#quietly(
      this.#run('load', subject, loadTask(session, subject), this.#farPageTitle(session, subject)),
    );
  }

  /**
   * Reads the users of a Luminary connection that have not been read.
   *
   * @throws {@link ServiceError}, or the signal's reason when it was cancelled; what came stays
   */
  async loadAll(id: string): Promise<void> {
    const [session, connection] = [await this.#sessions.open(id), this.#store.get(id)];
    if (session?.kind !== 'luminary' || connection === undefined) return;
    await this.#run(
      'loadAll',
      { kind: 'connection', connection: id },
      (options) => session.pages.loadAll(options),
      vscode.l10n.t('Loading all users of {0}', shortName(connection)),
    );
  }

  /** Reads something again, or for the first time. How it went is in the model. */
  async refresh(subject: Subject): Promise<void> {
    const session = await this.#sessions.open(subject.connection);
    if (session === undefined) return;
    if (!isLoaded(session, subject)) {
      // What is pinned may have been asked for before.
      if (session.kind === 'luminary' && subject.kind === 'connection') session.directory.forget();
      await this.load(subject);
      return;
    }
    await this.#quietly(
      this.#run(
        'refresh',
        subject,
        refreshTask(session, subject),
        this.#longRefreshTitle(session, subject),
      ),
    );
  }

  /**
   * Reads loaded Luma accounts again though nobody has asked for it: it shows no progress, and only
   * what has changed is drawn. How it went is in the model.
   */
  async renew(id: string): Promise<void> {
    const accounts = this.#sessions.luma(id)?.accounts;
    if (accounts === undefined) return;
    const subject: Subject = { kind: 'connection', connection: id };
    const task: Task = ({ signal }) => accounts.renew(signal);
    await this.#quietly(this.#run('renew', subject, task, undefined));
  }

  /** Ends what is being read of something, or everything that is being read; whether there is any. */
  cancel(subject?: Subject): boolean {
    const ended = [...this.#running.values()].filter(
      (running) => subject === undefined || keyOf(running.subject) === keyOf(subject),
    );
    for (const { stop } of ended) stop.abort();
    return ended.length > 0;
  }

  #run(verb: string, subject: Subject, task: Task, title: string | undefined): Promise<unknown> {
    const key = `${verb} ${this.#extentOf(subject)}`;
    const known = this.#running.get(key);
    if (known !== undefined) return known.done;
    const stop = new AbortController();
    const done = (
      title === undefined
        ? task({ signal: stop.signal })
        : withUserProgress(title, ({ signal, progress }) =>
            task({ signal: AbortSignal.any([stop.signal, signal]), progress }),
          )
    ).finally(() => {
      this.#running.delete(key);
    });
    this.#running.set(key, { subject, stop, done });
    return done;
  }

  /** What it means to read something: a page of another size is another page. */
  #extentOf(subject: Subject): string {
    const size = this.#sessions.luminary(subject.connection)?.pages.pageSize;
    return subject.kind === 'page' ? `${String(size)} ${keyOf(subject)}` : keyOf(subject);
  }

  async #quietly(task: Promise<unknown>): Promise<void> {
    try {
      await task;
    } catch (error) {
      if (!isCancellation(error)) this.#log.failure('load', error);
    }
  }

  /** What is said while a page is read that can't be read without others before it. */
  #farPageTitle(session: Session, subject: Subject): string | undefined {
    const connection = this.#store.get(subject.connection);
    if (session.kind === 'luma' || subject.kind !== 'page' || connection === undefined) {
      return undefined;
    }
    const { pages } = session;
    if (pages.missing(subject.index) <= pages.pageSize) return undefined;
    const label = pageLabel(pages, subject.index);
    return vscode.l10n.t('{0}: loading up to {1}', labelledName(connection), label);
  }

  #longRefreshTitle(session: Session, subject: Subject): string | undefined {
    const connection = this.#store.get(subject.connection);
    if (session.kind === 'luma' || subject.kind !== 'connection' || connection === undefined) {
      return undefined;
    }
    return session.pages.list.elements.length > MAX_LIMIT
      ? vscode.l10n.t('Refreshing {0}', labelledName(connection))
      : undefined;
  }
}

interface Running {
  readonly subject: Subject;
  readonly stop: AbortController;
  readonly done: Promise<unknown>;
}

function loadTask(session: Session, subject: Subject): Task {
  if (session.kind === 'luma') return lumaTask(session, subject);
  if (subject.kind === 'user') return ({ signal }) => session.directory.renew(subject.id, signal);
  const index = subject.kind === 'page' ? subject.index : 0;
  return async (options) => {
    await session.pages.open(index, options);
    return session.pages.state(index).kind === 'loaded';
  };
}

function refreshTask(session: Session, subject: Subject): Task {
  if (session.kind === 'luma') return lumaTask(session, subject);
  const { pages, lookedUp, directory } = session;
  switch (subject.kind) {
    case 'page':
      return (options) => pages.refresh(subject.index, options);
    case 'lookedUp':
      return ({ signal }) => lookedUp.refresh(signal);
    case 'user':
      return ({ signal }) => directory.renew(subject.id, signal);
    case 'connection':
    case 'account':
      return async (options) => {
        directory.forget();
        await pages.refresh(undefined, options);
        if (pages.refreshError !== undefined) return false;
        await lookedUp.refresh(options.signal);
        return true;
      };
  }
}

function lumaTask({ accounts }: LumaSession, subject: Subject): Task {
  if (subject.kind !== 'account') return ({ signal }) => accounts.refresh(signal);
  const { key } = subject;
  return async ({ signal }) => {
    await accounts.readDetails(key, signal);
    // The service has no such account any more: then its list has none either.
    if (isGone(accounts.get(key))) await accounts.refresh(signal);
  };
}

function isGone(account: Account | undefined): boolean {
  const { details } = account ?? {};
  return (
    details?.kind === 'failed' &&
    isServiceError(details.error) &&
    details.error.reason === 'notFound'
  );
}

/** Whether something has been read, as far as it is read as a whole. */
export function isLoaded(session: Session, subject: Subject): boolean {
  if (session.kind === 'luminary') {
    if (subject.kind === 'lookedUp') return true;
    if (subject.kind === 'user') return session.directory.state(subject.id).kind === 'found';
    return subject.kind === 'page'
      ? session.pages.state(subject.index).kind === 'loaded'
      : session.pages.known;
  }
  return subject.kind === 'account' || session.accounts.state.kind === 'loaded';
}

/** Why something could not be read, if it couldn't. */
export function errorOf(session: Session, subject: Subject): unknown {
  if (session.kind === 'luminary' && subject.kind === 'lookedUp') return undefined;
  if (session.kind === 'luminary' && subject.kind === 'user') {
    const known = session.directory.state(subject.id);
    return known.kind === 'failed' ? known.error : undefined;
  }
  const state =
    session.kind === 'luma'
      ? session.accounts.state
      : session.pages.state(subject.kind === 'page' ? subject.index : 0);
  return state.kind === 'failed' ? state.error : undefined;
}
