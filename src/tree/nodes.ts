import type { UserRecord } from '../api/luminary.ts';
import type { Json } from '../http/json.ts';
import type { ListEnd } from '../model/passEnd.ts';

/** One connection; known by its id alone, so that no secret is in the tree. */
export interface ConnectionNode {
  readonly kind: 'connection';
  readonly id: string;
  readonly service: 'luma' | 'luminary';
}

/** A connection whose secret can't be read. */
export interface UnreadableConnectionNode {
  readonly kind: 'unreadableConnection';
  readonly id: string;
}

/** One Luma account. */
export interface AccountNode {
  readonly kind: 'account';
  readonly parent: ConnectionNode;
  readonly key: string;
}

/** One page of a tenant's users. */
export interface PageNode {
  readonly kind: 'page';
  readonly parent: ConnectionNode;
  readonly index: number;
}

/** The users of a tenant that were asked for by their ids. */
export interface LookedUpNode {
  readonly kind: 'lookedUp';
  readonly parent: ConnectionNode;
}

/** One Luminary user. */
export interface UserNode {
  readonly kind: 'user';
  readonly parent: PageNode | LookedUpNode;
  readonly record: UserRecord;
}

/** One field of a record. */
export interface FieldNode {
  readonly kind: 'field';
  readonly parent: AccountNode | UserNode;
  readonly name: string;
  readonly value: Json;
}

/** A record that can't be read. */
export interface UnreadableNode {
  readonly kind: 'unreadable';
  readonly parent: ConnectionNode | PageNode;
  /** What tells it from its neighbours: its key, or its place in the list. */
  readonly key: string;
  readonly record: Json;
}

/** A row that says something about its parent, or offers what helps. */
export interface MessageNode {
  readonly kind: 'message';
  readonly parent: ParentNode | undefined;
  readonly message: Message;
}

/** What a message row says. */
export type Message =
  | { readonly type: 'loading' }
  | { readonly type: 'noAccounts' }
  | { readonly type: 'noUsers' }
  | { readonly type: 'cancelled' }
  | { readonly type: 'failed'; readonly error: unknown }
  | { readonly type: 'remedy'; readonly error: unknown }
  | { readonly type: 'stopped'; readonly end: Exclude<ListEnd, 'complete'> }
  | { readonly type: 'beyond'; readonly count: number }
  | { readonly type: 'secretsUnreadable' }
  | { readonly type: 'retryAll' }
  | { readonly type: 'retry' }
  | { readonly type: 'continue' };

/** Everything that can stand under another row or have rows under it. */
export type ParentNode = ConnectionNode | AccountNode | PageNode | LookedUpNode | UserNode;

/** A row of the tree. */
export type Node = ParentNode | UnreadableConnectionNode | FieldNode | UnreadableNode | MessageNode;

/** The row above, or undefined at the top. */
export function parentOf(node: Node): ParentNode | undefined {
  return 'parent' in node ? node.parent : undefined;
}

/** The connection that a row is or stands under. */
export function connectionOf(node: Node): ConnectionNode | undefined {
  if (node.kind === 'connection') return node;
  const parent = parentOf(node);
  return parent === undefined ? undefined : connectionOf(parent);
}

/**
 * What tells a row from every other in the whole tree, and stays the same over a refresh. Names
 * from a service are quoted, so that none can be taken for a part of the path. A user's id holds
 * the place (`users`) and not the page, from which the user may move to another.
 */
export function idOf(node: Node): string {
  switch (node.kind) {
    case 'connection':
    case 'unreadableConnection':
      return node.id;
    case 'account':
      return `${idOf(node.parent)}/accounts/${JSON.stringify(node.key)}`;
    case 'page':
      return `${idOf(node.parent)}/pages/${String(node.index)}`;
    case 'lookedUp':
      return `${idOf(node.parent)}/lookedUp`;
    case 'user': {
      const place =
        node.parent.kind === 'page' ? `${idOf(node.parent.parent)}/users` : idOf(node.parent);
      return `${place}/${JSON.stringify(node.record.id)}`;
    }
    case 'field':
      return `${idOf(node.parent)}/fields/${JSON.stringify(node.name)}`;
    case 'unreadable':
      return `${idOf(node.parent)}/unreadable/${JSON.stringify(node.key)}`;
    case 'message':
      return `${node.parent === undefined ? '' : idOf(node.parent)}/${node.message.type}`;
  }
}
