import * as vscode from 'vscode';
import type { Node } from './nodes.ts';

/** What rows are as a text; empty where they are none. */
export type DraggedText = (nodes: readonly Node[]) => Promise<string>;

/** Lets rows be dragged into editors as a text. Nothing can be dropped here. */
export class RowDragging implements vscode.TreeDragAndDropController<Node> {
  readonly dragMimeTypes = ['text/plain'];
  readonly dropMimeTypes = [];
  readonly #textOf: DraggedText;

  constructor(textOf: DraggedText) {
    this.#textOf = textOf;
  }

  async handleDrag(nodes: readonly Node[], data: vscode.DataTransfer): Promise<void> {
    const text = await this.#textOf(nodes);
    if (text !== '') data.set('text/plain', new vscode.DataTransferItem(text));
  }
}
