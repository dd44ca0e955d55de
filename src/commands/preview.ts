import * as vscode from 'vscode';
import { COMPARISON_NAME, comparisonUri } from './documents.ts';
import type { Documents } from './documents.ts';

/**
 * The preview of the comparison of accounts, which follows when that is renewed. The editor closes
 * and opens the document behind a preview as it likes.
 */
export class Preview {
  readonly #documents: Pick<Documents, 'compareAgain'>;
  #text: string | undefined;

  constructor(documents: Pick<Documents, 'compareAgain'>) {
    this.#documents = documents;
  }

  /** Notes what the editor was given, and gives it. */
  given(text: string): string {
    this.#text = text;
    return text;
  }

  /** Brings the preview to the front, with a text. */
  async show(text: string): Promise<void> {
    await this.renew(text);
    try {
      const locked = { locked: true }; // Else it would follow whatever Markdown is in front.
      await vscode.commands.executeCommand(
        'markdown.showPreview',
        comparisonUri,
        undefined,
        locked,
      );
    } catch {
      // The editor's Markdown features can be switched off.
      await vscode.window.showTextDocument(comparisonUri);
    }
  }

  /** Has the document asked for again, if it says something else by now. */
  async renew(text: string): Promise<void> {
    if (text === this.#text) return;
    this.#text = text;
    this.#documents.compareAgain();
    // A preview notices that its document is opened as well as that it changes.
    await vscode.workspace.openTextDocument(comparisonUri);
  }

  /** Whether any tab shows it. */
  get isOpen(): boolean {
    return vscode.window.tabGroups.all.some(({ tabs }) => tabs.some((tab) => this.isIn(tab)));
  }

  /** Whether a tab shows it: that of a preview has no address, but the name in its label. */
  isIn({ input, label }: vscode.Tab): boolean {
    if (input instanceof vscode.TabInputText) {
      return input.uri.toString() === comparisonUri.toString();
    }
    return (
      input instanceof vscode.TabInputWebview &&
      input.viewType.endsWith('markdown.preview') &&
      label.includes(COMPARISON_NAME)
    );
  }
}
