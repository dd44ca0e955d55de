import type { Disposable, Event, ViewBadge } from 'vscode';
import type { LumaSession } from '../connections/session.ts';
import type { ConnectionChange, Sessions } from '../connections/sessions.ts';
import type { Settings } from '../connections/settings.ts';
import type { ConnectionStore } from '../connections/store.ts';
import { freeSlotsOf } from '../model/health.ts';
import { slotsFreeText } from '../words/slots.ts';
import { inOrder } from './accountOrder.ts';
import { accountName } from './accountRow.ts';
import { accountWords, nextChange, nextTurn } from './accountWords.ts';
import { connectionRow } from './connectionRow.ts';
import { attentionText } from './glanceTexts.ts';

/** What the view tells beside its rows. */
export interface GlanceStatus {
  readonly badge: ViewBadge | undefined;
  readonly description: string | undefined;
}

/** The view, as far as it is needed to keep what it says of accounts true. */
export interface GlanceView {
  readonly visible: boolean;
  readonly onDidChangeVisibility: Event<unknown>;
  /** Shows something beside the rows. */
  tell(status: GlanceStatus): void;
  /** Draws accounts of a connection anew; without keys, the connection with all under it. */
  redraw(connection: string, keys?: readonly string[]): void;
}

/** What it is kept true from. */
export interface GlanceParts {
  readonly store: Pick<ConnectionStore, 'get' | 'onDidChange'>;
  readonly sessions: Pick<Sessions, 'all' | 'luma' | 'onDidChange'>;
  readonly settings: Pick<Settings, 'sortAccounts' | 'onDidChange'>;
}

/** The longest that is waited, in ms: a computer that has slept since knows nothing of timers. */
const LONGEST = 10 * 60_000;

/**
 * Keeps what the view says of Luma accounts true as time passes: their rows, the badge and the
 * description. It draws anew only what says something else, and waits with one timer for what changes
 * next: while the view is hidden, for what changes the badge.
 */
export class Glance implements Disposable {
  readonly #store: GlanceParts['store'];
  readonly #sessions: GlanceParts['sessions'];
  readonly #settings: GlanceParts['settings'];
  readonly #view: GlanceView;
  readonly #now: () => number;
  readonly #subscriptions: readonly Disposable[];
  /** What was drawn of each connection whose accounts are loaded. */
  readonly #drawn = new Map<string, Drawn>();
  #told = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(
    { store, sessions, settings }: GlanceParts,
    view: GlanceView,
    now: () => number = Date.now,
  ) {
    this.#store = store;
    this.#sessions = sessions;
    this.#settings = settings;
    this.#view = view;
    this.#now = now;
    const look = () => {
      this.#look();
    };
    this.#subscriptions = [
      store.onDidChange(look),
      settings.onDidChange(look),
      view.onDidChangeVisibility(look),
      sessions.onDidChange((change) => {
        this.#take(change);
        this.#look();
      }),
    ];
    this.#look();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    clearTimeout(this.#timer);
  }

  /** Takes over what the tree draws by itself. */
  #take({ id, change }: ConnectionChange): void {
    const accounts = this.#sessions.luma(id)?.accounts;
    if (change.kind === 'all') this.#drawn.delete(id);
    if (change.kind !== 'account') return;
    const account = accounts?.get(change.key);
    const drawn = this.#drawn.get(id);
    if (account !== undefined) drawn?.rows.set(change.key, drawnRow(account, this.#now()));
  }

  /** Draws what says something else by now, and waits for what will. */
  #look(): void {
    const now = this.#now();
    const lumas = this.#loaded();
    const ids = new Set(lumas.map(([id]) => id));
    for (const id of this.#drawn.keys()) if (!ids.has(id)) this.#drawn.delete(id);
    for (const [id, session] of lumas) this.#compare(id, session, now);
    this.#tell(lumas, now);
    this.#wait(lumas, now);
  }

  #loaded(): readonly (readonly [string, LumaSession])[] {
    return this.#sessions.all.flatMap(([id, session]) =>
      session.kind === 'luma' && session.accounts.state.kind === 'loaded'
        ? [[id, session] as const]
        : [],
    );
  }

  #compare(id: string, session: LumaSession, now: number): void {
    const before = this.#drawn.get(id);
    const head = this.#head(id, session, now);
    if (before === undefined) {
      const rows = session.accounts.all.map(
        (account) => [account.key, drawnRow(account, now)] as const,
      );
      this.#drawn.set(id, { head, rows: new Map(rows) });
      return;
    }
    if (!this.#view.visible) return;
    const changed = [...before.rows]
      .filter(([key, { words, next }]) => {
        const account = next <= now ? session.accounts.get(key) : undefined;
        if (account === undefined) return false;
        const row = drawnRow(account, now);
        before.rows.set(key, row);
        return row.words !== words;
      })
      .map(([key]) => key);
    if (head !== before.head) {
      before.head = head;
      this.#view.redraw(id);
    } else if (changed.length > 0) this.#view.redraw(id, changed);
  }

  /** What a connection's row says, and the order of the rows under it. */
  #head(id: string, session: LumaSession, now: number): string {
    const connection = this.#store.get(id);
    const { sortAccounts: order } = this.#settings;
    const keys = inOrder(session.accounts.all, order, now).map(({ key }) => key);
    return JSON.stringify([
      connection && connectionRow(connection, session, now).description,
      keys,
    ]);
  }

  /** Sample data asks nobody for attention. */
  #tell(lumas: readonly (readonly [string, LumaSession])[], now: number): void {
    const own = lumas
      .filter(([id]) => this.#store.get(id)?.sample !== true)
      .map(([, { accounts }]) => accounts);
    const names = own.flatMap((accounts) => accounts.needing(now).map(accountName));
    const free = freeSlotsOf(
      own.flatMap(({ all }) => all),
      now,
    );
    const status: GlanceStatus = {
      badge:
        names.length === 0
          ? undefined
          : { value: names.length, tooltip: attentionText(names, free) },
      description: slotsFreeText(free) || undefined,
    };
    const told = JSON.stringify(status);
    if (told === this.#told) return;
    this.#told = told;
    this.#view.tell(status);
  }

  #wait(lumas: readonly (readonly [string, LumaSession])[], now: number): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const changes = this.#view.visible
      ? [...this.#drawn.values()].flatMap(({ rows }) => [...rows.values()].map(({ next }) => next))
      : lumas.flatMap(([, { accounts }]) => accounts.all.map((one) => nextTurn(one, now)));
    const next = changes.reduce((first, at) => Math.min(first, at), Infinity);
    if (next === Infinity) return;
    this.#timer = setTimeout(
      () => {
        this.#look();
      },
      Math.min(Math.max(next - now, 1), LONGEST),
    );
  }
}

interface Drawn {
  head: string;
  readonly rows: Map<string, DrawnRow>;
}

interface DrawnRow {
  readonly words: string;
  /** When they may change by themselves, in ms since the epoch. */
  readonly next: number;
}

function drawnRow(account: Parameters<typeof accountWords>[0], now: number): DrawnRow {
  return {
    words: accountWords(account, now),
    next: nextChange(account, now),
  };
}
