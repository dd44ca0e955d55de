import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';

/** The scheme of the read-only documents. */
export const DOCUMENT_SCHEME = 'luma-luminary';

/**
 * Read-only documents. What they show stays as it was when they were opened, and is forgotten
 * when they are closed; but what is shown as a preview can be renewed, and stands until it is said
 * that it is closed. Their addresses hold no email.
 */
export class Documents implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  /** The addresses of previews, whose documents the editor closes and opens behind them. */
  readonly #previews = new Set<string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable;

  constructor() {
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(DOCUMENT_SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme !== DOCUMENT_SCHEME || this.#previews.has(uri.toString())) return;
        this.#texts.delete(uri.toString());
      }),
      this.#changed,
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#texts.clear();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.#texts.get(uri.toString()) ??
      vscode.l10n.t('// What this document showed was forgotten when the window was closed.')
    );
  }

  /** Opens a document with a text; the name's ending says in which language. */
  async open(name: string, text: string): Promise<void> {
    const uri = vscode.Uri.from({
      scheme: DOCUMENT_SCHEME,
      path: `/${name.replaceAll(/[^\w.-]+/g, '-').slice(-80)}`,
      query: randomUUID(),
    });
    this.#texts.set(uri.toString(), text);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  }

  /** Shows Markdown as a preview that stays with it; there is one of each name. */
  async preview(name: string, text: string): Promise<void> {
    const uri = previewUri(name);
    this.#previews.add(uri.toString());
    await this.#renew(uri, text);
    try {
      await vscode.commands.executeCommand('markdown.showPreview', uri, [uri], { locked: true });
    } catch {
      // The editor's Markdown features can be switched off.
      await vscode.window.showTextDocument(uri);
    }
  }

  /** Renews what a preview shows. */
  async update(name: string, text: string): Promise<void> {
    const uri = previewUri(name);
    if (this.#previews.has(uri.toString())) await this.#renew(uri, text);
  }

  /** Forgets what a preview has shown that is closed. */
  forget(name: string): void {
    const key = previewUri(name).toString();
    this.#previews.delete(key);
    this.#texts.delete(key);
  }

  async #renew(uri: vscode.Uri, text: string): Promise<void> {
    if (this.#texts.get(uri.toString()) === text) return;
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    // A preview notices that its document is opened as well as that it changes.
    await vscode.workspace.openTextDocument(uri);
  }
}

function previewUri(name: string): vscode.Uri {
  return vscode.Uri.from({ scheme: DOCUMENT_SCHEME, path: `/${name}` });
}
