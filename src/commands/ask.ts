import * as vscode from 'vscode';
import { oneLine } from '../http/text.ts';
import { readLumaAccount } from '../api/luma.ts';
import { isUser, readUser } from '../api/luminary.ts';
import type { Connection, UnreadableConnection } from '../connections/connection.ts';
import type { LumaSession, LuminarySession, Session } from '../connections/session.ts';
import { isJsonObject } from '../http/json.ts';
import { accountLabel } from '../tree/accountRow.ts';
import { unreadableConnectionRow } from '../tree/connectionRow.ts';
import { accountFields, fieldLabel, userFields, valueForCopy } from '../tree/fields.ts';
import { errorOf, isLoaded } from '../tree/loader.ts';
import { connectionOf } from '../tree/nodes.ts';
import type { AccountNode, ConnectionNode, FieldNode, Node, UserNode } from '../tree/nodes.ts';
import type { Subject } from '../tree/subject.ts';
import { userLabel } from '../tree/userRow.ts';
import { numberText } from '../words/format.ts';
import { connectionLabel } from '../words/names.ts';
import { plain } from '../words/plain.ts';
import type { Services } from './services.ts';

/** Asks for what a command should work on, where the tree doesn't say. */
export class Ask {
  readonly #services: Pick<Services, 'store' | 'sessions' | 'explorer' | 'loader'>;

  constructor(services: Pick<Services, 'store' | 'sessions' | 'explorer' | 'loader'>) {
    this.#services = services;
  }

  /** The connection of the row that a command is for, where it fits; else {@link connection}. */
  async connectionFor(
    nodes: readonly Node[],
    question: string,
    fits: (connection: Connection) => boolean = () => true,
  ): Promise<Connection | undefined> {
    await this.#services.store.ready();
    const [node] = nodes;
    const chosen = node && this.#services.store.get(connectionOf(node)?.id ?? '');
    return chosen !== undefined && fits(chosen) ? chosen : this.connection(question, fits);
  }

  /** Asks for a connection, unless there is only one; undefined if there is none or none was chosen. */
  async connection(
    placeholder: string,
    fits: (connection: Connection) => boolean = () => true,
  ): Promise<Connection | undefined> {
    const all = await this.#services.store.ready();
    const fitting = all
      .filter((connection) => connection.kind !== 'unreadable')
      .filter((connection) => fits(connection));
    const none =
      all.length === 0
        ? undefined
        : vscode.l10n.t('No connection fits. Connect another in the Luma & Luminary view.');
    return this.#choose(fitting, placeholder, none);
  }

  /** Asks for a connection, those that can't be read included; otherwise like {@link connection}. */
  async anyConnection(placeholder: string): Promise<Connection | UnreadableConnection | undefined> {
    const all = await this.#services.store.ready();
    return this.#choose(all, placeholder);
  }

  async #choose<T extends Connection | UnreadableConnection>(
    connections: readonly T[],
    placeholder: string,
    none = vscode.l10n.t('There is no connection yet. Connect one in the Luma & Luminary view.'),
  ): Promise<T | undefined> {
    if (connections.length === 0) {
      await this.#offerConnecting(none);
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
    if (!(await this.#loaded(connection, session))) return undefined;
    const items: readonly RecordItem<AccountNode | UserNode>[] =
      session.kind === 'luma' ? accountItems(node, session) : userItems(node, session);
    if (items.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('This connection has nothing to choose from.'),
      );
      return undefined;
    }
    const partly = session.kind === 'luminary' && session.pages.list.end !== 'complete';
    return pickRecord(
      items,
      partly
        ? vscode.l10n.t('{0} (from the {1} loaded users)', placeholder, numberText(items.length))
        : placeholder,
    );
  }

  /** Reads a connection's accounts or first users, if they have not been; throws what prevents it. */
  async #loaded({ id, kind, name }: Connection, session: Session): Promise<boolean> {
    const subject: Subject = { kind: 'connection', connection: id };
    if (isLoaded(session, subject)) return true;
    const title = vscode.l10n.t('Loading {0}', connectionLabel({ kind, name }));
    const location = vscode.ProgressLocation.Notification;
    const { loader } = this.#services;
    await vscode.window.withProgress({ location, title, cancellable: true }, (_, token) => {
      token.onCancellationRequested(() => {
        loader.cancel(subject);
      });
      return loader.load(subject);
    });
    const error = errorOf(session, subject);
    if (error !== undefined) throw error as Error;
    return isLoaded(session, subject);
  }

  /** Asks for one of the fields that records have, and gives it of each record that has it. */
  async fields(
    parents: readonly (AccountNode | UserNode)[],
  ): Promise<readonly FieldNode[] | undefined> {
    const fields = parents.flatMap((parent) => this.#fieldsOf(parent));
    const first = new Map(fields.toReversed().map((field) => [field.name, field]));
    const names = [...new Set(fields.map(({ name }) => name))];
    const chosen = await vscode.window.showQuickPick(
      names.map((name) => ({
        label: plain(fieldLabel(name)),
        description: plain(oneLine(valueForCopy(first.get(name)?.value ?? null), 100)),
        name,
      })),
      { placeHolder: vscode.l10n.t('Which value?'), matchOnDescription: true },
    );
    return chosen && fields.filter(({ name }) => name === chosen.name);
  }

  #fieldsOf(parent: AccountNode | UserNode): FieldNode[] {
    const record = this.#recordOf(parent);
    if (!isJsonObject(record)) return [];
    const fields = parent.kind === 'user' ? userFields(record) : accountFields(record);
    return fields.map(([name, value]) => ({ kind: 'field', parent, name, value }));
  }

  #recordOf(node: AccountNode | UserNode): unknown {
    if (node.kind === 'user') return node.record;
    const session = this.#services.sessions.get(node.parent.id);
    return session?.kind === 'luma' ? session.accounts.get(node.key)?.shown : undefined;
  }

  async #offerConnecting(why: string): Promise<void> {
    const show = vscode.l10n.t('Show Explorer');
    const answer = await vscode.window.showInformationMessage(why, show);
    if (answer === show) await this.#services.explorer.show();
  }
}

function connectionItem(connection: Connection | UnreadableConnection): vscode.QuickPickItem {
  if (connection.kind === 'unreadable') return { label: unreadableConnectionRow().label };
  return { label: plain(connectionLabel(connection)), description: plain(connection.label ?? '') };
}

const MAX_SHOWN = 200;

/** Lets one of many records be chosen: those that hold what is typed, not more than fit a glance. */
async function pickRecord<T>(
  items: readonly RecordItem<T>[],
  placeholder: string,
): Promise<T | undefined> {
  const pick = vscode.window.createQuickPick<RecordItem<T>>();
  const { promise, resolve } = Promise.withResolvers<T | undefined>();
  const show = () => {
    const typed = pick.value.trim().toLowerCase();
    const holds = (item: RecordItem<T>) => item.searched.includes(typed);
    pick.items = items.filter(holds).slice(0, MAX_SHOWN);
  };
  pick.placeholder = placeholder;
  pick.onDidChangeValue(show);
  pick.onDidAccept(() => {
    resolve(pick.selectedItems[0]?.node);
  });
  pick.onDidHide(() => {
    resolve(undefined);
  });
  show();
  pick.show();
  try {
    return await promise;
  } finally {
    pick.dispose();
  }
}

function recordItem<T>(
  node: T,
  [label = '', description = '', detail = '']: readonly string[],
): RecordItem<T> {
  return {
    label: plain(label),
    description: plain(description),
    ...(detail !== '' && { detail }),
    searched: [label, description, detail].join(' ').toLowerCase(),
    alwaysShow: true,
    node,
  };
}

interface RecordItem<T> extends vscode.QuickPickItem {
  readonly node: T;
  /** What is looked for in it, in lower case. */
  readonly searched: string;
}

function accountItems(
  parent: ConnectionNode,
  { accounts }: LumaSession,
): RecordItem<AccountNode>[] {
  return accounts.all.flatMap(({ key, record }) => {
    if (!isJsonObject(record)) return [];
    const account = readLumaAccount(record);
    const texts = [accountLabel(key, account), account.userId ?? ''];
    return [recordItem({ kind: 'account' as const, parent, key }, texts)];
  });
}

function userItems(parent: ConnectionNode, { pages }: LuminarySession): RecordItem<UserNode>[] {
  return pages.list.elements.flatMap((record, index) => {
    if (!isUser(record)) return [];
    const user = readUser(record);
    const page = { kind: 'page' as const, parent, index: Math.floor(index / pages.pageSize) };
    const texts = [userLabel(user), oneLine(user.email), user.id];
    return [recordItem({ kind: 'user' as const, parent: page, record }, texts)];
  });
}
