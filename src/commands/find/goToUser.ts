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

  /** Asks one tenant after the other, and shows the user; whether one has it. */
  async function lookUp(tenants: readonly Connection[], id: string): Promise<boolean> {
    for (const connection of tenants) {
      const session = await sessions.open(connection.id);
      const user =
        session?.kind === 'luminary' ? await shownLookUp(session, connection, id) : undefined;
      if (user === undefined) continue;
      await explorer.revealLookedUp(connection.id, user);
      return true;
    }
    return false;
  }

  return {
    async goToUser({ nodes, fromMenu, argument }) {
      const all = await ask.tenants();
      const pressed = fromMenu ? ask.tenantsOf(nodes) : [];
      const tenants = pressed.length > 0 ? pressed : all;
      if (tenants.length === 0) return;
      const id = typeof argument === 'string' ? argument.trim() : await askId(pressed);
      if (id === undefined || id === '') return;
      if ((await revealLoaded(tenants, id)) || (await lookUp(tenants, id))) return;
      const names = tenants.map(({ name }) => name).join(', ');
      const text = vscode.l10n.t('There is no user with the ID {0} in {1}.', oneLine(id), names);
      void vscode.window.showInformationMessage(plain(text));
    },
  };
}

/** Asks for an id, with the one at hand as it is: in the editor, or else on the clipboard. */
async function askId([tenant]: readonly Connection[]): Promise<string | undefined> {
  const proposed = idInEditor() ?? idPattern.exec(await vscode.env.clipboard.readText())?.[0];
  const id = await vscode.window.showInputBox({
    title:
      tenant === undefined
        ? vscode.l10n.t('Go to User by ID')
        : vscode.l10n.t('Go to User by ID in {0}', tenant.name),
    prompt: vscode.l10n.t('ID of a Luminary user'),
    placeHolder: 'user_…',
    ...(proposed !== undefined && { value: proposed }),
    validateInput: (value) =>
      /\s/.test(value.trim()) ? vscode.l10n.t('An ID can’t contain spaces.') : undefined,
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
