import * as vscode from 'vscode';
import { deserialize, serialize } from './connection.ts';
import type { Connection, UnreadableConnection } from './connection.ts';

const PREFIX = 'connection:';
const ORDER = 'connections.order';

/** What the store needs of the extension's context. */
export type StoreContext = Pick<vscode.ExtensionContext, 'secrets'> & {
  readonly globalState: Pick<vscode.Memento, 'get' | 'update'>;
};

/** The editor could not store a secret. It carries no cause, which might tell the secret. */
export class KeyringError extends Error {
  override readonly name = 'KeyringError';
}

/**
 * The connections of this person, one secret each. Their order is all that is kept elsewhere. A
 * change in any window is read again in every window.
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
    this.#subscription = secrets.onDidChange(({ key }) => {
      if (key.startsWith(PREFIX)) void this.#read();
    });
  }

  dispose(): void {
    this.#generation += 1;
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** In the person's order; undefined while the secrets have not been read. */
  get all(): readonly (Connection | UnreadableConnection)[] | undefined {
    return this.#connections;
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

  /** The connections, read if they have not been. */
  async ready(): Promise<readonly (Connection | UnreadableConnection)[]> {
    if (this.#connections === undefined) await (this.#reading ?? this.#read());
    return this.#connections ?? [];
  }

  /** Reads the secrets again. */
  async reload(): Promise<void> {
    await this.#read();
  }

  /**
   * Adds a connection at the end, or replaces the one with its id.
   *
   * @throws {@link KeyringError}
   */
  async save(connection: Connection): Promise<void> {
    try {
      await this.#secrets.store(PREFIX + connection.id, serialize(connection));
    } catch {
      throw new KeyringError();
    }
    const order = this.#order();
    if (!order.includes(connection.id)) {
      await this.#state.update(ORDER, [...order, connection.id]);
    }
    await this.#read();
  }

  /** Deletes a connection's secret, and with it all that is known of it. */
  async remove(id: string): Promise<void> {
    await this.#secrets.delete(PREFIX + id);
    await this.#state.update(
      ORDER,
      this.#order().filter((other) => other !== id),
    );
    await this.#read();
  }

  #order(): readonly string[] {
    const order = this.#state.get<unknown>(ORDER);
    return Array.isArray(order) ? order.filter((id) => typeof id === 'string') : [];
  }

  async #read(): Promise<void> {
    const generation = ++this.#generation;
    this.#reading = this.#readAll(generation);
    await this.#reading;
  }

  async #readAll(generation: number): Promise<void> {
    const connections = await this.#secretConnections();
    if (generation !== this.#generation) {
      await this.#reading;
      return;
    }
    const order = this.#order();
    const place = ({ id }: { id: string }) => {
      const index = order.indexOf(id);
      return index === -1 ? order.length : index;
    };
    this.#connections = connections.sort((a, b) => place(a) - place(b) || (a.id < b.id ? -1 : 1));
    this.#changed.fire();
  }

  async #secretConnections(): Promise<(Connection | UnreadableConnection)[]> {
    try {
      const keys = (await this.#secrets.keys()).filter((key) => key.startsWith(PREFIX));
      this.#problem = undefined;
      return await Promise.all(
        keys.map(async (key) => deserialize(key.slice(PREFIX.length), await this.#secretOf(key))),
      );
    } catch (error) {
      this.#problem = error;
      return [];
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
