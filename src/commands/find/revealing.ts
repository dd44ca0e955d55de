import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { UserRecord } from '../../api/luminary.ts';
import type { Connection } from '../../connections/connection.ts';
import type { LuminarySession } from '../../connections/session.ts';
import { isCancellation, isServiceError } from '../../http/errors.ts';
import { oneLine } from '../../http/text.ts';
import { accountWith } from '../../language/people.ts';
import { errorOf } from '../../tree/loader.ts';
import type { Subject } from '../../tree/subject.ts';
import { listText } from '../../words/format.ts';
import { shortName } from '../../words/names.ts';
import { plain } from '../../words/plain.ts';
import type { Services } from '../services.ts';
import { tell } from '../tell.ts';

/** How long a look-up may take before it is shown, in ms. */
const UNSHOWN = 500;

/** Shows in the tree whoever has an id, and says so where nobody has. */
export class Revealing {
  readonly #sessions: Services['sessions'];
  readonly #explorer: Services['explorer'];
  readonly #loader: Services['loader'];

  constructor({ sessions, explorer, loader }: Pick<Services, 'sessions' | 'explorer' | 'loader'>) {
    this.#sessions = sessions;
    this.#explorer = explorer;
    this.#loader = loader;
  }

  /** Shows the user with an id, wherever in the list that user is: loaded, or else asked for. */
  async user(tenants: readonly Connection[], id: string): Promise<void> {
    for (const tenant of tenants) if (await this.#explorer.revealUser(tenant.id, id)) return;
    if (await this.#lookUp(tenants, id)) return;
    const names = listText(tenants.map(shortName), 'or');
    tell(vscode.l10n.t('There is no user with the ID {0} in {1}.', oneLine(id), names));
  }

  /** Shows the account whose user has an id: loaded, or else asked for. */
  async account(connections: readonly Connection[], id: string): Promise<void> {
    for (const { id: connection } of connections) {
      if (await this.knownAccount(connection, id)) return;
    }
    let failure: unknown;
    for (const connection of connections) {
      const session = await this.#sessions.open(connection.id);
      if (session?.kind !== 'luma') continue;
      const { state: before } = session.accounts;
      const subject: Subject = { kind: 'connection', connection: connection.id };
      await this.#loader.load(subject);
      if (await this.knownAccount(connection.id, id)) return;
      const { state, refreshError } = session.accounts;
      const error = errorOf(session, subject) ?? refreshError;
      const read = state.kind === 'loaded' && state !== before;
      if (!read && error === undefined) throw new DOMException('Cancelled', 'AbortError');
      failure ??= error;
    }
    if (failure !== undefined) throw failure as Error;
    tell(vscode.l10n.t('There is no Luma account with the user ID {0}.', oneLine(id)));
  }

  /** Shows the account whose user has an id, if it is loaded; whether it is. */
  async knownAccount(connection: string, id: string): Promise<boolean> {
    const session = this.#sessions.luma(connection);
    const account = session && accountWith(id, session);
    if (account !== undefined) await this.loadedAccount(connection, account.key);
    return account !== undefined;
  }

  /** Shows a user that is loaded, or was looked up. */
  async loadedUser(connection: string, user: UserRecord): Promise<void> {
    if (await this.#explorer.revealUser(connection, user.id)) return;
    await this.#explorer.revealLookedUp(connection, user);
  }

  /** Shows an account that is loaded. */
  async loadedAccount(connection: string, key: string): Promise<void> {
    await this.#explorer.revealAccount(connection, key);
  }

  /**
   * Asks one tenant after the other, and shows the user; whether one has it.
   *
   * @throws why one of them could not be asked, if no other has it; or the signal's reason
   */
  async #lookUp(tenants: readonly Connection[], id: string): Promise<boolean> {
    let failure: unknown;
    for (const connection of tenants) {
      const session = await this.#sessions.open(connection.id);
      if (session?.kind !== 'luminary') continue;
      // That nobody had it may have changed; who somebody is, hardly.
      let user = session.directory.known(id) ?? undefined;
      try {
        user ??= await shownLookUp(session, connection, id);
      } catch (error) {
        if (isCancellation(error)) throw error;
        failure ??= error;
      }
      if (user === undefined) continue;
      session.lookedUp.add(user);
      await this.#explorer.revealLookedUp(connection.id, user);
      return true;
    }
    if (failure !== undefined) throw failure as Error;
    return false;
  }
}

/** Asks for one user; undefined if there is none. If it takes longer, a notification says so. */
async function shownLookUp(
  { lookedUp }: LuminarySession,
  connection: Connection,
  id: string,
): Promise<UserRecord | undefined> {
  const stop = new AbortController();
  const finding = found(lookedUp.find(id, stop.signal));
  const ended = finding.then(
    () => true,
    () => true,
  );
  if (await Promise.race([ended, delay(UNSHOWN, false)])) return finding;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: plain(vscode.l10n.t('Looking for the user in {0}…', shortName(connection))),
    cancellable: true,
  };
  return vscode.window.withProgress(options, (_, token) => {
    token.onCancellationRequested(() => {
      stop.abort();
    });
    return finding;
  });
}

/** That there is no such user is no failure. */
async function found(asked: Promise<UserRecord>): Promise<UserRecord | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isServiceError(error) && error.reason === 'notFound') return undefined;
    throw error;
  }
}
