import * as vscode from 'vscode';
import { idOf } from './nodes.ts';
import type { Node } from './nodes.ts';

/** What becomes of rows that are dragged; loaded at first need. */
export interface Dragged {
  /** What rows are as a text; empty where they are none. */
  textOf(nodes: readonly Node[]): Promise<string>;
  /** Takes what was dropped on a row, or on empty space. */
  drop(target: Node | undefined, data: vscode.DataTransfer): Promise<void>;
}

/** The kind of what is dragged within the view: the ids of connections, as JSON. */
export const DRAGGED_CONNECTIONS = 'application/vnd.code.tree.lumaluminary.explorer';

/** Lets rows be dragged into editors as a text, and connections among each other. */
export class RowDragging implements vscode.TreeDragAndDropController<Node> {
  readonly dragMimeTypes = ['text/plain'];
  readonly dropMimeTypes = [DRAGGED_CONNECTIONS];
  readonly #dragged: Dragged;

  constructor(dragged: Dragged) {
    this.#dragged = dragged;
  }

  async handleDrag(nodes: readonly Node[], data: vscode.DataTransfer): Promise<void> {
    const ids = nodes.filter(isConnection).map(idOf);
    const item = new vscode.DataTransferItem(JSON.stringify(ids));
    if (ids.length > 0) data.set(DRAGGED_CONNECTIONS, item);
    const text = await this.#dragged.textOf(nodes);
    if (text !== '') data.set('text/plain', new vscode.DataTransferItem(text));
  }

  handleDrop(target: Node | undefined, data: vscode.DataTransfer): Promise<void> {
    return this.#dragged.drop(target, data);
  }
}

/** Whether a row is a connection, also one that can't be read. */
export function isConnection({ kind }: Node): boolean {
  return kind === 'connection' || kind === 'unreadableConnection';
}
