import * as vscode from 'vscode';
import { isCancellation, isServiceError } from '../http/errors.ts';
import type { Log } from '../words/log.ts';
import type { Node } from '../tree/nodes.ts';
import { explain, explanationText } from '../words/errors.ts';
import { COMMAND_PREFIX, commandIds } from './ids.ts';
import type { CommandId } from './ids.ts';
import { targetOf } from './target.ts';
import type { Target } from './target.ts';

/** What a command does with what it was called on. */
export type Run = (target: Target) => Promise<void>;

/**
 * Registers every command. Each is loaded when it is first run; what it is called on is found out
 * once, here, and so is what becomes of its errors.
 */
export function registerCommands(
  load: () => Promise<Readonly<Record<CommandId, Run>>>,
  selection: () => readonly Node[],
  log: Log,
): vscode.Disposable {
  return vscode.Disposable.from(
    ...commandIds.map((id) =>
      vscode.commands.registerCommand(COMMAND_PREFIX + id, async (...args: unknown[]) => {
        try {
          const table = await load();
          await table[id](targetOf(args, selection()));
        } catch (error) {
          if (isCancellation(error)) return;
          log.failure(id, error);
          void tell(error, log);
        }
      }),
    ),
  );
}

async function tell(error: unknown, log: Log): Promise<void> {
  const sentence = explanationText(explain(error));
  const [help, showLog] = [vscode.l10n.t('What to Do…'), vscode.l10n.t('Show Log')];
  const keyring = isServiceError(error) && error.reason === 'secretNotStored' ? [help] : [];
  const answer = await vscode.window.showErrorMessage(sentence, ...keyring, showLog);
  if (answer === showLog) log.show();
  else if (answer === help) await vscode.commands.executeCommand(`${COMMAND_PREFIX}keyringHelp`);
}
