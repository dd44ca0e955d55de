import * as vscode from 'vscode';
import type { Connection } from '../connections/connection.ts';
import { isServiceError } from '../http/errors.ts';
import { explain, explanationText } from '../words/errors.ts';
import { counted, numberText } from '../words/format.ts';
import { plain } from '../words/plain.ts';
import type { Ask } from './ask.ts';
import type { Run } from './register.ts';
import type { Services } from './services.ts';

/** The command that reads all users of a tenant. */
export function loadAllUsersCommand(
  { loader, sessions }: Pick<Services, 'loader' | 'sessions'>,
  ask: Ask,
): Record<'loadAllUsers', Run> {
  /** Reads on as long as the person wants that after a failure. */
  async function loadAll(connection: Connection): Promise<void> {
    for (;;) {
      try {
        const pages = await loader.loadAll(connection.id);
        if (pages !== undefined) tellEnd(connection, pages.list.elements.length, pages.stopped);
        return;
      } catch (error) {
        const read = sessions.luminary(connection.id)?.pages.list.elements.length ?? 0;
        if (!isServiceError(error)) {
          tellStop(connection, read);
          throw error;
        }
        if (!(await wantsMore(explanationText(explain(error)), read))) return;
      }
    }
  }

  return {
    async loadAllUsers({ nodes }) {
      const connection = await ask.connectionFor(
        nodes,
        vscode.l10n.t('Load all users of which tenant?'),
        ({ kind }) => kind === 'luminary',
      );
      if (connection !== undefined) await loadAll(connection);
    },
  };
}

function tellEnd({ name }: Connection, read: number, stopped: string | undefined): void {
  const users = counted(
    read,
    vscode.l10n.t('1 user'),
    vscode.l10n.t('{0} users', numberText(read)),
  );
  if (stopped === undefined) {
    say(vscode.l10n.t('{0} loaded: that is all of {1}', users, name));
    return;
  }
  void vscode.window.showWarningMessage(
    plain(vscode.l10n.t('{0} of {1} loaded; the service leads to no more.', users, name)),
  );
}

function tellStop({ name }: Connection, read: number): void {
  say(vscode.l10n.t('{0} users of {1} are loaded', numberText(read), name));
}

function say(text: string): void {
  vscode.window.setStatusBarMessage(`$(check) ${plain(text)}`, 4000);
}

async function wantsMore(reason: string, read: number): Promise<boolean> {
  const goOn = vscode.l10n.t('Continue');
  const text = vscode.l10n.t('Loading stopped after {0} users. {1}', numberText(read), reason);
  return (await vscode.window.showErrorMessage(text, goOn)) === goOn;
}
