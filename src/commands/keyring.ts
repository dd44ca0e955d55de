import * as vscode from 'vscode';
import { keyringAdvice, keyringPlace } from '../words/keyring.ts';
import type { KeyringPlace } from '../words/keyring.ts';
import { COMMAND_PREFIX } from './ids.ts';
import type { Run } from './register.ts';
import type { Services } from './services.ts';

/** The command that says what to do where secrets can't be read, and offers it. */
export function keyringCommand({ store }: Pick<Services, 'store'>): Record<'keyringHelp', Run> {
  return {
    async keyringHelp({ first }) {
      await store.ready();
      const place = placeHere();
      const [again, runtime, disconnect] = [
        vscode.l10n.t('Try Again'),
        vscode.l10n.t('Configure Runtime Arguments'),
        vscode.l10n.t('Disconnect'),
      ];
      const unreadable = first?.kind === 'unreadableConnection' ? first : undefined;
      const { showInformationMessage, showWarningMessage } = vscode.window;
      const show = store.incomplete ? showWarningMessage : showInformationMessage;
      const answer = await show(
        message(store, unreadable !== undefined),
        { modal: true, detail: keyringAdvice(place) },
        ...(store.incomplete ? [again] : []),
        ...(place === 'linux' ? [runtime] : []),
        ...(unreadable === undefined ? [] : [disconnect]),
      );
      if (answer === again) await run('refreshAll');
      else if (answer === disconnect) await run('disconnect', unreadable);
      else if (answer === runtime) {
        await vscode.commands.executeCommand('workbench.action.configureRuntimeArguments');
      }
    },
  };
}

function message(store: Services['store'], one: boolean): string {
  if (one) return vscode.l10n.t('The editor can’t read the secret of this connection.');
  return store.incomplete
    ? vscode.l10n.t('The editor can’t read all of its secrets.')
    : vscode.l10n.t('All connections could be read. If that changes:');
}

function placeHere(): KeyringPlace {
  const { uiKind, remoteName } = vscode.env;
  return keyringPlace(process.platform, uiKind === vscode.UIKind.Web, remoteName !== undefined);
}

async function run(command: 'refreshAll' | 'disconnect', ...args: unknown[]): Promise<void> {
  await vscode.commands.executeCommand(COMMAND_PREFIX + command, ...args);
}
