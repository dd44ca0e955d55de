import * as vscode from 'vscode';
import type { UserRecord } from '../../api/luminary.ts';
import type { Connection } from '../../connections/connection.ts';
import type { LuminarySession } from '../../connections/session.ts';
import { isServiceError } from '../../http/errors.ts';
import { oneLine } from '../../http/text.ts';
import { withSignal } from '../../words/cancellation.ts';
import { plain } from '../../words/plain.ts';
import type { Ask } from '../ask.ts';
import type { Run } from '../register.ts';
import type { Services } from '../services.ts';

/** What Luminary's ids look like; others may be given all the same. */
const idPattern = /\buser_[0-9A-Za-z]{8,}\b/;

/** The command that shows the user with an id, wherever in the list that user is. */
export function goToUserCommand(
  { sessions, explorer }: Pick<Services, 'sessions' | 'explorer'>,
  ask: Ask,
): Record<'goToUser', Run> {
  /** Reveals a user that is loaded, in whichever tenant; whether there was one. */
  async function revealLoaded(tenants: readonly Connection[], id: string): Promise<boolean> {
    for (const tenant of tenants) if (await explorer.revealUser(tenant.id, id)) return true;
    return false;
  }

  async function lookUp(connection: Connection, id: string): Promise<void> {
    const session = await sessions.open(connection.id);
    if (session?.kind !== 'luminary') return;
    const user = await shownLookUp(session, connection, id);
    if (user !== undefined) await explorer.revealLookedUp(connection.id, user);
    else {
      const text = vscode.l10n.t('{0} has no user with the ID {1}.', connection.name, oneLine(id));
      void vscode.window.showInformationMessage(plain(text));
    }
  }

  return {
    async goToUser({ nodes, first, fromMenu, argument }) {
      const all = await ask.tenants();
      if (all.length === 0) return;
      const pressed = fromMenu ? ask.tenantsOf(nodes) : [];
      const id = typeof argument === 'string' ? argument.trim() : await askId();
      if (
        id === undefined ||
        id === '' ||
        (await revealLoaded(pressed.length > 0 ? pressed : all, id))
      )
        return;
      const connection = await ask.connectionFor(
        fromMenu ? first : undefined,
        vscode.l10n.t('Which tenant has this user?'),
        ({ kind }) => kind === 'luminary',
      );
      if (connection !== undefined) await lookUp(connection, id);
    },
  };
}

/** Asks for an id, with the one at hand as it is: in the editor, or else on the clipboard. */
async function askId(): Promise<string | undefined> {
  const proposed = idInEditor() ?? idPattern.exec(await vscode.env.clipboard.readText())?.[0];
  const id = await vscode.window.showInputBox({
    title: vscode.l10n.t('Go to User by ID'),
    prompt: vscode.l10n.t('ID of a Luminary user'),
    placeHolder: 'user_…',
    ...(proposed !== undefined && { value: proposed }),
    validateInput: (value) =>
      /\s/.test(value.trim()) ? vscode.l10n.t('An ID has no blanks in it.') : undefined,
  });
  return id?.trim();
}

function idInEditor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { document, selection } = editor;
  const range = selection.isEmpty
    ? document.getWordRangeAtPosition(selection.active, idPattern)
    : selection;
  return range && idPattern.exec(document.getText(range))?.[0];
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
