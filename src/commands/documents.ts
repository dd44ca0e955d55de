import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';

/** The scheme of the read-only documents. */
export const DOCUMENT_SCHEME = 'luma-luminary';

/**
 * Read-only documents. What they show stays as it was when they were opened, and is forgotten
 * when they are closed. Their addresses hold no email.
 */
export class Documents implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #subscriptions: vscode.Disposable;

  constructor() {
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(DOCUMENT_SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === DOCUMENT_SCHEME) this.#texts.delete(uri.toString());
      }),
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
}
