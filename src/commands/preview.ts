import * as vscode from 'vscode';
import { standingUri } from './documents.ts';
import type { Documents, StandingName } from './documents.ts';

/**
 * The preview of a document, which follows when that is renewed. The editor closes and opens the
 * document behind a preview as it likes.
 */
export class Preview {
  readonly #documents: Pick<Documents, 'askAgain'>;
  readonly #name: StandingName;
  readonly #uri: vscode.Uri;
  #text: string | undefined;

  constructor(documents: Pick<Documents, 'askAgain'>, name: StandingName) {
    this.#documents = documents;
    this.#name = name;
    this.#uri = standingUri(name);
  }

  /** What it shows, if it was given anything yet. */
  get text(): string | undefined {
    return this.#text;
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
      await vscode.commands.executeCommand('markdown.showPreview', this.#uri, undefined, locked);
    } catch {
      // The editor's Markdown features can be switched off.
      await vscode.window.showTextDocument(this.#uri);
    }
  }

  /** Has the document asked for again, if it says something else by now. */
  async renew(text: string): Promise<void> {
    if (text === this.#text) return;
    this.#text = text;
    this.#documents.askAgain(this.#name);
    // A preview notices that its document is opened as well as that it changes.
    await vscode.workspace.openTextDocument(this.#uri);
  }

  /** Whether any tab shows it. */
  get isOpen(): boolean {
    return vscode.window.tabGroups.all.some(({ tabs }) => tabs.some((tab) => this.isIn(tab)));
  }

  /** Whether the tab that is in front shows it. */
  get isInFront(): boolean {
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    return activeTab !== undefined && this.isIn(activeTab);
  }

  /** Whether a tab shows it: that of a preview has no address, but the name in its label. */
  isIn({ input, label }: vscode.Tab): boolean {
    if (input instanceof vscode.TabInputText) {
      return input.uri.toString() === this.#uri.toString();
    }
    return (
      input instanceof vscode.TabInputWebview &&
      input.viewType.endsWith('markdown.preview') &&
      label.includes(this.#name)
    );
  }
}
