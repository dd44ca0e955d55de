import * as vscode from 'vscode';
import { namedAt, readNamed } from './ids.ts';
import type { Named } from './ids.ts';

/** No selection with more characters than this is looked at. */
const LENGTH = 400;

/** The id or email that is selected in an editor, or that stands at its cursor. */
export function namedInEditor(editor: vscode.TextEditor): Named | undefined {
  const { document, selection } = editor;
  if (!selection.isEmpty) return selectedIn(editor);
  return namedAt(document.lineAt(selection.active.line).text, selection.active.character);
}

/**
 * Keeps the context key that says whether what is selected in the active editor is an id or an
 * email. Only changes of it reach the editor.
 */
export function followSelection(): vscode.Disposable {
  let told = false;
  const update = (editor: vscode.TextEditor | undefined) => {
    const fits = editor !== undefined && selectedIn(editor) !== undefined;
    if (fits === told) return;
    told = fits;
    void vscode.commands.executeCommand('setContext', 'lumaLuminary.idSelected', fits);
  };
  update(vscode.window.activeTextEditor);
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (textEditor === vscode.window.activeTextEditor) update(textEditor);
    }),
  );
}

function selectedIn({ document, selection }: vscode.TextEditor): Named | undefined {
  if (selection.isEmpty || !selection.isSingleLine) return undefined;
  if (selection.end.character - selection.start.character > LENGTH) return undefined;
  return readNamed(document.getText(selection));
}
