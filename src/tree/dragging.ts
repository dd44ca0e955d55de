import * as vscode from 'vscode';
import { idOf, parentOf } from './nodes.ts';
import type { Node } from './nodes.ts';

/** What rows are as a text; empty where they are none. */
export type DraggedText = (nodes: readonly Node[]) => Promise<string>;

/** Puts connections before another one, or at the end without one; all by their ids. */
export type MoveConnections = (
  ids: ReadonlySet<string>,
  before: string | undefined,
) => Promise<void>;

/** The kind of what is dragged within the view: the ids of connections, as JSON. */
const CONNECTIONS = 'application/vnd.code.tree.lumaluminary.explorer';

/** Lets rows be dragged into editors as a text, and connections among each other. */
export class RowDragging implements vscode.TreeDragAndDropController<Node> {
  readonly dragMimeTypes = ['text/plain'];
  readonly dropMimeTypes = [CONNECTIONS];
  readonly #textOf: DraggedText;
  readonly #move: MoveConnections;

  constructor(textOf: DraggedText, move: MoveConnections) {
    this.#textOf = textOf;
    this.#move = move;
  }

  async handleDrag(nodes: readonly Node[], data: vscode.DataTransfer): Promise<void> {
    const ids = nodes.filter(isConnection).map(idOf);
    if (ids.length > 0) data.set(CONNECTIONS, new vscode.DataTransferItem(JSON.stringify(ids)));
    const text = await this.#textOf(nodes);
    if (text !== '') data.set('text/plain', new vscode.DataTransferItem(text));
  }

  async handleDrop(target: Node | undefined, data: vscode.DataTransfer): Promise<void> {
    const ids = readIds((await data.get(CONNECTIONS)?.asString()) ?? '');
    const root = target && rootOf(target);
    if (ids.size === 0 || root?.kind === 'message') return;
    await this.#move(ids, root && isConnection(root) ? idOf(root) : undefined);
  }
}

function isConnection({ kind }: Node): boolean {
  return kind === 'connection' || kind === 'unreadableConnection';
}

/** What stands under a connection counts as it, and what is pinned as the end. */
function rootOf(node: Node): Node {
  const parent = parentOf(node);
  return parent === undefined ? node : rootOf(parent);
}

/** Anything can be dropped that says it is of this kind. */
function readIds(text: string): ReadonlySet<string> {
  try {
    const ids: unknown = JSON.parse(text);
    return new Set(Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []);
  } catch {
    return new Set();
  }
}
