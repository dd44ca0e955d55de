import * as vscode from 'vscode';
import { readLumaAccount } from '../api/luma.ts';
import { isUser, readUser } from '../api/luminary.ts';
import type { Connection, UnreadableConnection } from '../connections/connection.ts';
import type { LumaSession, LuminarySession, Session } from '../connections/session.ts';
import { isJsonObject } from '../http/json.ts';
import { withSignal } from '../words/cancellation.ts';
import { accountLabel } from '../tree/accountRow.ts';
import { connectionLabel, unreadableConnectionRow } from '../tree/connectionRow.ts';
import { accountFields, fieldLabel, userFields, valueForCopy } from '../tree/fields.ts';
import type { AccountNode, ConnectionNode, FieldNode, Node, UserNode } from '../tree/nodes.ts';
import { userLabel } from '../tree/userRow.ts';
import { numberText, oneLine } from '../words/format.ts';
import { plain } from '../words/plain.ts';
import type { Services } from './services.ts';

/** Asks for what a command should work on, where the tree doesn't say. */
export class Ask {
  readonly #services: Pick<Services, 'store' | 'sessions' | 'explorer'>;

  constructor(services: Pick<Services, 'store' | 'sessions' | 'explorer'>) {
    this.#services = services;
  }

  /** Asks for a connection, unless there is only one; undefined if there is none or none was chosen. */
  async connection(
    placeholder: string,
    fits: (connection: Connection) => boolean = () => true,
  ): Promise<Connection | undefined> {
    const all = await this.#services.store.ready();
    return this.#choose(
      all.filter((connection) => connection.kind !== 'unreadable').filter((c) => fits(c)),
      placeholder,
    );
  }

  /** Asks for a connection, those that can't be read included; otherwise like {@link connection}. */
  async anyConnection(placeholder: string): Promise<Connection | UnreadableConnection | undefined> {
    const all = await this.#services.store.ready();
    return this.#choose(all, placeholder);
  }

  async #choose<T extends Connection | UnreadableConnection>(
    connections: readonly T[],
    placeholder: string,
  ): Promise<T | undefined> {
    if (connections.length === 0) {
      await this.#offerConnecting();
      return undefined;
    }
    if (connections.length === 1) return connections[0];
    const chosen = await vscode.window.showQuickPick(
      connections.map((connection) => ({ ...connectionItem(connection), connection })),
      { placeHolder: placeholder },
    );
    return chosen?.connection;
  }

  /** Asks for an account or a user, reading the first ones if none is loaded. */
  async record(placeholder: string): Promise<AccountNode | UserNode | undefined> {
    const connection = await this.connection(vscode.l10n.t('Which connection?'));
    const node = connection && this.#services.explorer.connectionNode(connection.id);
    const session = connection && (await this.#services.sessions.open(connection.id));
    if (connection === undefined || node === undefined || session === undefined) return undefined;
    if (!isLoaded(session)) {
      const title = vscode.l10n.t('Loading {0}', connectionLabel(connection));
      if (!(await withProgress(title, (signal) => load(session, signal)))) return undefined;
    }
    const items: readonly RecordItem<AccountNode | UserNode>[] =
      session.kind === 'luma' ? accountItems(node, session) : userItems(node, session);
    if (items.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('This connection has nothing to choose from.'),
      );
      return undefined;
    }
    const chosen = await vscode.window.showQuickPick(items, {
      placeHolder:
        session.kind === 'luminary' && session.pages.list.end !== 'complete'
          ? vscode.l10n.t('{0} (from the {1} loaded users)', placeholder, numberText(items.length))
          : placeholder,
      matchOnDescription: true,
      matchOnDetail: true,
    });
    return chosen?.node;
  }

  /** Asks for one of a record's fields. */
  async field(parent: AccountNode | UserNode): Promise<FieldNode | undefined> {
    const record = this.#recordOf(parent);
    if (!isJsonObject(record)) return undefined;
    const fields = parent.kind === 'user' ? userFields(record) : accountFields(record);
    const chosen = await vscode.window.showQuickPick(
      fields.map(([name, value]) => ({
        label: plain(fieldLabel(name)),
        description: plain(oneLine(valueForCopy(value), 100)),
        node: { kind: 'field', parent, name, value } satisfies FieldNode,
      })),
      { placeHolder: vscode.l10n.t('Which value?'), matchOnDescription: true },
    );
    return chosen?.node;
  }

  #recordOf(node: AccountNode | UserNode): unknown {
    if (node.kind === 'user') return node.record;
    const session = this.#services.sessions.get(node.parent.id);
    return session?.kind === 'luma' ? session.accounts.get(node.key)?.record : undefined;
  }

  async #offerConnecting(): Promise<void> {
    const show = vscode.l10n.t('Show Explorer');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('There is no connection yet. Connect one in the Luma & Luminary view.'),
      show,
    );
    if (answer === show) await this.#services.explorer.show();
  }
}

function connectionItem(connection: Connection | UnreadableConnection): vscode.QuickPickItem {
  if (connection.kind === 'unreadable') return { label: unreadableConnectionRow().label };
  return { label: plain(connectionLabel(connection)), description: plain(connection.label ?? '') };
}

async function withProgress(
  title: string,
  task: (signal: AbortSignal) => Promise<void>,
): Promise<boolean> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (_, token) =>
      withSignal(token, async (signal) => {
        try {
          await task(signal);
        } catch (error) {
          if (!signal.aborted) throw error;
        }
        return !signal.aborted;
      }),
  );
}

function isLoaded(session: Session): boolean {
  return session.kind === 'luma' ? session.accounts.state.kind === 'loaded' : session.pages.known;
}

/** Reads a connection's accounts or first users; throws what prevents it. */
async function load(session: Session, signal: AbortSignal): Promise<void> {
  if (session.kind === 'luma') {
    const { accounts } = session;
    await accounts.refresh(signal);
    if (accounts.state.kind === 'failed') throw accounts.state.error;
    return;
  }
  const { pages } = session;
  await pages.open(0, { signal });
  const state = pages.state(0);
  if (state.kind === 'failed') throw state.error;
}

interface RecordItem<T extends Node> extends vscode.QuickPickItem {
  readonly node: T;
}

function accountItems(
  parent: ConnectionNode,
  { accounts }: LumaSession,
): RecordItem<AccountNode>[] {
  return accounts.all.flatMap(({ key, record }) => {
    if (!isJsonObject(record)) return [];
    const account = readLumaAccount(record);
    return [
      {
        label: plain(accountLabel(key, account)),
        description: plain(account.userId ?? ''),
        node: { kind: 'account' as const, parent, key },
      },
    ];
  });
}

function userItems(parent: ConnectionNode, { pages }: LuminarySession): RecordItem<UserNode>[] {
  return pages.list.elements.filter(isUser).map((record, index) => {
    const user = readUser(record);
    const page = { kind: 'page' as const, parent, index: Math.floor(index / pages.pageSize) };
    return {
      label: userLabel(user),
      description: oneLine(user.email),
      detail: user.id,
      node: { kind: 'user' as const, parent: page, record },
    };
  });
}
