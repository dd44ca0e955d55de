import * as vscode from 'vscode';
import { continuedWith } from '../model/formats/textStyle.ts';
import { counted, numberText } from '../words/format.ts';
import { say } from './clipboard.ts';
import type { Run } from './register.ts';
import { tellNothing } from './rows.ts';
import type { Rows } from './rows.ts';

/** The command that puts IDs where the cursors are. */
export function insertIdCommand(rows: Rows): Record<'insertId', Run> {
  return {
    async insertId({ nodes }) {
      if (editorForText() === undefined) return;
      const chosen = await rows.chosen(nodes, vscode.l10n.t('Insert the ID of…'));
      const ids = rows.records.of(chosen).map(({ id }) => id);
      if (ids.length > 0) await insertIds(ids, rows.partly(chosen));
      else if (chosen.length > 0) tellNothing();
    },
  };
}

/** The active editor; the person is told if there is none. */
export function editorForText(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There is no text editor to insert into: open one, and put the cursor there.'),
    );
  }
  return editor;
}

/**
 * Puts IDs into the active editor: one into each cursor and selection, from the top, if there are
 * as many of them; else all of them into each, one a line. Whether they stand there.
 *
 * @param addition what is said of them besides how many they are
 */
export async function insertIds(ids: readonly string[], addition = ''): Promise<boolean> {
  const said = counted(
    ids.length,
    vscode.l10n.t('Inserted ID'),
    vscode.l10n.t('Inserted {0} IDs', numberText(ids.length)),
  );
  const all = ids.join('\n');
  const each = ids.length === vscode.window.activeTextEditor?.selections.length;
  return insert((index) => (each ? (ids[index] ?? '') : all), said + addition);
}

/** Puts a text into every cursor and selection of the active editor; whether it stands there. */
export async function insertText(text: string, said: string): Promise<boolean> {
  return insert(() => text, said);
}

/**
 * Puts a text into each cursor and selection as one step to undo, and leaves the cursors behind it.
 * The person is told how it went.
 */
async function insert(textFor: (index: number) => string, said: string): Promise<boolean> {
  const editor = editorForText();
  if (editor === undefined) return false;
  const { document } = editor;
  const places = editor.selections.toSorted((a, b) => a.start.compareTo(b.start));
  const { version } = document;
  const done = await editor.edit((edit) => {
    for (const [index, place] of places.entries()) {
      edit.replace(place, continuedWith(leadOf(document, place.start), textFor(index)));
    }
  });
  // A read-only editor says that it is done, and has done nothing.
  if (!done || document.version === version) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Nothing was inserted: the editor is read-only, or its text was just changing.',
      ),
    );
    return false;
  }
  editor.selections = editor.selections.map(({ end }) => new vscode.Selection(end, end));
  // A cell of a notebook has no column, and would be opened beside it.
  if (editor.viewColumn !== undefined) {
    await vscode.window.showTextDocument(document, editor.viewColumn);
  }
  say(said);
  return true;
}

/** The blanks that a line begins with, up to a place in it. */
function leadOf(document: vscode.TextDocument, { line, character }: vscode.Position): string {
  const { text } = document.lineAt(line);
  return /^\s*/.exec(text.slice(0, character))?.[0] ?? '';
}
