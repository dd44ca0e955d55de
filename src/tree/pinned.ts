import type { Pins } from '../connections/pins.ts';
import type { LumaSession, Session } from '../connections/session.ts';
import type { Sessions } from '../connections/sessions.ts';
import type { ConnectionStore } from '../connections/store.ts';
import type { IdState } from '../model/directory.ts';
import { accountPinId, isPinnedAs } from '../model/pins.ts';
import type { Pin } from '../model/pins.ts';
import { statusNodes } from './children.ts';
import type { Loader } from './loader.ts';
import type { NodeCache } from './nodeCache.ts';
import type { AccountNode, Node, PinNode, PinnedNode, UserNode } from './nodes.ts';
import { pinSubject } from './subject.ts';

/** How it stands with something pinned. */
export type PinState = IdState | { readonly kind: 'account'; readonly key: string };

/** How it stands with something pinned, as far as its connection's session knows. */
export function pinState({ kind, id }: Pin, session: Session | undefined): PinState {
  if (session === undefined) return { kind: 'unknown' };
  if (session.kind === 'luma') return kind === 'account' ? accountState(id, session) : absent;
  return kind === 'user' ? session.directory.state(id) : absent;
}

function accountState(id: string, { accounts }: LumaSession): PinState {
  const { state } = accounts;
  switch (state.kind) {
    case 'notLoaded':
      return { kind: 'unknown' };
    case 'loading':
      return { kind: 'asking' };
    case 'cancelled':
    case 'failed':
      return state;
    case 'loaded': {
      const account = accounts.all.find(({ key, record }) => isPinnedAs(id, key, record));
      return account === undefined ? absent : { kind: 'account', key: account.key };
    }
  }
}

const absent: PinState = { kind: 'absent' };

/** What a row of a user or an account is pinned as, whether it is or not. */
export function pinOf(
  node: AccountNode | UserNode,
  connection: string,
  sessions: Pick<Sessions, 'luma'>,
): Pin {
  if (node.parent.kind === 'pin') return node.parent.pin;
  if (node.kind === 'user') return { connection, kind: 'user', id: node.record.id };
  const record = sessions.luma(connection)?.accounts.get(node.key)?.record ?? null;
  return { connection, kind: 'account', id: accountPinId(node.key, record) };
}

/** The part of the tree that holds what is pinned. Nothing is asked for before it is opened. */
export class PinnedTree {
  readonly #pins: Pins;
  readonly #store: ConnectionStore;
  readonly #sessions: Sessions;
  readonly #loader: Loader;
  readonly #cache: NodeCache;
  #opened = false;

  /** The row above all that is pinned. */
  readonly node: PinnedNode = { kind: 'pinned' };

  constructor(pins: Pins, { store, sessions, loader }: PinnedParts, cache: NodeCache) {
    this.#pins = pins;
    this.#store = store;
    this.#sessions = sessions;
    this.#loader = loader;
    this.#cache = cache;
  }

  /** What is pinned of connections that are there, as rows that say how it stands with each. */
  get rows(): readonly PinNode[] {
    return this.#pins.all.flatMap((pin) => this.#pinNode(pin));
  }

  /** Whether its rows may have been drawn. */
  get opened(): boolean {
    return this.#opened;
  }

  /** The rows under it: what is loaded at once; what isn't is asked for. */
  async children(): Promise<Node[]> {
    this.#opened = true;
    await Promise.all(this.rows.map(({ pin }) => this.#ask(pin)));
    // Nobody waits here, but for what fails at once.
    await new Promise((resolve) => setImmediate(resolve));
    return this.rows.map((row) => this.#recordNode(row));
  }

  /** What stands under a pinned row that has no record to show. */
  childrenOf(row: PinNode): Node[] {
    const state = pinState(row.pin, this.#sessions.get(row.pin.connection));
    switch (state.kind) {
      case 'failed':
      case 'cancelled':
        return statusNodes(row, state);
      case 'unknown':
      case 'asking':
      case 'absent':
      case 'found':
      case 'account':
        return [];
    }
  }

  /** The rows elsewhere in the tree under which something pinned stands, or may. */
  placesOf({ connection, kind, id }: Pin): Node[] {
    const parent = this.#cache.drawn(connection);
    const session = this.#sessions.get(connection);
    if (parent === undefined || session === undefined) return [];
    if (session.kind === 'luma') {
      const state = kind === 'account' ? accountState(id, session) : absent;
      return state.kind === 'account' ? [this.#cache.account(parent, state.key)] : [];
    }
    const { pages, lookedUp } = session;
    const index = pages.pageOf(id);
    return [
      ...(index === undefined ? [] : [this.#cache.page(parent, index)]),
      ...(lookedUp.get(id) === undefined ? [] : [this.#cache.lookedUp(parent)]),
    ];
  }

  #pinNode(pin: Pin): PinNode[] {
    const known = this.#store.get(pin.connection);
    if (known === undefined) return [];
    const connection = this.#cache.connection(known.id, known.kind);
    const state = pinState(pin, this.#sessions.get(known.id)).kind;
    return [{ kind: 'pin', parent: this.node, connection, pin, state: rowStates[state] }];
  }

  async #ask(pin: Pin): Promise<void> {
    const session = await this.#sessions.open(pin.connection);
    if (session !== undefined && isDue(pin, session)) void this.#loader.load(pinSubject(pin));
  }

  #recordNode(row: PinNode): Node {
    const state = pinState(row.pin, this.#sessions.get(row.pin.connection));
    switch (state.kind) {
      case 'found':
        return { kind: 'user', parent: row, record: state.user };
      case 'account':
        return { kind: 'account', parent: row, key: state.key };
      case 'unknown':
      case 'asking':
      case 'absent':
      case 'failed':
      case 'cancelled':
        return row;
    }
  }
}

const rowStates: Readonly<Record<PinState['kind'], PinNode['state']>> = {
  unknown: 'loading',
  asking: 'loading',
  found: 'record',
  account: 'record',
  absent: 'absent',
  failed: 'failed',
  cancelled: 'cancelled',
};

interface PinnedParts {
  readonly store: ConnectionStore;
  readonly sessions: Sessions;
  readonly loader: Loader;
}

/** Whether something is to be asked for: what failed or was cancelled waits for the person. */
function isDue(pin: Pin, session: Session): boolean {
  const state = pinState(pin, session);
  if (state.kind === 'unknown') return true;
  const settled = state.kind === 'absent' || (state.kind === 'found' && state.error === undefined);
  const outdated = session.kind === 'luminary' && session.directory.known(pin.id) === undefined;
  return settled && outdated;
}
