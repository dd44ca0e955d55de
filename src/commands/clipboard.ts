import * as vscode from 'vscode';
import type { Json } from '../http/json.ts';
import { exactJson } from '../model/exactJson.ts';
import { reached } from '../tree/milestones.ts';
import { plain } from '../words/plain.ts';
import { activeIndent } from './style.ts';

/** Puts a text on the clipboard, and says for two seconds in the status bar what it is. */
export async function copy(text: string, said: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  reached('taken');
  say(said);
}

/** Says for two seconds in the status bar what was done. */
export function say(said: string): void {
  vscode.window.setStatusBarMessage(`$(check) ${plain(said)}`, 2000);
}

/** JSON indented as the active editor is, or as editors are set to be. */
export function jsonText(json: Json): string {
  return exactJson(json, activeIndent());
}
