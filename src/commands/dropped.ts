import type * as vscode from 'vscode';
import type { ConnectionStore } from '../connections/store.ts';
import { placedBefore } from '../model/order.ts';
import { DRAGGED_CONNECTIONS, isConnection } from '../tree/dragging.ts';
import type { Dragged } from '../tree/dragging.ts';
import { idOf, parentOf } from '../tree/nodes.ts';
import type { Node } from '../tree/nodes.ts';

/** Puts connections before the one that they are dropped on, or else at the end. */
export function dropConnections(
  store: Pick<ConnectionStore, 'ready' | 'reorder'>,
): Dragged['drop'] {
  return async (target: Node | undefined, data: vscode.DataTransfer) => {
    const ids = readIds((await data.get(DRAGGED_CONNECTIONS)?.asString()) ?? '');
    const root = target && rootOf(target);
    if (ids.size === 0 || root?.kind === 'message') return;
    const all = (await store.ready()).map(({ id }) => id);
    const before = root && isConnection(root) ? idOf(root) : undefined;
    await store.reorder(placedBefore(all, (id) => ids.has(id), before));
  };
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
