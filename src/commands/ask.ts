import * as vscode from 'vscode';
import { oneLine } from '../http/text.ts';
import { readLumaAccount } from '../api/luma.ts';
import type { Connection, UnreadableConnection } from '../connections/connection.ts';
import type { LumaSession, Session } from '../connections/session.ts';
import { isJsonObject } from '../http/json.ts';
import { accountLabel } from '../tree/accountRow.ts';
import { unreadableConnectionRow } from '../tree/connectionRow.ts';
import { accountFields, fieldLabel, userFields, valueForCopy } from '../tree/fields.ts';
import { errorOf, isLoaded } from '../tree/loader.ts';
import { connectionOf } from '../tree/nodes.ts';
import type { AccountNode, ConnectionNode, FieldNode, Node, UserNode } from '../tree/nodes.ts';
import type { Subject } from '../tree/subject.ts';
import { labelledName, nameWithService } from '../words/names.ts';
import { plain } from '../words/plain.ts';
import { UserPicker } from './find/userPicker.ts';
import type { Services } from './services.ts';
import { tell } from './tell.ts';

type AskServices = Pick<Services, 'store' | 'sessions' | 'explorer' | 'loader' | 'indexes'>;

/** Asks for what a command should work on, where the tree doesn't say. */
export class Ask {
  readonly #services: AskServices;

  /** Asks for a user. */
  readonly users: UserPicker;

  constructor(services: AskServices) {
    this.#services = services;
    this.users = new UserPicker(services);
  }

  /**
   * Asks for a connection, unless there is only one; undefined if there is none or none was chosen.
   *
   * @param title what it is asked for, where the question alone doesn't say
   */
  async connection(
    placeholder: string,
    fits: (connection: Connection) => boolean = () => true,
    title?: string,
  ): Promise<Connection | undefined> {
    const { store } = this.#services;
    const all = await store.ready();
    const fitting = store.readable.filter(fits);
    const none =
      all.length === 0
        ? undefined
        : vscode.l10n.t('No connection fits. Connect another in the Luma & Luminary view.');
    return this.#choose(fitting, placeholder, none, title);
  }

  /** The connection of the row that a command is for, if it fits; else one that the person chooses. */
  async connectionFor(
    node: Node | undefined,
    placeholder: string,
    fits: (connection: Connection) => boolean = () => true,
  ): Promise<Connection | undefined> {
    await this.#services.store.ready();
    const chosen = node && this.#services.store.get(connectionOf(node)?.id ?? '');
    return chosen !== undefined && fits(chosen) ? chosen : this.connection(placeholder, fits);
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
    title?: string,
  ): Promise<T | undefined> {
    if (connections.length === 0) {
      await this.#offerConnecting(none);
      return undefined;
    }
    if (connections.length === 1) return connections[0];
    const chosen = await vscode.window.showQuickPick(
      connections.map((connection) => ({ ...connectionItem(connection), connection })),
      { placeHolder: placeholder, ...(title !== undefined && { title }) },
    );
    return chosen?.connection;
  }

  /** All tenants; if there is none, the person is told how to connect one. */
  tenants(): Promise<readonly Connection[]> {
    return this.#ofService(
      'luminary',
      vscode.l10n.t('There is no tenant yet. Connect one in the Luma & Luminary view.'),
    );
  }

  /** One tenant, asked for unless there is only one; none if there is none or none was chosen. */
  async tenant(): Promise<readonly Connection[]> {
    const tenants = await this.tenants();
    if (tenants.length === 0) return [];
    const chosen = await this.#choose(tenants, vscode.l10n.t('Find a user of which tenant?'));
    return chosen === undefined ? [] : [chosen];
  }

  /** All Luma connections; if there is none, the person is told how to connect one. */
  lumas(): Promise<readonly Connection[]> {
    return this.#ofService(
      'luma',
      vscode.l10n.t('There is no Luma token yet. Connect one in the Luma & Luminary view.'),
    );
  }

  async #ofService(kind: Connection['kind'], none: string): Promise<readonly Connection[]> {
    const { store } = this.#services;
    await store.ready();
    const connections = store.readable.filter((connection) => connection.kind === kind);
    if (connections.length === 0) await this.#offerConnecting(none);
    return connections;
  }

  /** The tenants that rows are or stand under. */
  tenantsOf(nodes: readonly Node[]): readonly Connection[] {
    const ids = new Set(nodes.map((node) => connectionOf(node)?.id ?? ''));
    return [...ids].flatMap((id) => {
      const connection = this.#services.store.get(id);
      return connection?.kind === 'luminary' ? [connection] : [];
    });
  }

  /** The rows that a command is for; if there are none, that of a record that the person chooses. */
  async rows(nodes: readonly Node[], placeholder: string): Promise<readonly Node[]> {
    if (nodes.length > 0) return nodes;
    const chosen = await this.record(placeholder);
    return chosen === undefined ? [] : [chosen];
  }

  /** Asks for an account or a user, reading the first ones if none is loaded. */
  async record(placeholder: string): Promise<AccountNode | UserNode | undefined> {
    const connection = await this.connection(
      vscode.l10n.t('Which connection?'),
      undefined,
      placeholder,
    );
    const node = connection && this.#services.explorer.connectionNode(connection.id);
    if (connection === undefined || node === undefined) return undefined;
    return connection.kind === 'luma'
      ? this.#account(connection, node, placeholder)
      : this.#user(connection, placeholder);
  }

  async #user(connection: Connection, title: string): Promise<UserNode | undefined> {
    const found = await this.users.pick([connection], { title });
    return found && this.#services.explorer.userNode(connection.id, found.record.id);
  }

  async #account(
    connection: Connection,
    parent: ConnectionNode,
    placeHolder: string,
  ): Promise<AccountNode | undefined> {
    const session = await this.#services.sessions.open(connection.id);
    if (session?.kind !== 'luma' || !(await this.#loaded(connection, session))) return undefined;
    const items = accountItems(parent, session);
    if (items.length === 0) {
      tell(vscode.l10n.t('This connection has nothing to choose from.'));
      return undefined;
    }
    return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))
      ?.node;
  }

  /** Reads a connection's accounts, if they have not been; throws what prevents it. */
  async #loaded(connection: Connection, session: Session): Promise<boolean> {
    const subject: Subject = { kind: 'connection', connection: connection.id };
    if (isLoaded(session, subject)) return true;
    const title = plain(vscode.l10n.t('Loading {0}', labelledName(connection)));
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
      {
        title: vscode.l10n.t('Copy Value'),
        placeHolder: vscode.l10n.t('Which value?'),
        matchOnDescription: true,
      },
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
    const session = this.#services.sessions.luma(connectionOf(node)?.id);
    return session?.accounts.get(node.key)?.shown;
  }

  async #offerConnecting(why: string): Promise<void> {
    const show = vscode.l10n.t('Show {0}', 'Luma & Luminary');
    const answer = await vscode.window.showInformationMessage(why, show);
    if (answer === show) await this.#services.explorer.show();
  }
}

function connectionItem(connection: Connection | UnreadableConnection): vscode.QuickPickItem {
  if (connection.kind === 'unreadable') return { label: unreadableConnectionRow().label };
  return { label: plain(nameWithService(connection)), description: plain(connection.label ?? '') };
}

interface AccountItem extends vscode.QuickPickItem {
  readonly node: AccountNode;
}

function accountItems(parent: ConnectionNode, { accounts }: LumaSession): AccountItem[] {
  return accounts.all.flatMap(({ key, record }) => {
    if (!isJsonObject(record)) return [];
    const account = readLumaAccount(record);
    return {
      label: plain(accountLabel(key, account)),
      description: plain(account.userId ?? ''),
      node: { kind: 'account', parent, key },
    };
  });
}
