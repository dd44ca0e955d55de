import type * as vscode from 'vscode';
import type { Pins } from '../connections/pins.ts';
import type { Sessions } from '../connections/sessions.ts';
import type { ConnectionStore } from '../connections/store.ts';
import { accountRow, unreadableAccountRow } from './accountRow.ts';
import { connectionRow, unreadableConnectionRow } from './connectionRow.ts';
import { fieldRow } from './fields.ts';
import { messageRow, unreadableRow } from './messageRow.ts';
import { connectionOf } from './nodes.ts';
import type { AccountNode, Node, PinNode, UserNode } from './nodes.ts';
import { lookedUpRow, pageRow } from './pageRow.ts';
import { pinOf, pinState } from './pinned.ts';
import type { PinState } from './pinned.ts';
import { pinRow, pinnedNodeRow, pinnedRow } from './pinnedRow.ts';
import type { Row } from './row.ts';
import { tooltipOf } from './tooltips.ts';
import { treeItem } from './treeItem.ts';
import { userRow } from './userRow.ts';

/** How rows look and what is said of them; loaded with the first of them. */
export class Drawing {
  readonly #store: ConnectionStore;
  readonly #sessions: Sessions;
  readonly #pins: Pins;

  constructor(store: ConnectionStore, sessions: Sessions, pins: Pins) {
    this.#store = store;
    this.#sessions = sessions;
    this.#pins = pins;
  }

  /** The editor's item for a row. Its tooltip is left for when someone looks. */
  item(node: Node): vscode.TreeItem {
    return treeItem(node, this.#rowOf(node));
  }

  /** A row's tooltip as it is now, if it has one. */
  tooltip(node: Node): vscode.TreeItem['tooltip'] {
    return tooltipOf(node, this.#sessions, this.#store, Date.now());
  }

  /** What a row shows now. */
  #rowOf(node: Node): Row {
    switch (node.kind) {
      case 'connection': {
        const connection = this.#store.get(node.id);
        return connection === undefined
          ? unreadableConnectionRow()
          : connectionRow(connection, this.#sessions.get(node.id), Date.now());
      }
      case 'unreadableConnection':
        return unreadableConnectionRow();
      case 'account': {
        const account = this.#sessions.luma(connectionOf(node)?.id)?.accounts.get(node.key);
        return account === undefined
          ? unreadableRow(null)
          : this.#marked(node, accountRow(account, Date.now()));
      }
      case 'page': {
        const session = this.#sessions.luminary(node.parent.id);
        return pageRow(session?.pages ?? noPages, node.index);
      }
      case 'lookedUp':
        return lookedUpRow(this.#sessions.luminary(node.parent.id)?.lookedUp.users.length ?? 0);
      case 'user':
        return this.#marked(node, userRow(node.record));
      case 'pinned':
        return pinnedNodeRow(this.#pins.all.filter((p) => this.#store.get(p.connection)).length);
      case 'pin':
        return pinRow(node.pin, this.#stateOf(node), this.#store.get(node.connection.id));
      case 'field':
        return fieldRow(node.name, node.value, Date.now());
      case 'unreadable':
        return node.parent.kind === 'connection'
          ? unreadableAccountRow(node.key, node.record)
          : unreadableRow(node.record);
      case 'message':
        return messageRow(node.message);
    }
  }

  /** The row of a record, by which the menus know whether it is pinned. */
  #marked(node: AccountNode | UserNode, row: Row): Row {
    if (node.parent.kind === 'pin') {
      const state = this.#stateOf(node.parent);
      const error = state.kind === 'found' ? state.error : undefined;
      return pinnedRow(row, this.#store.get(node.parent.connection.id), error);
    }
    const connection = connectionOf(node);
    if (connection === undefined || this.#pins.all.length === 0) return row;
    const pinned = this.#pins.has(pinOf(node, connection.id, this.#sessions));
    return pinned ? { ...row, context: `${row.context}.pinned` } : row;
  }

  #stateOf({ pin }: PinNode): PinState {
    return pinState(pin, this.#sessions.get(pin.connection));
  }
}

const noPages = { count: 0, range: (index: number) => ({ from: index, to: undefined }) };
