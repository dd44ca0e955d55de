import * as vscode from 'vscode';
import type { Pins } from '../connections/pins.ts';
import type { ConnectionChange, Sessions } from '../connections/sessions.ts';
import type { ConnectionStore } from '../connections/store.ts';
import type { Pin } from '../model/pins.ts';
import type { NodeCache } from './nodeCache.ts';
import type { ConnectionNode, Node } from './nodes.ts';
import type { PinnedTree } from './pinned.ts';
import type { ShortWaits } from './shortWaits.ts';

type Tooltip = vscode.TreeItem['tooltip'];

/** What rows are drawn anew from, and what is known of those that stand there. */
interface RedrawnParts {
  readonly store: ConnectionStore;
  readonly sessions: Sessions;
  readonly pins: Pins;
  readonly cache: NodeCache;
  readonly pinned: PinnedTree;
  readonly waits: ShortWaits;
  /** What hovers over a row, as it is now. */
  readonly tooltip: (node: Node) => Tooltip;
}

/** Has the editor draw anew, of what stands in the tree, what something has changed of. */
export class Redrawing implements vscode.Disposable {
  readonly #parts: RedrawnParts;
  readonly #changed = new vscode.EventEmitter<Node | Node[] | undefined>();
  readonly #subscription: vscode.Disposable;
  /** What hovers over connections, which the editor keeps until it draws their rows anew. */
  readonly #tooltips = new Map<ConnectionNode, Tooltip>();
  #told = Promise.resolve();

  /** Whether the row above what is pinned stands there. */
  withPinned = false;

  /** The tenants whose row of users that were asked for stands there. */
  readonly withLookedUp = new WeakSet<ConnectionNode>();

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(parts: RedrawnParts) {
    const { store, sessions, pins, cache } = parts;
    this.#parts = parts;
    this.#subscription = vscode.Disposable.from(
      store.onDidChange(() => {
        cache.keep(new Set(store.all?.map(({ id }) => id)));
        this.#tell(undefined);
      }),
      sessions.onDidChange((change) => {
        this.#redraw(change);
        this.#redrawPinned(change);
      }),
      pins.onDidChange((changed) => {
        this.#redrawPins(changed);
      }),
    );
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** Resolves when the editor has been told of every change so far. */
  get told(): Promise<void> {
    return this.#told;
  }

  /** Notes what hovers over a row from now on: of a connection it tells when it was read. */
  hovered(node: Node, tooltip: Tooltip): void {
    if (node.kind === 'connection') this.#tooltips.set(node, tooltip);
  }

  /**
   * Draws accounts of a connection anew, wherever they stand; without keys, the connection with all
   * under it.
   */
  accounts(id: string, keys?: readonly string[]): void {
    const { cache } = this.#parts;
    const node = cache.drawn(id);
    if (node !== undefined) this.#tell(keys?.map((key) => cache.account(node, key)) ?? node);
    this.#redrawPinned({ id, change: { kind: 'all' } });
  }

  /**
   * Tells of a change once all children that were answered before it are on their way: the editor
   * sends what falls into the same moment as one, and then takes the old children for the new.
   */
  #tell(changed: Node | Node[] | undefined): void {
    if (changed === undefined) this.#tooltips.clear();
    else if ('kind' in changed && changed.kind === 'connection') this.#tooltips.delete(changed);
    this.#told = new Promise((resolve) => {
      setTimeout(() => {
        this.#changed.fire(changed);
        resolve();
      }, MOMENT);
    });
  }

  #redraw({ id, change }: ConnectionChange): void {
    const { cache } = this.#parts;
    const node = cache.drawn(id);
    if (node === undefined) return;
    switch (change.kind) {
      case 'all':
        this.#tell(node);
        return;
      case 'account':
        this.#tell(cache.account(node, change.key));
        return;
      case 'read':
        this.#redrawHovered(node);
        return;
      case 'lookedUp':
        this.#redrawLookedUp(node);
        return;
      case 'pages':
        this.#redrawPages(node, change.indexes);
        return;
      case 'user': // It stands under no row of the connection's.
    }
  }

  /** What somebody has seen hovering over a row must not be seen again when it isn't true. */
  #redrawHovered(node: ConnectionNode): void {
    const tooltip = this.#tooltips.get(node);
    if (tooltip !== undefined && tooltip !== this.#parts.tooltip(node)) this.#tell(node);
  }

  /** The row itself comes with the first user and goes with the last one. */
  #redrawLookedUp(node: ConnectionNode): void {
    const { sessions, cache } = this.#parts;
    const some = (sessions.luminary(node.id)?.lookedUp.users.length ?? 0) > 0;
    const stays = some && this.withLookedUp.has(node);
    this.#tell(stays ? cache.lookedUp(node) : node);
  }

  /** The last page is drawn in any case: its name may be another now. */
  #redrawPages(node: ConnectionNode, indexes: readonly number[]): void {
    const { sessions, cache, waits } = this.#parts;
    const last = (sessions.luminary(node.id)?.pages.count ?? 0) - 1;
    const pages = indexes
      .map((index) => cache.page(node, index))
      .filter((page) => page.index === last || !waits.has(page));
    if (pages.length > 0) this.#tell(pages);
  }

  /** What is pinned follows what is known of its connection. */
  #redrawPinned({ id, change }: ConnectionChange): void {
    if (change.kind === 'read') return;
    const { pins, pinned } = this.#parts;
    const concerned =
      change.kind === 'user'
        ? pins.has({ connection: id, kind: 'user', id: change.id })
        : pins.all.some(({ connection }) => connection === id);
    if (concerned && pinned.opened) this.#tell(pinned.node);
  }

  /** The row above all comes with the first pin and goes with the last one. */
  #redrawPins(changed: readonly Pin[]): void {
    const { pinned } = this.#parts;
    const some = pinned.rows.length > 0;
    if (some !== this.withPinned) this.#tell(undefined);
    else this.#tell([pinned.node, ...changed.flatMap((pin) => pinned.placesOf(pin))]);
  }
}

/** In ms: longer than the 1 ms for which the extension host gathers what it sends. */
const MOMENT = 5;
