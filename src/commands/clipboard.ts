import * as vscode from 'vscode';
import type { Json } from '../http/json.ts';
import { exactJson } from '../model/exactJson.ts';
import { MAX_LENGTH, TextTooLong } from '../model/textTooLong.ts';
import { reached } from '../tree/milestones.ts';
import { plain } from '../words/plain.ts';
import { activeIndent } from './style.ts';
import { tell } from './tell.ts';

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

/**
 * JSON indented as the active editor is, or as editors are set to be.
 *
 * @throws {@link TextTooLong}
 */
export function jsonText(json: Json): string {
  const text = exactJson(json, activeIndent());
  if (text.length > MAX_LENGTH) throw new TextTooLong();
  return text;
}

/** What is made of a text; undefined where that would be too long, which the person is told. */
export async function unlessTooLong<T>(make: () => Promise<T>): Promise<T | undefined> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof TextTooLong)) throw error;
    tell(vscode.l10n.t('This text would be too long. Export Users… writes it into a file.'));
    return undefined;
  }
}
