import * as vscode from 'vscode';
import type { Connection } from '../../connections/connection.ts';
import { userIdPattern } from '../../language/ids.ts';
import { shortName } from '../../words/names.ts';
import { plain } from '../../words/plain.ts';
import type { Ask } from '../ask.ts';
import type { Run } from '../register.ts';
import type { Revealing } from './revealing.ts';

/** The command that shows the user with an id, wherever in the list that user is. */
export function goToUserCommand(ask: Ask, revealing: Revealing): Record<'goToUser', Run> {
  return {
    async goToUser({ nodes, fromMenu, argument }) {
      const all = await ask.tenants();
      const pressed = fromMenu ? ask.tenantsOf(nodes) : [];
      const tenants = pressed.length > 0 ? pressed : all;
      if (tenants.length === 0) return;
      const id = typeof argument === 'string' ? argument.trim() : await askId(pressed);
      if (id === undefined || id === '') return;
      await revealing.user(tenants, id);
    },
  };
}

/** Asks for an id, with the one at hand as it is: in the editor, or else on the clipboard. */
async function askId([tenant]: readonly Connection[]): Promise<string | undefined> {
  const proposed = idInEditor() ?? userIdPattern.exec(await vscode.env.clipboard.readText())?.[0];
  const id = await vscode.window.showInputBox({
    title:
      tenant === undefined
        ? vscode.l10n.t('Go to User by ID')
        : plain(vscode.l10n.t('Go to User by ID in {0}', shortName(tenant))),
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
    ? document.getWordRangeAtPosition(selection.active, userIdPattern)
    : selection;
  return range && userIdPattern.exec(document.getText(range))?.[0];
}
