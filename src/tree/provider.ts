import type * as vscode from 'vscode';
import type { UserRecord } from '../api/luminary.ts';
import type { Pins } from '../connections/pins.ts';
import type { Sessions } from '../connections/sessions.ts';
import type { Settings } from '../connections/settings.ts';
import type { ConnectionStore } from '../connections/store.ts';
import {
  accountFieldNodes,
  accountNodes,
  lookedUpNodes,
  messageNode,
  pageNodes,
  userFieldNodes,
  userNodes,
} from './children.ts';
import type { Drawing } from './drawing.ts';
import { NodeCache } from './nodeCache.ts';
import { connectionOf, parentOf } from './nodes.ts';
import type { AccountNode, ConnectionNode, Node, PageNode, UserNode } from './nodes.ts';
import type { Loader } from './loader.ts';
import { PinnedTree } from './pinned.ts';
import { Redrawing } from './redrawing.ts';
import { ShortWaits } from './shortWaits.ts';
import { subjectOf } from './subject.ts';

/**
 * The tree. Children are answered from what is known; opening a row that is not known yet starts
 * its load, and the row is redrawn when something has come. A page is waited for a short time.
 */
export class ExplorerProvider implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #store: ConnectionStore;
  readonly #sessions: Sessions;
  readonly #loader: Loader;
  readonly #pins: Pins;
  readonly #settings: Pick<Settings, 'sortAccounts'>;
  readonly #cache = new NodeCache();
  readonly #pinned: PinnedTree;
  #drawing: Drawing | undefined;
  readonly #redrawing: Redrawing;
  readonly #waits = new ShortWaits();

  readonly onDidChangeTreeData: vscode.Event<Node | Node[] | undefined>;

  constructor(
    store: ConnectionStore,
    sessions: Sessions,
    loader: Loader,
    pins: Pins,
    settings: Pick<Settings, 'sortAccounts'>,
  ) {
    this.#store = store;
    this.#sessions = sessions;
    this.#loader = loader;
    this.#pins = pins;
    this.#settings = settings;
    this.#pinned = new PinnedTree(pins, { store, sessions, loader }, this.#cache);
    this.#redrawing = new Redrawing({
      store,
      sessions,
      pins,
      cache: this.#cache,
      pinned: this.#pinned,
      waits: this.#waits,
      tooltip: (node) => this.#drawing?.tooltip(node),
    });
    this.onDidChangeTreeData = this.#redrawing.onDidChangeTreeData;
  }

  dispose(): void {
    this.#redrawing.dispose();
  }

  /** Resolves when the editor has been told of every change so far: it can reveal what is new then. */
  get told(): Promise<void> {
    return this.#redrawing.told.then(() => this.#prepare());
  }

  /** The node of a connection, for revealing it. */
  connectionNode(id: string): ConnectionNode | undefined {
    const connection = this.#store.get(id);
    return connection && this.#cache.connection(id, connection.kind);
  }

  /** The node of an account, for revealing it. */
  accountNode(connectionId: string, key: string): AccountNode | undefined {
    const connection = this.connectionNode(connectionId);
    return connection && this.#cache.account(connection, key);
  }

  /** The node of a user of a tenant who is loaded, for revealing it. */
  userNode(connectionId: string, userId: string): UserNode | undefined {
    const pages = this.#sessions.luminary(connectionId)?.pages;
    const connection = this.connectionNode(connectionId);
    const [index, record] = [pages?.pageOf(userId), pages?.user(userId)];
    if (connection === undefined || index === undefined || record === undefined) return undefined;
    return { kind: 'user', parent: this.#cache.page(connection, index), record };
  }

  /** The node of a user that was asked for by its id, for revealing it. */
  lookedUpNode(id: string, record: UserRecord): UserNode | undefined {
    const connection = this.connectionNode(id);
    return connection && { kind: 'user', parent: this.#cache.lookedUp(connection), record };
  }

  /**
   * Draws accounts of a connection anew, wherever they stand; without keys, the connection with all
   * under it.
   */
  redrawAccounts(id: string, keys?: readonly string[]): void {
    this.#redrawing.accounts(id, keys);
  }

  getParent(node: Node): Node | undefined {
    return parentOf(node);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return this.#drawn.item(node);
  }

  resolveTreeItem(item: vscode.TreeItem, node: Node): vscode.TreeItem {
    const tooltip = this.#drawn.tooltip(node);
    if (tooltip !== undefined) item.tooltip = tooltip;
    this.#redrawing.hovered(node, tooltip);
    return item;
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (this.#drawing === undefined) await this.#prepare();
    if (node === undefined) return this.#roots();
    switch (node.kind) {
      case 'connection':
        return this.#connectionChildren(node);
      case 'account':
        return this.#accountChildren(node);
      case 'page':
        return this.#pageChildren(node);
      case 'lookedUp': {
        const session = this.#sessions.luminary(node.parent.id);
        return session === undefined ? [] : lookedUpNodes(node, session);
      }
      case 'user':
        return userFieldNodes(node);
      case 'pinned':
        return this.#pinned.children();
      case 'pin':
        return this.#pinned.childrenOf(node);
      case 'unreadableConnection':
        return [
          messageNode(node, { type: 'keyringHelp' }),
          messageNode(node, { type: 'retryAll' }),
        ];
      case 'field':
      case 'unreadable':
      case 'message':
        return [];
    }
  }

  async #prepare(): Promise<void> {
    const { Drawing } = await import('./drawing.ts');
    this.#drawing ??= new Drawing(this.#store, this.#sessions, this.#pins);
  }

  /** A row is drawn after it was among somebody's children, or revealed after {@link told}. */
  get #drawn(): Drawing {
    if (this.#drawing === undefined) throw new Error('A row is drawn that nobody was given');
    return this.#drawing;
  }

  async #roots(): Promise<Node[]> {
    const connections = await this.#store.ready();
    const nodes = connections.map((connection): Node =>
      connection.kind === 'unreadable'
        ? { kind: 'unreadableConnection', id: connection.id }
        : this.#cache.connection(connection.id, connection.kind),
    );
    this.#redrawing.withPinned = this.#pinned.rows.length > 0;
    if (this.#redrawing.withPinned) nodes.push(this.#pinned.node);
    return this.#store.problem === undefined
      ? nodes
      : [
          messageNode(undefined, { type: 'secretsUnreadable' }),
          messageNode(undefined, { type: 'keyringHelp' }),
          messageNode(undefined, { type: 'retryAll' }),
          ...nodes,
        ];
  }

  async #connectionChildren(node: ConnectionNode): Promise<Node[]> {
    const session = await this.#sessions.open(node.id);
    switch (session?.kind) {
      case undefined:
        return [];
      case 'luma':
        if (session.accounts.state.kind === 'notLoaded') await this.#begin(node);
        return accountNodes(node, session, this.#cache, this.#settings.sortAccounts);
      case 'luminary':
        if (!session.pages.known && session.pages.state(0).kind === 'notLoaded')
          await this.#begin(node);
        if (session.lookedUp.users.length > 0) this.#redrawing.withLookedUp.add(node);
        else this.#redrawing.withLookedUp.delete(node);
        return pageNodes(node, session, this.#cache);
    }
  }

  async #accountChildren(node: AccountNode): Promise<Node[]> {
    const session = this.#sessions.luma(connectionOf(node)?.id);
    if (session === undefined) return [];
    if (session.accounts.get(node.key)?.details.kind === 'notLoaded') await this.#begin(node);
    return accountFieldNodes(node, session);
  }

  async #pageChildren(node: PageNode): Promise<Node[]> {
    const session = this.#sessions.luminary(node.parent.id);
    if (session === undefined) return [];
    if (session.pages.state(node.index).kind === 'notLoaded') {
      this.#waits.begin(node, this.#load(node));
    }
    await this.#waits.end(node);
    return userNodes(node, session);
  }

  async #load(node: Node): Promise<void> {
    const subject = subjectOf(node);
    if (subject !== undefined) await this.#loader.load(subject);
  }

  /** The row is redrawn when something has come: nobody waits here, but for what fails at once. */
  async #begin(node: Node): Promise<void> {
    void this.#load(node);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
