import type * as vscode from 'vscode';
import type { Pins } from '../connections/pins.ts';
import type { Sessions } from '../connections/sessions.ts';
import type { ConnectionStore } from '../connections/store.ts';
import type { Node } from './nodes.ts';
import { Rows } from './rows.ts';
import { treeItem } from './treeItem.ts';
import { tooltipOf } from './tooltips.ts';

/** How rows look and what is said of them; loaded with the first of them. */
export class Drawing {
  readonly #store: ConnectionStore;
  readonly #sessions: Sessions;
  readonly #rows: Rows;

  constructor(store: ConnectionStore, sessions: Sessions, pins: Pins) {
    this.#store = store;
    this.#sessions = sessions;
    this.#rows = new Rows(store, sessions, pins);
  }

  /** The editor's item for a row. Its tooltip is left for when someone looks. */
  item(node: Node): vscode.TreeItem {
    return treeItem(node, this.#rows.of(node));
  }

  /** A row's tooltip as it is now, if it has one. */
  tooltip(node: Node): vscode.TreeItem['tooltip'] {
    return tooltipOf(node, this.#sessions, this.#store, Date.now());
  }
}
