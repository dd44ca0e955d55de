import * as vscode from 'vscode';

/** The scheme of what is shown as a preview. */
const PREVIEW_SCHEME = 'luma-luminary-preview';

/**
 * One Markdown document that is shown as a preview, which follows when it is renewed. The editor
 * closes and opens the document behind a preview as it likes: it is there until it is disposed of.
 */
export class Preview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #name: string;
  readonly #uri: vscode.Uri;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;
  #text = '';

  readonly onDidChange = this.#changed.event;

  /** With a name that ends in `.md`, which its tab shows. */
  constructor(name: string) {
    this.#name = name;
    this.#uri = vscode.Uri.from({ scheme: PREVIEW_SCHEME, path: `/${name}` });
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, this),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  provideTextDocumentContent(): string {
    return this.#text;
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

  /** Changes what it shows. */
  async renew(text: string): Promise<void> {
    if (text === this.#text) return;
    this.#text = text;
    this.#changed.fire(this.#uri);
    // A preview notices that its document is opened as well as that it changes.
    await vscode.workspace.openTextDocument(this.#uri);
  }

  /** Whether any tab shows it. */
  get isOpen(): boolean {
    return vscode.window.tabGroups.all.some(({ tabs }) => tabs.some((tab) => this.isIn(tab)));
  }

  /** Whether a tab shows it: that of a preview has no address, but the name in its label. */
  isIn({ input, label }: vscode.Tab): boolean {
    if (input instanceof vscode.TabInputText) return input.uri.toString() === this.#uri.toString();
    return (
      input instanceof vscode.TabInputWebview &&
      input.viewType.endsWith('markdown.preview') &&
      label.includes(this.#name)
    );
  }
}
