import * as vscode from 'vscode';
import { diagnose } from '../connections/diagnosis.ts';
import type { Diagnosis } from '../connections/diagnosis.ts';
import { connectionOf } from '../tree/nodes.ts';
import { withSignal } from '../words/cancellation.ts';
import { dateTimeText } from '../words/format.ts';
import { diagnosticsText } from './diagnosticsText.ts';
import type { Run } from './register.ts';
import type { Services } from './services.ts';

/** The command that tells how connections get out, and how far. */
export function diagnosticsCommand({
  store,
  network,
  documents,
  version,
}: Pick<Services, 'store' | 'network' | 'documents' | 'version'>): Record<
  'showNetworkDiagnostics',
  Run
> {
  return {
    async showNetworkDiagnostics({ nodes, fromMenu }) {
      const wanted = new Set(fromMenu ? nodes.map((node) => connectionOf(node)?.id) : []);
      const all = (await store.ready()).filter((connection) => connection.kind !== 'unreadable');
      const some = all.filter(({ id }) => wanted.has(id));
      const text = await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: vscode.l10n.t('Trying the network…'),
          cancellable: true,
        },
        (_, token) =>
          withSignal(token, async (signal) => {
            const observed = await network.observe(() => undefined);
            const { authorities } = observed;
            void observed.close();
            const diagnoses: Diagnosis[] = [];
            // One after the other, so that none waits for what another does.
            for (const connection of some.length > 0 ? some : all) {
              diagnoses.push(await diagnose(connection, network, signal));
            }
            return diagnosticsText({
              about: about(version),
              plan: network.plan,
              authorities,
              diagnoses,
            });
          }),
      );
      await documents.open('network-diagnostics.md', text);
    },
  };
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
