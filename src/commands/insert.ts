import * as vscode from 'vscode';
import { continuedWith } from '../model/formats/textStyle.ts';
import { reached } from '../tree/milestones.ts';
import { counted, numberText } from '../words/format.ts';
import { say } from './clipboard.ts';
import type { Run } from './register.ts';
import { tellNothing } from './rows.ts';
import type { Rows } from './rows.ts';
import { tell } from './tell.ts';

/** The command that puts IDs where the cursors are. */
export function insertIdCommand(rows: Rows): Record<'insertId', Run> {
  return {
    async insertId({ nodes }) {
      const editor = await editorForText();
      if (editor === undefined) return;
      const chosen = await rows.chosen(nodes, vscode.l10n.t('Insert the ID of…'));
      const ids = rows.records.of(chosen).map(({ id }) => id);
      if (ids.length > 0) {
        await insertIds(editor, ids, rows.told(chosen, insertedText(ids.length)));
      } else if (chosen.length > 0) tellNothing();
    },
  };
}

/**
 * The active editor, or the only one beside what is no text; the person is told if there is none, or
 * if it is known to be read-only.
 */
export async function editorForText(): Promise<vscode.TextEditor | undefined> {
  const editor = vscode.window.activeTextEditor ?? onlyEditor();
  if (editor === undefined) {
    tell(vscode.l10n.t('There is no text editor to insert into. Open one first.'));
    return undefined;
  }
  if (!(await isReadOnly(editor))) return editor;
  tellReadOnly();
  return undefined;
}

/**
 * Whether an editor shows what can't be written: a file system or a file of that kind, or what is in
 * no file system. What a setting or a person has made read-only no extension is told of: that is
 * found out when something is inserted.
 */
async function isReadOnly({ document, viewColumn }: vscode.TextEditor): Promise<boolean> {
  const { uri } = document;
  switch (vscode.workspace.fs.isWritableFileSystem(uri.scheme)) {
    case true:
      return (await permissionsOf(uri)) === vscode.FilePermission.Readonly;
    case false:
      return true;
    case undefined:
      // Cells of notebooks have no column, and other inputs no tab that shows a text.
      return viewColumn !== undefined && uri.scheme !== 'untitled' && isShownAsText(uri);
  }
}

async function permissionsOf(uri: vscode.Uri): Promise<vscode.FilePermission | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).permissions;
  } catch {
    return undefined; // It may not have been saved yet.
  }
}

function isShownAsText(uri: vscode.Uri): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const shown = tabs.flatMap(({ input }) => {
    if (input instanceof vscode.TabInputText) return [input.uri];
    return input instanceof vscode.TabInputTextDiff ? [input.original, input.modified] : [];
  });
  return shown.some((one) => one.toString() === uri.toString());
}

function tellReadOnly(): void {
  tell(vscode.l10n.t('Nothing was inserted: the editor is read-only.'));
}

/** Outputs and the like have no column. */
function onlyEditor(): vscode.TextEditor | undefined {
  const shown = vscode.window.visibleTextEditors.filter(({ viewColumn }) => viewColumn);
  return shown.length === 1 ? shown[0] : undefined;
}

/**
 * Puts IDs into an editor: one into each cursor and selection, from the top, if there are
 * as many of them; else all of them into each, one a line. Whether they stand there.
 */
export async function insertIds(
  editor: vscode.TextEditor,
  ids: readonly string[],
  said = insertedText(ids.length),
): Promise<boolean> {
  const all = ids.join('\n');
  const each = ids.length === editor.selections.length;
  return insert(editor, (index) => (each ? (ids[index] ?? '') : all), said);
}

function insertedText(count: number): string {
  return counted(
    count,
    vscode.l10n.t('Inserted ID'),
    vscode.l10n.t('Inserted {0} IDs', numberText(count)),
  );
}

/** Puts a text into every cursor and selection of an editor; whether it stands there. */
export async function insertText(
  editor: vscode.TextEditor,
  text: string,
  said: string,
): Promise<boolean> {
  return insert(editor, () => text, said);
}

/**
 * Puts a text into each cursor and selection as one step to undo, and leaves the cursors behind it.
 * The person is told how it went.
 */
async function insert(
  chosen: vscode.TextEditor,
  textFor: (index: number) => string,
  said: string,
): Promise<boolean> {
  const editor = shownAgain(chosen);
  if (editor === undefined) {
    tell(vscode.l10n.t('Nothing was inserted: the editor is not shown any more.'));
    return false;
  }
  const { document } = editor;
  const pieces = editor.selections
    .toSorted((a, b) => a.start.compareTo(b.start))
    .map((place, index) => piece(document, place, textFor(index)));
  const { version } = document;
  const done = await editor.edit((edit) => {
    for (const { place, text } of pieces) edit.replace(place, text);
  });
  // A read-only editor says that it is done, and has done nothing.
  if (!done) {
    tell(vscode.l10n.t('Nothing was inserted: the text was just changing. Try again.'));
    return false;
  }
  if (document.version === version) {
    tellReadOnly();
    return false;
  }
  editor.selections = endsOf(document, pieces).map((end) => new vscode.Selection(end, end));
  // A cell of a notebook has no column, and would be opened beside it.
  if (editor.viewColumn !== undefined) {
    await vscode.window.showTextDocument(document, editor.viewColumn);
  }
  reached('taken');
  say(said);
  return true;
}

/** An editor, or the one that has taken its place if another one was shown there meanwhile. */
function shownAgain(editor: vscode.TextEditor): vscode.TextEditor | undefined {
  const { visibleTextEditors: shown } = vscode.window;
  return (
    shown.find((one) => one === editor) ?? shown.find((one) => one.document === editor.document)
  );
}

/** What is put into one cursor or selection. */
interface Piece {
  readonly place: vscode.Selection;
  readonly text: string;
  /** Where the place begins and how long it is, in characters of the document as it was. */
  readonly offset: number;
  readonly length: number;
}

function piece(document: vscode.TextDocument, place: vscode.Selection, text: string): Piece {
  const [offset, end] = [document.offsetAt(place.start), document.offsetAt(place.end)];
  const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const continued = continuedWith(leadOf(document, place.start), text);
  return { place, text: continued.replaceAll(/\r\n|\r|\n/g, eol), offset, length: end - offset };
}

/**
 * Where each piece ends in the document that has them all, from the top. How the editor has moved
 * its cursors may not be known here yet.
 */
function endsOf(document: vscode.TextDocument, pieces: readonly Piece[]): vscode.Position[] {
  let shift = 0;
  return pieces.map(({ text, offset, length }) => {
    const end = offset + shift + text.length;
    shift += text.length - length;
    return document.positionAt(end);
  });
}

/** The blanks that a line begins with, up to a place in it. */
function leadOf(document: vscode.TextDocument, { line, character }: vscode.Position): string {
  const { text } = document.lineAt(line);
  return /^\s*/.exec(text.slice(0, character))?.[0] ?? '';
}
