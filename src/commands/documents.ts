import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';

/** The scheme of the read-only documents; the manifest activates the extension for it. */
const DOCUMENT_SCHEME = 'luma-luminary';

/** The documents that are shown as previews, whose tabs are called so, too. Each is there once. */
const standingNames = ['luma-accounts.md', 'keyboard-help.md', 'network-diagnostics.md'] as const;

/** What a document is called that is shown as a preview. */
export type StandingName = (typeof standingNames)[number];

/** Where a document stands that is shown as a preview. */
export function standingUri(name: StandingName): vscode.Uri {
  return vscode.Uri.from({ scheme: DOCUMENT_SCHEME, path: `/${name}` });
}

/**
 * Read-only documents. What they show stays as it was when they were opened, and is forgotten
 * when they are closed. Those that are shown as previews are asked for whenever the editor wants
 * them, also after a restart, when it restores a preview. No address holds an email.
 */
export class Documents implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #standing: (name: StandingName) => Promise<string | undefined>;
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  /** With what gives the text of a document that is shown as a preview, where there is one by now. */
  constructor(standing: (name: StandingName) => Promise<string | undefined>) {
    this.#standing = standing;
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
    const name = standingNames.find((one) => standingUri(one).toString() === uri.toString());
    const text = name === undefined ? this.#texts.get(uri.toString()) : await this.#standing(name);
    return text ?? forgotten(uri);
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

  /** Has the editor ask for a document again that is shown as a preview, if it has it. */
  askAgain(name: StandingName): void {
    this.#changed.fire(standingUri(name));
  }
}

/** Stands in a document that is opened again without having been asked for, such as the last closed one. */
function forgotten({ path }: vscode.Uri): string {
  const text = vscode.l10n.t(
    'What this document showed was forgotten when it was closed. The command that opened it shows it again.',
  );
  return path.endsWith('.json') ? `// ${text}\n` : `${text}\n`;
}
