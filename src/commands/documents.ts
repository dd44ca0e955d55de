import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';

/** The scheme of the read-only documents; the manifest activates the extension for it. */
const DOCUMENT_SCHEME = 'luma-luminary';

/** What the comparison of accounts is called; its preview's tab, too. */
export const COMPARISON_NAME = 'luma-accounts.md';

/** Where the comparison of accounts stands: of the documents, it alone changes. */
export const comparisonUri = vscode.Uri.from({
  scheme: DOCUMENT_SCHEME,
  path: `/${COMPARISON_NAME}`,
});

/**
 * Read-only documents. What they show stays as it was when they were opened, and is forgotten
 * when they are closed. The comparison of accounts alone is asked for whenever the editor wants it,
 * also for a preview that it restores after a restart. No address holds an email.
 */
export class Documents implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #comparison: () => Promise<string>;
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  /** With what gives the comparison's text. */
  constructor(comparison: () => Promise<string>) {
    this.#comparison = comparison;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
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

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const name = uri.toString();
    return name === comparisonUri.toString()
      ? this.#comparison()
      : (this.#texts.get(name) ?? forgotten(uri));
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

  /** Has the editor ask for the comparison again, if it has it. */
  compareAgain(): void {
    this.#changed.fire(comparisonUri);
  }
}

/** Stands in a document that is opened again without having been asked for, such as the last closed one. */
function forgotten({ path }: vscode.Uri): string {
  const text = vscode.l10n.t(
    'What this document showed was forgotten when it was closed. The command that opened it shows it again.',
  );
  return path.endsWith('.json') ? `// ${text}\n` : `${text}\n`;
}
