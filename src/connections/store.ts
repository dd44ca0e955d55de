import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { ServiceError } from '../http/errors.ts';
import { deserialize, serialize } from './connection.ts';
import type { Connection, UnreadableConnection } from './connection.ts';

const PREFIX = 'connection:';
const ORDER = 'connections.order';

/** What the store needs of the extension's context. */
export type StoreContext = Pick<vscode.ExtensionContext, 'secrets'> & {
  readonly globalState: Pick<vscode.Memento, 'get' | 'update'>;
};

/**
 * The connections of this person, one secret each. Their order is all that is kept elsewhere. A
 * change in any window is read again in every window; another order is not announced, and is
 * followed when a window gets the focus.
 */
export class ConnectionStore implements vscode.Disposable {
  readonly #secrets: vscode.SecretStorage;
  readonly #state: StoreContext['globalState'];
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #connections: readonly (Connection | UnreadableConnection)[] | undefined;
  #reading: Promise<void> | undefined;
  #generation = 0;
  #problem: unknown;

  /** Fires when the connections have been read again; {@link all} is new then. */
  readonly onDidChange = this.#changed.event;

  constructor({ secrets, globalState }: StoreContext) {
    this.#secrets = secrets;
    this.#state = globalState;
    this.#subscription = vscode.Disposable.from(
      secrets.onDidChange(({ key }) => {
        if (key.startsWith(PREFIX)) void this.#read();
      }),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.#sort();
      }),
    );
  }

  dispose(): void {
    this.#generation += 1;
    this.#connections ??= [];
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** In the person's order; undefined while the secrets have not been read. */
  get all(): readonly (Connection | UnreadableConnection)[] | undefined {
    return this.#connections;
  }

  /** Those that can be read; none while the secrets have not been. */
  get readable(): readonly Connection[] {
    return (this.#connections ?? []).filter((connection) => connection.kind !== 'unreadable');
  }

  /** Why the secrets could not be read, if they couldn't. */
  get problem(): unknown {
    return this.#problem;
  }

  /** The readable connection with an id, if it is there. */
  get(id: string): Connection | undefined {
    const found = this.#connections?.find((connection) => connection.id === id);
    return found?.kind === 'unreadable' ? undefined : found;
  }

  /** Whether reading again might show more than there is now. */
  get incomplete(): boolean {
    return (
      this.#problem !== undefined ||
      this.#connections?.some(({ kind }) => kind === 'unreadable') === true
    );
  }

  /** The connections, read if they have not been. */
  async ready(): Promise<readonly (Connection | UnreadableConnection)[]> {
    while (this.#connections === undefined) await (this.#reading ?? this.#read());
    return this.#connections;
  }

  /** Reads the secrets again. */
  async reload(): Promise<void> {
    await this.#read();
  }

  /**
   * Adds a connection at the end, or replaces the one with its id.
   *
   * @throws {@link ServiceError} `secretNotStored`
   */
  async save(connection: Connection): Promise<void> {
    await stored(this.#secrets.store(PREFIX + connection.id, serialize(connection)));
    const order = this.#order();
    if (!order.includes(connection.id)) {
      await this.#state.update(ORDER, [...order, connection.id]);
    }
    await this.#read();
  }

  /**
   * Deletes a connection's secret, and with it all that is known of it.
   *
   * @throws {@link ServiceError} `secretNotStored`
   */
  async remove(id: string): Promise<void> {
    await stored(this.#secrets.delete(PREFIX + id));
    await this.#state.update(
      ORDER,
      this.#order().filter((other) => other !== id),
    );
    await this.#read();
  }

  /** Puts the connections into an order; any that are not named come last. */
  async reorder(ids: readonly string[]): Promise<void> {
    const others = this.#order().filter((id) => !ids.includes(id));
    await this.#state.update(ORDER, [...ids, ...others]);
    this.#sort();
  }

  #order(): readonly string[] {
    const order = this.#state.get<unknown>(ORDER);
    return Array.isArray(order) ? order.filter((id) => typeof id === 'string') : [];
  }

  async #read(): Promise<void> {
    const generation = ++this.#generation;
    const reading = this.#readAll(generation);
    this.#reading = reading;
    await reading;
    // Whoever waits for this reading waits for the newest.
    if (generation !== this.#generation && this.#reading !== reading) await this.#reading;
  }

  async #readAll(generation: number): Promise<void> {
    const before = [this.#connections, this.#problem];
    const outcome = await this.#secretConnections();
    if (generation !== this.#generation) return;
    this.#problem = outcome.problem;
    this.#connections = outcome.connections?.toSorted(this.#byOrder()) ?? this.#connections ?? [];
    if (!isDeepStrictEqual(before, [this.#connections, this.#problem])) this.#changed.fire();
  }

  /** Follows the order as it is kept now. */
  #sort(): void {
    const before = this.#connections;
    this.#connections = before?.toSorted(this.#byOrder());
    if (before?.some((connection, at) => connection !== this.#connections?.[at]))
      this.#changed.fire();
  }

  #byOrder(): (a: { id: string }, b: { id: string }) => number {
    const order = this.#order();
    const place = ({ id }: { id: string }) =>
      order.includes(id) ? order.indexOf(id) : order.length;
    return (a, b) => place(a) - place(b) || (a.id < b.id ? -1 : 1);
  }

  /** What the secrets hold, or why they can't be read: what was read before stays then. */
  async #secretConnections(): Promise<{
    connections?: (Connection | UnreadableConnection)[];
    problem?: unknown;
  }> {
    try {
      const keys = (await this.#secrets.keys()).filter((key) => key.startsWith(PREFIX));
      const connections = await Promise.all(
        keys.map(async (key) => deserialize(key.slice(PREFIX.length), await this.#secretOf(key))),
      );
      return { connections };
    } catch (error) {
      return { problem: error };
    }
  }

  async #secretOf(key: string): Promise<string | undefined> {
    try {
      return await this.#secrets.get(key);
    } catch {
      return undefined; // What the keyring can't decrypt is shown as unreadable.
    }
  }
}

/** Whatever the keyring says stays here: it might tell the secret. */
async function stored(outcome: Thenable<void>): Promise<void> {
  try {
    await outcome;
  } catch {
    throw new ServiceError('secretNotStored');
  }
}
