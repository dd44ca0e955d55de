import * as vscode from 'vscode';
import type { Connection } from '../connections/connection.ts';
import type { Json } from '../http/json.ts';
import { fileFormats } from '../model/formats/fileFormats.ts';
import { fileTexts } from '../model/formats/format.ts';
import { allUsers } from '../model/userStream.ts';
import type { UserBatch } from '../model/userStream.ts';
import { exportErrorText } from '../words/exportErrors.ts';
import { counted, numberText } from '../words/format.ts';
import { labelledName } from '../words/names.ts';
import { plain } from '../words/plain.ts';
import { withUserProgress } from '../words/userProgress.ts';
import type { ShowProgress } from '../words/userProgress.ts';
import type { Ask } from './ask.ts';
import { ExportTargets, nameOf } from './exportTarget.ts';
import type { ExportTarget } from './exportTarget.ts';
import type { Run } from './register.ts';
import type { Services } from './services.ts';
import { tell } from './tell.ts';
import { writeTarget } from './writeTarget.ts';

/** The command that writes all users of a tenant to a file. */
export function exportCommands(
  { sessions, log }: Pick<Services, 'sessions' | 'log'>,
  ask: Ask,
): Record<'exportUsers', Run> {
  const targets = new ExportTargets();

  /** How many users were written; undefined where the person has cancelled. */
  async function write(
    connection: Connection,
    { uri, format }: ExportTarget,
    signal: AbortSignal,
    progress: ShowProgress,
  ): Promise<number | undefined> {
    const session = await sessions.open(connection.id);
    if (session?.kind !== 'luminary')
      throw new DOMException('The connection is gone', 'AbortError');
    let count = 0;
    const elements = shown(allUsers(session.client, signal), (read, total) => {
      count = read;
      progress(read, total);
    });
    try {
      await writeTarget(uri, fileTexts(elements, fileFormats[format].format), signal);
      return count;
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  }

  async function run(connection: Connection, target: ExportTarget): Promise<void> {
    const name = nameOf(target.uri);
    const title = vscode.l10n.t('Exporting {0} to {1}', labelledName(connection), name);
    try {
      const count = await withUserProgress(title, ({ signal, progress }) =>
        write(connection, target, signal, progress),
      );
      if (count === undefined) {
        tell(vscode.l10n.t('{0} was not written: the export was cancelled.', name));
        return;
      }
      tellDone(target.uri, count).catch((error: unknown) => {
        log.failure('exportUsers', error);
      });
    } catch (error) {
      log.failure('exportUsers', error);
      const again = vscode.l10n.t('Try Again');
      const showLog = vscode.l10n.t('Show Log');
      const answer = await vscode.window.showErrorMessage(
        plain(vscode.l10n.t('{0} was not written. {1}', name, exportErrorText(error))),
        again,
        showLog,
      );
      if (answer === again) await run(connection, target);
      else if (answer === showLog) log.show();
    }
  }

  return {
    async exportUsers({ first }) {
      const question = vscode.l10n.t('Export the users of which connection?');
      const connection = await ask.connectionFor(
        first,
        question,
        ({ kind }) => kind === 'luminary',
      );
      const target = connection && (await targets.choose(connection));
      if (connection !== undefined && target !== undefined) await run(connection, target);
    },
  };
}

/** The elements of all batches; tells how many came as soon as the next one is asked for. */
async function* shown(
  batches: AsyncIterable<UserBatch>,
  progress: ShowProgress,
): AsyncGenerator<readonly Json[], void, undefined> {
  let read = 0;
  for await (const { elements, total } of batches) {
    yield elements;
    read += elements.length;
    progress(read, total === undefined ? undefined : Math.max(total, read));
  }
}

async function tellDone(uri: vscode.Uri, count: number): Promise<void> {
  const open = vscode.l10n.t('Open');
  const reveal = vscode.l10n.t('Reveal in Explorer');
  const revealCommand = revealCommandFor(uri);
  const name = plain(nameOf(uri));
  const answer = await vscode.window.showInformationMessage(
    counted(
      count,
      vscode.l10n.t('Exported 1 user to {0}', name),
      vscode.l10n.t('Exported {0} users to {1}', numberText(count), name),
    ),
    open,
    ...(revealCommand === undefined ? [] : [reveal]),
  );
  if (answer === open) await vscode.commands.executeCommand('vscode.open', uri);
  if (answer === reveal && revealCommand !== undefined) {
    await vscode.commands.executeCommand(revealCommand, uri);
  }
}

/** Only on this machine is there another explorer than the editor's, which shows the workspace. */
function revealCommandFor(uri: vscode.Uri): string | undefined {
  const onThisMachine =
    uri.scheme === 'file' &&
    vscode.env.remoteName === undefined &&
    vscode.env.uiKind === vscode.UIKind.Desktop;
  if (onThisMachine) return 'revealFileInOS';
  return vscode.workspace.getWorkspaceFolder(uri) === undefined ? undefined : 'revealInExplorer';
}
