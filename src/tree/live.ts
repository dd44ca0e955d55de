import * as vscode from 'vscode';
import type { Sessions } from '../connections/sessions.ts';
import type { Settings } from '../connections/settings.ts';
import type { ConnectionStore, StoreContext } from '../connections/store.ts';
import { isServiceError } from '../http/errors.ts';
import type { Accounts } from '../model/accounts.ts';
import type { Clock } from '../model/alarm.ts';
import { AutoRefresh } from '../model/autoRefresh.ts';
import type { Refreshable } from '../model/autoRefresh.ts';
import type { Log } from '../words/log.ts';
import { AccountNotices } from './accountNotices.ts';
import type { Explorer } from './explorer.ts';
import type { Loader } from './loader.ts';

/** What keeps Luma accounts up to date works with. */
export interface LiveParts {
  readonly store: ConnectionStore;
  readonly sessions: Sessions;
  readonly loader: Pick<Loader, 'renew'>;
  readonly explorer: Pick<Explorer, 'visible' | 'onDidChangeVisibility' | 'show' | 'revealAccount'>;
  readonly log: Pick<Log, 'failure'>;
  /** What outlasts the window. */
  readonly memory: StoreContext['globalState'];
}

/** Keeps loaded Luma accounts up to date where a person looks, and tells of those that need one. */
export class Live implements vscode.Disposable {
  readonly #subscriptions: vscode.Disposable;

  constructor(parts: LiveParts, settings: Settings, clock: Clock = systemClock) {
    const { store, sessions, loader, explorer } = parts;
    const refresh = new AutoRefresh(clock, {
      all: () => refreshable(sessions, store),
      read: (id) => loader.renew(id),
    });
    const set = () => {
      refresh.set(settings.autoRefresh, explorer.visible && vscode.window.state.focused);
    };
    this.#subscriptions = vscode.Disposable.from(
      settings.onDidChange(set),
      explorer.onDidChangeVisibility(set),
      vscode.window.onDidChangeWindowState(set),
      sessions.onDidChange(({ id }) => {
        if (sessions.luma(id) !== undefined) refresh.follow();
      }),
      refresh,
      new AccountNotices(parts, settings, clock),
    );
    set();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

/** The computer's. */
export const systemClock: Clock = {
  now: Date.now,
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** The loaded Luma connections; the sample data never changes. */
function refreshable(sessions: Sessions, store: ConnectionStore): Refreshable[] {
  return sessions.all.flatMap(([id, session]) => {
    if (session.kind !== 'luma' || store.get(id)?.sample === true) return [];
    const { accounts } = session;
    const { state, reading: busy } = accounts;
    return state.kind === 'loaded'
      ? [{ id, busy, readAt: state.readAt, error: failureOf(accounts) }]
      : [];
  });
}

/** One account whose details can't be read holds up no others, unless the service asks for rest. */
function failureOf({ refreshError, all }: Accounts): unknown {
  if (refreshError !== undefined) return refreshError;
  const errors = all.map(({ details }) => (details.kind === 'failed' ? details.error : undefined));
  return errors.find((error) => isServiceError(error) && error.reason === 'rateLimited');
}
