import * as vscode from 'vscode';
import { standingUri } from './documents.ts';
import type { Documents, StandingName } from './documents.ts';

/** What tells the editor and this extension that a preview is in front. */
export interface InFront {
  /** The context key that is set as long as it is in front. */
  readonly key: string;
  /** Is called when it is in front, and again whenever tabs change and it still is. */
  readonly seen?: () => void;
}

/**
 * The preview of a document, which follows when that is renewed. The editor closes and opens the
 * document behind a preview as it likes.
 */
export class Preview implements vscode.Disposable {
  readonly #documents: Pick<Documents, 'askAgain'>;
  readonly #name: StandingName;
  readonly #uri: vscode.Uri;
  readonly #inFront: InFront | undefined;
  #text: string | undefined;
  #subscription: vscode.Disposable | undefined;

  constructor(documents: Pick<Documents, 'askAgain'>, name: StandingName, inFront?: InFront) {
    this.#documents = documents;
    this.#name = name;
    this.#uri = standingUri(name);
    this.#inFront = inFront;
  }

  dispose(): void {
    if (this.#subscription === undefined) return;
    this.#subscription.dispose();
    this.#subscription = undefined;
    this.#setKey(false);
  }

  /** What it shows, if it was given anything yet. */
  get text(): string | undefined {
    return this.#text;
  }

  /** Notes what the editor was given, and gives it. */
  given(text: string): string {
    this.#text = text;
    this.#follow();
    return text;
  }

  /** Brings the preview to the front, with a text. */
  async show(text: string): Promise<void> {
    this.#change(text);
    await this.#told(text);
    this.#follow();
    try {
      const locked = { locked: true }; // Else it would follow whatever Markdown is in front.
      await vscode.commands.executeCommand('markdown.showPreview', this.#uri, undefined, locked);
    } catch {
      // The editor's Markdown features can be switched off.
      await vscode.window.showTextDocument(this.#uri);
    }
    this.#mark();
  }

  /** Has the document asked for again, if it says something else by now. */
  async renew(text: string): Promise<void> {
    // A preview notices that its document is opened as well as that it changes.
    if (this.#change(text)) await vscode.workspace.openTextDocument(this.#uri);
  }

  /** Notes a text, and has the document asked for again if it is another. Gives whether it is. */
  #change(text: string): boolean {
    if (text === this.#text) return false;
    this.#text = text;
    this.#documents.askAgain(this.#name);
    return true;
  }

  /**
   * Waits until the document says this, for a moment at most: a preview that is just opening misses
   * what its document says meanwhile.
   */
  async #told(text: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.#uri);
    if (says(document, text)) return;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const done = (changed: vscode.TextDocument) => {
      if (changed === document) resolve(undefined);
    };
    const subscription = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument((event) => {
        done(event.document);
      }),
      vscode.workspace.onDidCloseTextDocument(done),
    );
    const enough = setTimeout(resolve, 1000, undefined);
    await promise;
    clearTimeout(enough);
    subscription.dispose();
  }

  /** Whether any tab shows it. */
  get isOpen(): boolean {
    return vscode.window.tabGroups.all.some(({ tabs }) => tabs.some((tab) => this.isIn(tab)));
  }

  /** Follows whether it is in front, from now on. */
  #follow(): void {
    if (this.#inFront === undefined) return;
    const mark = () => {
      this.#mark();
    };
    const { onDidChangeTabs, onDidChangeTabGroups } = vscode.window.tabGroups;
    this.#subscription ??= vscode.Disposable.from(
      onDidChangeTabs(mark),
      onDidChangeTabGroups(mark),
    );
    mark();
  }

  /** Tells how it is now: of a tab that was in front already no change is told. */
  #mark(): void {
    if (this.#subscription === undefined) return;
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    const inFront = activeTab !== undefined && this.isIn(activeTab);
    if (inFront) this.#inFront?.seen?.();
    this.#setKey(inFront);
  }

  #setKey(inFront: boolean): void {
    if (this.#inFront === undefined) return;
    void vscode.commands.executeCommand('setContext', this.#inFront.key, inFront);
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

/** Whether a document has the lines of a text. */
function says(document: vscode.TextDocument, text: string): boolean {
  const lines = text.split(/\r\n|\r|\n/);
  return (
    document.lineCount === lines.length &&
    lines.every((line, index) => document.lineAt(index).text === line)
  );
}
