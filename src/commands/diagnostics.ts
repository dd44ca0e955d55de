import * as vscode from 'vscode';
import type { Connection } from '../connections/connection.ts';
import { diagnose } from '../connections/diagnosis.ts';
import type { Diagnosis } from '../connections/diagnosis.ts';
import { connectionOf } from '../tree/nodes.ts';
import { withSignal } from '../words/cancellation.ts';
import { dateTimeText } from '../words/format.ts';
import type { Ask } from './ask.ts';
import { say } from './clipboard.ts';
import { diagnosticsText } from './diagnosticsText.ts';
import { Preview } from './preview.ts';
import type { Run } from './register.ts';
import type { Services } from './services.ts';

type Names = 'showNetworkDiagnostics' | 'diagnoseConnection' | 'copyNetworkDiagnostics';

/** The document that tells how connections get out, and how far, as it was last made. */
export class NetworkReport implements vscode.Disposable {
  readonly #services: Pick<Services, 'store' | 'network' | 'version'>;
  readonly #preview: Preview;

  constructor(services: Pick<Services, 'store' | 'network' | 'documents' | 'version'>) {
    this.#services = services;
    // Lets the button that copies stand.
    const inFront = { key: 'lumaLuminary.diagnosed' };
    this.#preview = new Preview(services.documents, 'network-diagnostics.md', inFront);
  }

  dispose(): void {
    this.#preview.dispose();
  }

  /** The document in Markdown, if it was made since the start. */
  get text(): string | undefined {
    return this.#preview.text;
  }

  /**
   * The commands that make it, for all connections or for some, and copy it. They are more than one,
   * as a menu of the view is told of the row with the focus in the way that a row's menu is.
   */
  commands(ask: Ask): Record<Names, Run> {
    return {
      showNetworkDiagnostics: () => this.#showAll(),
      diagnoseConnection: async ({ nodes }) => {
        await this.#services.store.ready();
        const wanted = new Set(nodes.map((node) => connectionOf(node)?.id));
        const rows = this.#services.store.readable.filter(({ id }) => wanted.has(id));
        const chosen = rows.length > 0 ? rows : await this.#asked(ask);
        if (chosen.length > 0) await this.#show(chosen);
      },
      copyNetworkDiagnostics: async () => {
        if (this.text === undefined) await this.#showAll();
        await vscode.env.clipboard.writeText(this.text ?? '');
        say(vscode.l10n.t('Copied network diagnostics'));
      },
    };
  }

  async #asked(ask: Ask): Promise<readonly Connection[]> {
    const chosen = await ask.connection(vscode.l10n.t('Try the network of which connection?'));
    return chosen === undefined ? [] : [chosen];
  }

  async #showAll(): Promise<void> {
    await this.#services.store.ready();
    await this.#show(this.#services.store.readable);
  }

  async #show(connections: readonly Connection[]): Promise<void> {
    const text = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Trying the network…'),
        cancellable: true,
      },
      (_, token) => withSignal(token, (signal) => this.#made(connections, signal)),
    );
    await this.#preview.show(text);
  }

  async #made(connections: readonly Connection[], signal: AbortSignal): Promise<string> {
    const { network, version } = this.#services;
    const observed = await network.observe(() => undefined);
    const { authorities } = observed;
    void observed.close();
    const diagnoses: Diagnosis[] = [];
    // One after the other, so that none waits for what another does.
    for (const connection of connections) {
      diagnoses.push(await diagnose(connection, network, signal));
    }
    return diagnosticsText({ about: about(version), plan: network.plan, authorities, diagnoses });
  }
}

function about(version: string): string {
  return [
    dateTimeText(Date.now()),
    `Luma & Luminary Explorer ${version}`,
    `VS Code ${vscode.version}`,
    `Node.js ${process.versions.node}`,
    `${process.platform} ${process.arch}`,
  ].join(' · ');
}
