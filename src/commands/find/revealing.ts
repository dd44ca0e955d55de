import * as vscode from 'vscode';
import type { UserRecord } from '../../api/luminary.ts';
import type { Connection } from '../../connections/connection.ts';
import type { LuminarySession } from '../../connections/session.ts';
import { isServiceError } from '../../http/errors.ts';
import { oneLine } from '../../http/text.ts';
import { accountWith } from '../../language/people.ts';
import { errorOf } from '../../tree/loader.ts';
import type { Subject } from '../../tree/subject.ts';
import { withSignal } from '../../words/cancellation.ts';
import { plain } from '../../words/plain.ts';
import type { Services } from '../services.ts';

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
    const names = tenants.map(({ name }) => name).join(', ');
    say(vscode.l10n.t('There is no user with the ID {0} in {1}.', oneLine(id), names));
  }

  /** Shows the account whose user has an id. */
  async account(connections: readonly Connection[], id: string): Promise<void> {
    let failure: unknown;
    for (const connection of connections) {
      const session = await this.#sessions.open(connection.id);
      if (session?.kind !== 'luma') continue;
      const subject: Subject = { kind: 'connection', connection: connection.id };
      await this.#loader.load(subject);
      const account = accountWith(id, session);
      if (account !== undefined) {
        await this.loadedAccount(connection.id, account.key);
        return;
      }
      failure ??= errorOf(session, subject);
    }
    if (failure !== undefined) throw failure as Error;
    say(vscode.l10n.t('There is no Luma account with the user ID {0}.', oneLine(id)));
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

  /** Asks one tenant after the other, and shows the user; whether one has it. */
  async #lookUp(tenants: readonly Connection[], id: string): Promise<boolean> {
    for (const connection of tenants) {
      const session = await this.#sessions.open(connection.id);
      if (session?.kind !== 'luminary') continue;
      // That nobody had it may have changed; who somebody is, hardly.
      const known = session.directory.known(id) ?? undefined;
      const user = known ?? (await shownLookUp(session, connection, id));
      if (user === undefined) continue;
      session.lookedUp.add(user);
      await this.#explorer.revealLookedUp(connection.id, user);
      return true;
    }
    return false;
  }
}

function say(text: string): void {
  void vscode.window.showInformationMessage(plain(text));
}

/** Asks for one user while a notification says so; undefined if there is none. */
async function shownLookUp(
  { lookedUp }: LuminarySession,
  connection: Connection,
  id: string,
): Promise<UserRecord | undefined> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: plain(vscode.l10n.t('Looking for the user in {0}…', connection.name)),
    cancellable: true,
  };
  return vscode.window.withProgress(options, (_, token) =>
    withSignal(token, async (signal) => {
      try {
        return await lookedUp.find(id, signal);
      } catch (error) {
        if (isServiceError(error) && error.reason === 'notFound') return undefined;
        throw error;
      }
    }),
  );
}
