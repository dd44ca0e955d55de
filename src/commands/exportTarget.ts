import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { Connection } from '../connections/connection.ts';
import { fileFormatNames, fileFormatOf, fileFormats } from '../model/formats/fileFormats.ts';
import type { FileFormat } from '../model/formats/fileFormats.ts';
import { labelledName } from '../words/names.ts';
import { plain } from '../words/plain.ts';

/** Where users go, and as what. */
export interface ExportTarget {
  readonly uri: vscode.Uri;
  readonly format: FileFormat;
}

/** Asks where users should go, beginning with the folder and the format of the latest answer. */
export class ExportTargets {
  #folder: vscode.Uri | undefined;
  #format: FileFormat = 'json';

  /** Undefined if no file was chosen. */
  async choose(connection: Connection): Promise<ExportTarget | undefined> {
    const uri = await vscode.window.showSaveDialog({
      title: plain(vscode.l10n.t('Export the users of {0}', labelledName(connection))),
      saveLabel: vscode.l10n.t('Export'),
      defaultUri: vscode.Uri.joinPath(
        this.#folder ?? usualFolder(),
        `${fileNameFor(connection.name)}.${fileFormats[this.#format].endings[0]}`,
      ),
      filters: this.#filters(),
    });
    const format = uri && (fileFormatOf(uri.path) ?? (await this.#askFormat(uri)));
    if (uri === undefined || format === undefined) return undefined;
    this.#folder = vscode.Uri.joinPath(uri, '..');
    this.#format = format;
    return { uri, format };
  }

  /** Some dialogs begin with the first, and add its ending to a name without one. */
  #filters(): Record<string, string[]> {
    return Object.fromEntries(
      this.#latestFirst().map((format) => [formatText(format), [...fileFormats[format].endings]]),
    );
  }

  /** The name stays as it was chosen: its ending may be right for what it is meant for. */
  async #askFormat(uri: vscode.Uri): Promise<FileFormat | undefined> {
    const chosen = await vscode.window.showQuickPick(
      this.#latestFirst().map((format) => ({
        label: formatText(format),
        description: `.${fileFormats[format].endings[0]}`,
        format,
      })),
      { placeHolder: plain(vscode.l10n.t('In which format should {0} be?', nameOf(uri))) },
    );
    return chosen?.format;
  }

  #latestFirst(): FileFormat[] {
    return [this.#format, ...fileFormatNames.filter((format) => format !== this.#format)];
  }
}

/** The last part of a file's path. */
export function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

function usualFolder(): vscode.Uri {
  return vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
}

/** A name that every system takes, from a connection's, which may hold anything. */
function fileNameFor(connection: string): string {
  const words = connection
    .slice(0, 60)
    .toWellFormed()
    .replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return words === '' ? 'users' : `${words}-users`;
}

/** What a format is called. */
export function formatText(format: FileFormat): string {
  switch (format) {
    case 'json':
      return vscode.l10n.t('JSON');
    case 'jsonLines':
      return vscode.l10n.t('JSON Lines');
    case 'csv':
      return vscode.l10n.t('CSV');
  }
}
