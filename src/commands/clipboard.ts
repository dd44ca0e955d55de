import * as vscode from 'vscode';
import type { Json } from '../http/json.ts';
import { exactJson } from '../model/exactJson.ts';
import { plain } from '../words/plain.ts';

/** Puts a text on the clipboard, and says for two seconds in the status bar what it is. */
export async function copy(text: string, said: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`$(check) ${plain(said)}`, 2000);
}

/** JSON indented as the active editor is, or as editors are set to be. */
export function jsonText(json: Json): string {
  const active = vscode.window.activeTextEditor?.options;
  const settings = vscode.workspace.getConfiguration('editor');
  const tabSize: unknown = active?.tabSize ?? settings.get('tabSize');
  const spaces: unknown = active?.insertSpaces ?? settings.get('insertSpaces');
  const width = typeof tabSize === 'number' ? tabSize : 2;
  return exactJson(json, spaces === false ? '\t' : width);
}
