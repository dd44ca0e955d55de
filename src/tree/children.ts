import { isUser } from '../api/luminary.ts';
import type { LumaSession, LuminarySession } from '../connections/session.ts';
import type { AccountOrder } from '../connections/settings.ts';
import { isJsonObject } from '../http/json.ts';
import type { LoadState } from '../model/accounts.ts';
import type { PageState } from '../model/userPages.ts';
import { inOrder } from './accountOrder.ts';
import { accountFields, userFields } from './fields.ts';
import type { Field } from './fields.ts';
import type { NodeCache } from './nodeCache.ts';
import type {
  AccountNode,
  ConnectionNode,
  LookedUpNode,
  Message,
  MessageNode,
  Node,
  PageNode,
  ParentNode,
  UserNode,
} from './nodes.ts';

/** A row that says something under a parent. */
export function messageNode(parent: ParentNode | undefined, message: Message): MessageNode {
  return { kind: 'message', parent, message };
}

/** What failed, and below it what helps. */
function failure(parent: ParentNode, error: unknown): MessageNode[] {
  return [
    messageNode(parent, { type: 'failed', error }),
    messageNode(parent, { type: 'remedy', error }),
  ];
}

/** What is said under a row of which not everything has been read. */
export function statusNodes(parent: ParentNode, state: LoadState | PageState): MessageNode[] {
  switch (state.kind) {
    case 'loaded':
      return [];
    case 'notLoaded':
    case 'loading':
      return [messageNode(parent, { type: 'loading' })];
    case 'cancelled':
      return [
        messageNode(parent, { type: 'cancelled' }),
        messageNode(parent, { type: 'continue' }),
      ];
    case 'failed':
      return failure(parent, state.error);
  }
}

/** The rows under a Luma connection, as far as it is known, as a person wants them sorted. */
export function accountNodes(
  parent: ConnectionNode,
  { accounts }: LumaSession,
  cache: NodeCache,
  order: AccountOrder,
): Node[] {
  const { state, refreshError, all } = accounts;
  if (state.kind !== 'loaded') return statusNodes(parent, state);
  return [
    ...(refreshError === undefined ? [] : failure(parent, refreshError)),
    ...(all.length === 0 ? [messageNode(parent, { type: 'noAccounts' })] : []),
    ...inOrder(all, order, Date.now()).map(({ key, record }): Node =>
      isJsonObject(record)
        ? cache.account(parent, key)
        : { kind: 'unreadable', parent, key, record },
    ),
  ];
}

/** The rows under a Luminary connection, as far as it is known: all its pages. */
export function pageNodes(
  parent: ConnectionNode,
  { pages, lookedUp }: LuminarySession,
  cache: NodeCache,
): Node[] {
  const asked = lookedUp.users.length > 0 ? [cache.lookedUp(parent)] : [];
  if (!pages.known) return [...statusNodes(parent, pages.state(0)), ...asked];
  const { refreshError, stopped, beyond } = pages;
  return [
    ...(refreshError === undefined ? [] : failure(parent, refreshError)),
    ...(pages.count === 0 ? [messageNode(parent, { type: 'noUsers' })] : []),
    ...Array.from({ length: pages.count }, (_, index) => cache.page(parent, index)),
    ...(beyond > 0 && stopped === undefined
      ? [messageNode(parent, { type: 'beyond', count: beyond })]
      : []),
    ...(stopped === undefined
      ? []
      : [
          messageNode(parent, { type: 'stopped', end: stopped }),
          messageNode(parent, { type: 'retry' }),
        ]),
    ...asked,
  ];
}

/** The rows under a page: the users that have been read, and how it stands with the others. */
export function userNodes(parent: PageNode, { pages }: LuminarySession): Node[] {
  const { from } = pages.range(parent.index);
  const users = pages
    .elements(parent.index)
    .map((record, offset): Node =>
      isUser(record)
        ? { kind: 'user', parent, record }
        : { kind: 'unreadable', parent, key: String(from + offset), record },
    );
  const state = pages.state(parent.index);
  switch (state.kind) {
    case 'loaded':
      return users.length === 0 ? [messageNode(parent, { type: 'noUsers' })] : users;
    case 'notLoaded':
    case 'loading':
    case 'cancelled':
    case 'failed':
      return [...users, ...statusNodes(parent, state)];
  }
}

/** The users that were asked for by their ids. */
export function lookedUpNodes(parent: LookedUpNode, { lookedUp }: LuminarySession): Node[] {
  const { users, refreshError } = lookedUp;
  return [
    ...(refreshError === undefined ? [] : failure(parent, refreshError)),
    ...users.map((record): Node => ({ kind: 'user', parent, record })),
  ];
}

/** The rows under an account: its fields, and how it stands with its live details. */
export function accountFieldNodes(parent: AccountNode, { accounts }: LumaSession): Node[] {
  const account = accounts.get(parent.key);
  if (account === undefined || !isJsonObject(account.shown)) return [];
  const { details } = account;
  return [...fieldNodes(parent, accountFields(account.shown)), ...statusNodes(parent, details)];
}

/** The rows under a user: its fields. */
export function userFieldNodes(parent: UserNode): Node[] {
  return fieldNodes(parent, userFields(parent.record));
}

function fieldNodes(parent: AccountNode | UserNode, fields: readonly Field[]): Node[] {
  return fields.map(([name, value]) => ({ kind: 'field', parent, name, value }));
}
