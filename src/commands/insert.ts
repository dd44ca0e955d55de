import * as vscode from 'vscode';

/**
 * Puts a text into every cursor and selection of the active editor, as one step to undo.
 *
 * @returns whether there is an editor that took it
 */
export async function insertAtCursors(text: string): Promise<boolean> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return false;
  const inserted = await editor.edit((edit) => {
    for (const selection of editor.selections) edit.replace(selection, text);
  });
  if (inserted) await vscode.window.showTextDocument(editor.document, editor.viewColumn);
  return inserted;
}
