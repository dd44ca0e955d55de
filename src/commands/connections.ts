import * as vscode from 'vscode';
import {
  connectLuma,
  connectLuminary,
  hasClient,
  nameProblem,
  replaceToken,
} from '../connections/connect.ts';
import type { Connection } from '../connections/connection.ts';
import { readArguments } from '../connections/draft.ts';
import type { ConnectionStore } from '../connections/store.ts';
import { stepped } from '../model/order.ts';
import { connectionOf } from '../tree/nodes.ts';
import type { Node } from '../tree/nodes.ts';
import { labelledName } from '../words/names.ts';
import { plain } from '../words/plain.ts';
import { say } from './clipboard.ts';
import type { Ask } from './ask.ts';
import { COMMAND_PREFIX } from './ids.ts';
import type { CommandId } from './ids.ts';
import type { Run } from './register.ts';
import type { Services } from './services.ts';

type Names =
  | 'connectLuma'
  | 'connectLuminary'
  | 'exploreSampleData'
  | 'replaceToken'
  | 'renameConnection'
  | 'moveConnectionUp'
  | 'moveConnectionDown'
  | 'disconnect';

/** The commands on connections. */
export function connectionCommands(
  services: Pick<Services, 'store' | 'loader' | 'explorer' | 'network' | 'samples'>,
  ask: Ask,
): Record<Names, Run> {
  const { store, loader, explorer } = services;
  const flow = { store, transport: services.network.transport };

  async function show(connection: Connection | undefined): Promise<void> {
    if (connection !== undefined) await explorer.reveal(connection.id);
  }

  /** The connections that rows are or stand under, or one that the person chooses. */
  async function chosenIds(nodes: readonly Node[], question: string): Promise<Set<string>> {
    const ids = nodes.flatMap((node) =>
      node.kind === 'unreadableConnection' ? node.id : (connectionOf(node)?.id ?? []),
    );
    if (ids.length > 0) return new Set(ids);
    const chosen = await ask.anyConnection(question);
    return new Set(chosen === undefined ? [] : [chosen.id]);
  }

  async function move(nodes: readonly Node[], direction: 'up' | 'down', question: string) {
    const moving = await chosenIds(nodes, question);
    const all = (await store.ready()).map(({ id }) => id);
    await store.reorder(stepped(all, (id) => moving.has(id), direction));
  }

  return {
    async connectLuma({ argument }) {
      await show(await connectLuma(readArguments(argument), flow));
    },

    async connectLuminary({ argument }) {
      await show(await connectLuminary(readArguments(argument), flow));
    },

    async exploreSampleData() {
      await store.ready();
      for (const sample of services.samples()) {
        if (store.get(sample.id) === undefined) await store.save(sample);
      }
      await explorer.show();
      for (const { id } of services.samples()) await explorer.expand(id);
    },

    async replaceToken({ first }) {
      await store.ready();
      if (store.readable.length > 0 && !store.readable.some(isReal)) {
        await offerConnecting();
        return;
      }
      const connection = await ask.connectionFor(
        first,
        vscode.l10n.t('Replace the token of which connection?'),
        isReal,
      );
      const replaced = connection && (await replaceToken(connection, flow));
      if (replaced === undefined) return;
      say(
        hasClient(replaced)
          ? vscode.l10n.t('Client ID and secret replaced')
          : vscode.l10n.t('Token replaced'),
      );
      await loader.refresh({ kind: 'connection', connection: replaced.id });
    },

    async renameConnection({ first }) {
      const connection = await ask.connectionFor(first, vscode.l10n.t('Rename which connection?'));
      if (connection === undefined) return;
      const name = await vscode.window.showInputBox({
        title: vscode.l10n.t('Rename Connection'),
        prompt: plain(vscode.l10n.t('New name of {0}', labelledName(connection))),
        value: connection.name,
        validateInput: (name) =>
          nameProblem(name, connection.kind, othersOf(connection, store.all)),
      });
      const current = store.get(connection.id);
      if (name !== undefined && current !== undefined) {
        await store.save({ ...current, name: name.trim() });
      }
    },

    moveConnectionUp: ({ nodes }) => move(nodes, 'up', vscode.l10n.t('Move which connection up?')),

    moveConnectionDown: ({ nodes }) =>
      move(nodes, 'down', vscode.l10n.t('Move which connection down?')),

    async disconnect({ nodes }) {
      const ids = await chosenIds(nodes, vscode.l10n.t('Disconnect which connection?'));
      if (ids.size === 0 || !(await confirmed([...ids].map((id) => store.get(id))))) return;
      for (const id of ids) await store.remove(id);
    },
  };
}

function othersOf(
  { id }: Connection,
  all: ConnectionStore['all'],
): NonNullable<ConnectionStore['all']> {
  return (all ?? []).filter((other) => other.id !== id);
}

/** Sample data needs no credential, and none must be asked for in its name. */
function isReal(connection: Connection): boolean {
  return connection.sample !== true;
}

/** Says that nothing that is connected has a token, and offers to connect what has one. */
async function offerConnecting(): Promise<void> {
  const luma = vscode.l10n.t('Connect Luma…');
  const luminary = vscode.l10n.t('Connect Luminary…');
  const why = vscode.l10n.t('Sample data has no token that could be replaced.');
  const answer = await vscode.window.showInformationMessage(why, luma, luminary);
  if (answer === undefined) return;
  const command: CommandId = answer === luma ? 'connectLuma' : 'connectLuminary';
  await vscode.commands.executeCommand(COMMAND_PREFIX + command);
}

/** Sample data comes back with one click; a credential does not. */
async function confirmed(connections: readonly (Connection | undefined)[]): Promise<boolean> {
  if (connections.every((connection) => connection?.sample === true)) return true;
  const disconnect = vscode.l10n.t('Disconnect');
  const names = connections.map(
    (c) => (c && labelledName(c)) ?? vscode.l10n.t('a connection that can’t be read'),
  );
  const answer = await vscode.window.showWarningMessage(
    plain(vscode.l10n.t('Disconnect {0}?', names.join(', '))),
    {
      modal: true,
      detail: vscode.l10n.t(
        'The stored credential is deleted from this computer. Nothing changes at the service.',
      ),
    },
    disconnect,
  );
  return answer === disconnect;
}
