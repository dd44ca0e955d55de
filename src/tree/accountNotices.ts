import * as vscode from 'vscode';
import { readLumaAccount } from '../api/luma.ts';
import type { Settings } from '../connections/settings.ts';
import type { ConnectionStore } from '../connections/store.ts';
import type { Sessions } from '../connections/sessions.ts';
import { isJsonObject } from '../http/json.ts';
import type { Account } from '../model/accounts.ts';
import { Alarm } from '../model/alarm.ts';
import type { Clock } from '../model/alarm.ts';
import { accountHealth, rankOf } from '../model/health.ts';
import { Notices, withoutConnection } from '../model/notices.ts';
import type { Sighting } from '../model/notices.ts';
import { accountLabel } from './accountRow.ts';
import type { LiveParts } from './live.ts';
import { noticeText } from './noticeText.ts';
import type { NamedSighting } from './noticeText.ts';

/** Where it is kept what was told. */
const KEY = 'accountNotices';

/** For how long what comes together is gathered, in ms. */
const GATHERED = 1000;

/** Tells once, in a message, of accounts whose session is about to end and of those that break. */
export class AccountNotices implements vscode.Disposable {
  readonly #parts: Omit<LiveParts, 'loader'>;
  readonly #settings: Settings;
  readonly #clock: Clock;
  readonly #notices = new Notices();
  readonly #alarm: Alarm;
  readonly #subscriptions: vscode.Disposable;
  #connections = new Set<string>();
  #gathering = false;

  constructor(parts: Omit<LiveParts, 'loader'>, settings: Settings, clock: Clock) {
    this.#parts = parts;
    this.#settings = settings;
    this.#clock = clock;
    this.#alarm = new Alarm(clock, () => {
      this.#check();
    });
    const gather = () => {
      this.#gather();
    };
    this.#subscriptions = vscode.Disposable.from(
      parts.sessions.onDidChange(({ id }) => {
        if (parts.sessions.luma(id) !== undefined) gather();
      }),
      parts.store.onDidChange(() => {
        this.#follow();
        gather();
      }),
      settings.onDidChange(gather),
      vscode.window.onDidChangeWindowState(gather),
    );
    this.#follow();
  }

  dispose(): void {
    this.#alarm.set(undefined);
    this.#subscriptions.dispose();
  }

  #gather(): void {
    if (this.#gathering) return;
    this.#gathering = true;
    this.#alarm.set(this.#clock.now() + GATHERED);
  }

  /** Another window of the same person is the one to tell while this one has no focus. */
  #check(): void {
    this.#gathering = false;
    const now = this.#clock.now();
    const sightings = sightingsOf(this.#parts, now);
    this.#notices.look(sightings);
    this.#alarm.set(this.#notices.nextChange(now));
    if (!this.#settings.accountNotices || !vscode.window.state.focused) return;
    const before = this.#marks();
    const { notices, marks } = this.#notices.take(before);
    if (marks !== before) void this.#keep(marks);
    const told = sightings
      .filter((one) => notices.includes(one))
      .sort((one, other) => rankOf(one.health) - rankOf(other.health));
    if (told.length > 0) void this.#tell(told, now);
  }

  async #tell(told: readonly NamedSighting[], now: number): Promise<void> {
    const show = vscode.l10n.t('Show');
    const tell = told.every(({ health }) => health.kind === 'endsSoon')
      ? vscode.window.showInformationMessage
      : vscode.window.showWarningMessage;
    if ((await tell(noticeText(told, now), show)) === show) await this.#show(told[0]);
  }

  /** Shows the account, or, if it is gone meanwhile, the view. */
  async #show(account: Sighting | undefined): Promise<void> {
    const { explorer, sessions, log } = this.#parts;
    try {
      const known = sessions.luma(account?.connection)?.accounts.get(account?.key ?? '');
      if (account === undefined || known === undefined) await explorer.show();
      else await explorer.revealAccount(account.connection, account.key);
    } catch (error) {
      log.failure('accountNotices', error);
    }
  }

  #marks(): readonly string[] {
    const marks = this.#parts.memory.get<unknown>(KEY);
    return Array.isArray(marks) ? marks.filter((mark) => typeof mark === 'string') : [];
  }

  async #keep(marks: readonly string[]): Promise<void> {
    try {
      await this.#parts.memory.update(KEY, marks);
    } catch (error) {
      this.#parts.log.failure('accountNotices', error);
    }
  }

  /** A connection that was there and is gone leaves nothing behind. */
  #follow(): void {
    const before = this.#connections;
    this.#connections = new Set(this.#parts.store.all?.map(({ id }) => id));
    const all = this.#marks();
    const left = [...before]
      .filter((id) => !this.#connections.has(id))
      .reduce<readonly string[]>(withoutConnection, all);
    if (left.length < all.length) void this.#keep(left);
  }
}

/** How the accounts of every loaded Luma connection are, but for the sample data. */
function sightingsOf(
  { sessions, store }: { readonly sessions: Sessions; readonly store: ConnectionStore },
  now: number,
): NamedSighting[] {
  return sessions.all.flatMap(([connection, session]) => {
    const own = store.get(connection);
    return session.kind === 'luma' && own !== undefined && own.sample !== true
      ? session.accounts.all.flatMap((account) => sightingOf(connection, account, now))
      : [];
  });
}

function sightingOf(connection: string, account: Account, now: number): NamedSighting[] {
  const { key, shown } = account;
  const health = accountHealth(account, now);
  if (health === undefined || !isJsonObject(shown)) return [];
  const fields = readLumaAccount(shown);
  const label = accountLabel(key, fields);
  return [{ connection, key, label, health, end: fields.sessionExpires }];
}
