import type { UserRecord } from '../api/luminary.ts';
import type { Json } from '../http/json.ts';
import type { ListEnd } from '../model/passEnd.ts';
import type { Pin } from '../model/pins.ts';

/** One connection; known by its id alone, so that no secret is in the tree. */
export interface ConnectionNode {
  readonly kind: 'connection';
  readonly id: string;
  readonly service: 'luma' | 'luminary';
}

/** A connection whose secret can't be read. */
interface UnreadableConnectionNode {
  readonly kind: 'unreadableConnection';
  readonly id: string;
}

/** One Luma account. */
export interface AccountNode {
  readonly kind: 'account';
  readonly parent: ConnectionNode | PinNode;
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
  readonly parent: PageNode | LookedUpNode | PinNode;
  readonly record: UserRecord;
}

/** What is pinned, of all connections. */
export interface PinnedNode {
  readonly kind: 'pinned';
}

/**
 * One pinned user or account. It is a row itself while there is no record to show; else the
 * record's row stands in its place.
 */
export interface PinNode {
  readonly kind: 'pin';
  readonly parent: PinnedNode;
  readonly connection: ConnectionNode;
  readonly pin: Pin;
  /** A row of another state is another row: the editor keeps one that was closed closed. */
  readonly state: 'record' | 'loading' | 'absent' | 'failed' | 'cancelled';
}

/** One field of a record. */
export interface FieldNode {
  readonly kind: 'field';
  readonly parent: AccountNode | UserNode;
  readonly name: string;
  readonly value: Json;
}

/** A record that can't be read. */
interface UnreadableNode {
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
  | { readonly type: 'keyringHelp' }
  | { readonly type: 'retry' }
  | { readonly type: 'continue' };

/** Everything that can stand under another row or have rows under it. */
export type ParentNode =
  | ConnectionNode
  | UnreadableConnectionNode
  | AccountNode
  | PageNode
  | LookedUpNode
  | UserNode
  | PinnedNode
  | PinNode;

/** A row of the tree. */
export type Node = ParentNode | FieldNode | UnreadableNode | MessageNode;

/** The row above, or undefined at the top. */
export function parentOf(node: Node): ParentNode | undefined {
  if (!('parent' in node)) return undefined;
  const inPlace = node.kind === 'user' || node.kind === 'account';
  return inPlace && node.parent.kind === 'pin' ? node.parent.parent : node.parent;
}

/** The connection that a row is or stands under. */
export function connectionOf(node: Node): ConnectionNode | undefined {
  if (node.kind === 'connection') return node;
  if (node.kind === 'pin') return node.connection;
  return 'parent' in node && node.parent !== undefined ? connectionOf(node.parent) : undefined;
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
    case 'pinned':
      return 'pinned';
    case 'pin': {
      const { kind, id } = node.pin;
      const place = `${idOf(node.parent)}/${idOf(node.connection)}/${kind}`;
      return `${place}/${JSON.stringify(id)}/${node.state}`;
    }
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
