import * as vscode from 'vscode';
import { plain } from '../words/plain.ts';

/** Says something in a notification, which is read aloud, and waits for no answer. */
export function tell(text: string): void {
  void vscode.window.showInformationMessage(plain(text));
}
