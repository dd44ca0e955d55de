import * as vscode from 'vscode';
import type { Connection } from '../connections/connection.ts';
import { isCancellation, isServiceError } from '../http/errors.ts';
import { explain, explanationText } from '../words/errors.ts';
import { numberText } from '../words/format.ts';
import { shortName } from '../words/names.ts';
import { plain } from '../words/plain.ts';
import { usersText } from '../words/users.ts';
import type { Ask } from './ask.ts';
import type { Run } from './register.ts';
import type { Services } from './services.ts';
import { tell } from './tell.ts';

/** The command that reads all users of a tenant. */
export function loadAllUsersCommand(
  { store, loader, sessions }: Pick<Services, 'store' | 'loader' | 'sessions'>,
  ask: Ask,
): Record<'loadAllUsers', Run> {
  /** Reads on as long as the person wants that after a failure. */
  async function loadAll(connection: Connection): Promise<void> {
    const session = await sessions.open(connection.id);
    if (session?.kind !== 'luminary') return;
    const { pages } = session;
    const { list } = pages;
    for (;;) {
      try {
        if (list.end === undefined) await loader.loadAll(connection.id);
        tellEnd(connection, list.elements.length, pages.stopped);
        return;
      } catch (error) {
        if (sessions.get(connection.id) !== session) tellGone(connection);
        else if (isCancellation(error)) tellStop(connection, list.elements.length, pages.total);
        else if (!isServiceError(error)) throw error;
        else if (await wantsMore(explanationText(explain(error)), list.elements.length)) continue;
        return;
      }
    }
  }

  return {
    async loadAllUsers({ nodes }) {
      await store.ready();
      const tenants = ask.tenantsOf(nodes);
      if (tenants.length > 0) {
        await Promise.all(tenants.map(loadAll));
        return;
      }
      const connection = await ask.connection(
        vscode.l10n.t('Load all users of which tenant?'),
        ({ kind }) => kind === 'luminary',
      );
      if (connection !== undefined) await loadAll(connection);
    },
  };
}

/** Whoever waited for the end has looked away: unlike the status bar, a notification is read aloud. */
function tellEnd(tenant: Connection, read: number, stopped: string | undefined): void {
  const users = usersText(read);
  if (stopped === undefined) {
    tell(vscode.l10n.t('{0} loaded: that is all of {1}', users, shortName(tenant)));
    return;
  }
  void vscode.window.showWarningMessage(
    plain(
      vscode.l10n.t('{0} of {1} loaded; the service leads to no more.', users, shortName(tenant)),
    ),
  );
}

function tellStop(tenant: Connection, read: number, total: number | undefined): void {
  const text =
    total === undefined
      ? vscode.l10n.t('Stopped: {0} of {1} loaded', usersText(read), shortName(tenant))
      : vscode.l10n.t(
          'Stopped: {0} of {1} of {2} loaded',
          numberText(read),
          usersText(total),
          shortName(tenant),
        );
  tell(text);
}

function tellGone(tenant: Connection): void {
  tell(
    vscode.l10n.t('{0} was changed or removed meanwhile: loading has stopped.', shortName(tenant)),
  );
}

async function wantsMore(reason: string, read: number): Promise<boolean> {
  const goOn = vscode.l10n.t('Continue');
  const text = vscode.l10n.t('Loading stopped after {0}. {1}', usersText(read), reason);
  return (await vscode.window.showErrorMessage(text, goOn)) === goOn;
}
