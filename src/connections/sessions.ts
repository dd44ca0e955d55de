import * as vscode from 'vscode';
import type { Connection } from './connection.ts';
import type { LumaSession, LuminarySession, Session, SessionChange } from './session.ts';
import type { Settings } from './settings.ts';
import type { ConnectionStore } from './store.ts';

/** A change in what is known of one connection. */
export interface ConnectionChange {
  readonly id: string;
  readonly change: SessionChange;
}

/** Makes a session; stands behind the first need of one, not in the file that activates. */
export type SessionFactory = (
  connection: Connection,
  pageSize: number,
  changed: (change: SessionChange) => void,
) => Session;

/** The session of each connection, made when first asked for and ended with the connection. */
export class Sessions implements vscode.Disposable {
  readonly #store: ConnectionStore;
  readonly #settings: Settings;
  readonly #factory: () => Promise<SessionFactory>;
  readonly #sessions = new Map<string, { connection: Connection; session: Session }>();
  readonly #changed = new vscode.EventEmitter<ConnectionChange>();
  readonly #subscriptions: readonly vscode.Disposable[];

  /** Fires when something has been read, or could not be. */
  readonly onDidChange = this.#changed.event;

  constructor(store: ConnectionStore, settings: Settings, factory: () => Promise<SessionFactory>) {
    this.#store = store;
    this.#settings = settings;
    this.#factory = factory;
    this.#subscriptions = [
      store.onDidChange(() => {
        this.#follow();
      }),
      settings.onDidChange(() => {
        this.#repage();
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const { session } of this.#sessions.values()) session.dispose();
    this.#sessions.clear();
    this.#changed.dispose();
  }

  /** The session of a connection, made now if need be; undefined if there is no such connection. */
  async open(id: string): Promise<Session | undefined> {
    const factory = await this.#factory();
    const known = this.#sessions.get(id);
    if (known !== undefined) return known.session;
    const connection = this.#store.get(id);
    if (connection === undefined) return undefined;
    const session = factory(connection, this.#settings.pageSize, (change) => {
      this.#changed.fire({ id, change });
    });
    this.#sessions.set(id, { connection, session });
    return session;
  }

  /** The session of a connection, if one was made. */
  get(id: string): Session | undefined {
    return this.#sessions.get(id)?.session;
  }

  /** The session of a Luma connection, if one was made. */
  luma(id: string | undefined): LumaSession | undefined {
    const session = this.get(id ?? '');
    return session?.kind === 'luma' ? session : undefined;
  }

  /** The session of a Luminary connection, if one was made. */
  luminary(id: string | undefined): LuminarySession | undefined {
    const session = this.get(id ?? '');
    return session?.kind === 'luminary' ? session : undefined;
  }

  /** Every session that was made, by its connection's id. */
  get all(): readonly (readonly [string, Session])[] {
    return [...this.#sessions].map(([id, { session }]) => [id, session]);
  }

  /** Ends the sessions of connections that are gone or lead elsewhere, and hands on new credentials. */
  #follow(): void {
    for (const [id, known] of this.#sessions) {
      const connection = this.#store.get(id);
      if (
        connection?.kind !== known.connection.kind ||
        connection.address !== known.connection.address
      ) {
        this.#end(id);
      } else if (credentialOf(connection) !== credentialOf(known.connection)) {
        known.session.use(connection);
        this.#sessions.set(id, { connection, session: known.session });
      }
    }
  }

  #repage(): void {
    const { pageSize } = this.#settings;
    for (const { session } of this.#sessions.values()) {
      if (session.kind === 'luminary') session.pages.cut(pageSize);
    }
  }

  #end(id: string): void {
    this.#sessions.get(id)?.session.dispose();
    this.#sessions.delete(id);
  }
}

function credentialOf(connection: Connection): string {
  return JSON.stringify(connection.kind === 'luma' ? connection.token : connection.credential);
}
