import * as vscode from 'vscode';
import type { UserRecord } from '../api/luminary.ts';
import type { Pins } from '../connections/pins.ts';
import type { Sessions } from '../connections/sessions.ts';
import type { Settings } from '../connections/settings.ts';
import type { ConnectionStore } from '../connections/store.ts';
import { RowDragging } from './dragging.ts';
import type { Dragged } from './dragging.ts';
import type { GlanceStatus, GlanceView } from './glance.ts';
import { reached } from './milestones.ts';
import type { ConnectionNode, Node, UserNode } from './nodes.ts';
import type { Loader } from './loader.ts';
import { ExplorerProvider } from './provider.ts';

type RevealOptions = NonNullable<Parameters<vscode.TreeView<Node>['reveal']>[1]>;

/** The id of the view in the sidebar. */
export const EXPLORER_VIEW = 'lumaLuminary.explorer';

/** The view in the sidebar: the tree, what stands beside it, and what decides on its welcome buttons. */
export class Explorer implements GlanceView, vscode.Disposable {
  readonly #provider: ExplorerProvider;
  readonly #view: vscode.TreeView<Node>;
  readonly #subscriptions: vscode.Disposable;

  constructor(
    store: ConnectionStore,
    sessions: Sessions,
    loader: Loader,
    pins: Pins,
    settings: Settings,
    dragged: Dragged,
  ) {
    this.#provider = new ExplorerProvider(store, sessions, loader, pins, settings);
    this.#view = vscode.window.createTreeView(EXPLORER_VIEW, {
      treeDataProvider: this.#provider,
      canSelectMany: true,
      showCollapseAll: true,
      dragAndDropController: new RowDragging(dragged),
    });
    this.#subscriptions = vscode.Disposable.from(
      this.#view,
      this.#provider,
      this.#view.onDidExpandElement(({ element: { kind } }) => {
        if (kind === 'user' || kind === 'account') reached('opened');
      }),
      store.onDidChange(() => {
        tellWhetherSome('connected', store.all?.length !== 0 || store.problem !== undefined);
        tellWhetherSome(
          'tenants',
          store.all?.some(({ kind }) => kind === 'luminary'),
        );
        tellWhetherSome(
          'lumas',
          store.all?.some(({ kind }) => kind === 'luma'),
        );
      }),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** Whether the rows can be seen. */
  get visible(): boolean {
    return this.#view.visible;
  }

  get onDidChangeVisibility(): vscode.Event<unknown> {
    return this.#view.onDidChangeVisibility;
  }

  tell({ badge, description }: GlanceStatus): void {
    this.#view.badge = badge;
    this.#view.description = description ?? '';
  }

  redraw(connection: string, keys?: readonly string[]): void {
    this.#provider.redrawAccounts(connection, keys);
  }

  /** The rows that are selected. */
  get selection(): readonly Node[] {
    return this.#view.selection;
  }

  /** The node of a connection, if it is there. */
  connectionNode(id: string): ConnectionNode | undefined {
    return this.#provider.connectionNode(id);
  }

  /** Brings the view to the front. */
  async show(): Promise<void> {
    await vscode.commands.executeCommand(`${EXPLORER_VIEW}.focus`);
  }

  /** Brings the view to the front, and opens a connection in it. */
  async reveal(id: string): Promise<void> {
    await this.show();
    await this.#reveal(this.connectionNode(id), { select: true, focus: true, expand: true });
  }

  /** The node of a user of a tenant who is loaded. */
  userNode(connectionId: string, userId: string): UserNode | undefined {
    return this.#provider.userNode(connectionId, userId);
  }

  /** Brings the view to the front, and selects a user of a tenant who is loaded; whether one is. */
  async revealUser(connectionId: string, userId: string): Promise<boolean> {
    const node = this.userNode(connectionId, userId);
    if (node === undefined) return false;
    await this.show();
    await this.#reveal(node);
    reached('found');
    return true;
  }

  /** Brings the view to the front, and selects a user that was asked for by its id. */
  async revealLookedUp(connectionId: string, record: UserRecord): Promise<void> {
    await this.show();
    await this.#reveal(this.#provider.lookedUpNode(connectionId, record));
    reached('found');
  }

  /** Brings the view to the front, and selects an account that is loaded. */
  async revealAccount(connectionId: string, key: string): Promise<void> {
    await this.show();
    await this.#reveal(this.#provider.accountNode(connectionId, key));
  }

  /** Opens a connection where it stands. */
  async expand(id: string): Promise<void> {
    await this.#reveal(this.connectionNode(id), { select: false, expand: true });
  }

  /** The editor passes over a row, silently, that it has not been told of. */
  async #reveal(
    node: Node | undefined,
    options: RevealOptions = { select: true, focus: true },
  ): Promise<void> {
    await this.#provider.told;
    if (node !== undefined) await this.#view.reveal(node, options);
  }
}

/** Sets what decides on menus and welcome buttons. */
function tellWhetherSome(context: 'connected' | 'tenants' | 'lumas', some = false): void {
  const value = some ? 'some' : 'none';
  void vscode.commands.executeCommand('setContext', `lumaLuminary.${context}`, value);
}
