import type { AccountNode, ConnectionNode, LookedUpNode, PageNode } from './nodes.ts';

/**
 * The node objects that are redrawn on their own. The editor knows a row by the object it was
 * given, so a row keeps its object as long as its connection is there.
 */
export class NodeCache {
  readonly #connections = new Map<string, ConnectionNodes>();

  /** The node of a connection. */
  connection(id: string, service: ConnectionNode['service']): ConnectionNode {
    return this.#nodes(id, service).node;
  }

  /** The node of a connection that was drawn before. */
  drawn(id: string): ConnectionNode | undefined {
    return this.#connections.get(id)?.node;
  }

  /** The node of an account. */
  account(parent: ConnectionNode, key: string): AccountNode {
    const { accounts } = this.#nodes(parent.id, parent.service);
    const node = accounts.get(key) ?? { kind: 'account', parent, key };
    accounts.set(key, node);
    return node;
  }

  /** The node of a page. */
  page(parent: ConnectionNode, index: number): PageNode {
    const { pages } = this.#nodes(parent.id, parent.service);
    return (pages[index] ??= { kind: 'page', parent, index });
  }

  /** The node of a tenant's users that were asked for by their ids. */
  lookedUp(parent: ConnectionNode): LookedUpNode {
    const nodes = this.#nodes(parent.id, parent.service);
    return (nodes.lookedUp ??= { kind: 'lookedUp', parent });
  }

  /** Forgets every connection but these. */
  keep(ids: ReadonlySet<string>): void {
    for (const id of this.#connections.keys()) {
      if (!ids.has(id)) this.#connections.delete(id);
    }
  }

  #nodes(id: string, service: ConnectionNode['service']): ConnectionNodes {
    const nodes: ConnectionNodes = this.#connections.get(id) ?? {
      node: { kind: 'connection', id, service },
      accounts: new Map<string, AccountNode>(),
      pages: [],
    };
    this.#connections.set(id, nodes);
    return nodes;
  }
}

interface ConnectionNodes {
  readonly node: ConnectionNode;
  readonly accounts: Map<string, AccountNode>;
  readonly pages: PageNode[];
  lookedUp?: LookedUpNode;
}
