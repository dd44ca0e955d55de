import { createNetwork, sessionFactory } from '../../src/core.ts';
import type { OwnNetwork } from '../../src/core.ts';
import type { Connection } from '../../src/connections/connection.ts';
import { Pins } from '../../src/connections/pins.ts';
import { Sessions } from '../../src/connections/sessions.ts';
import { Settings } from '../../src/connections/settings.ts';
import { ConnectionStore } from '../../src/connections/store.ts';
import { Loader } from '../../src/tree/loader.ts';
import { Log } from '../../src/words/log.ts';
import type { TestServer } from '../server/server.ts';
import { FakeContext } from './fakeSecrets.ts';

/** The product's own parts, wired as the extension wires them, but for the secrets. */
export class Parts {
  readonly context: FakeContext;
  readonly settings = new Settings();
  readonly store: ConnectionStore;
  readonly pins: Pins;
  readonly log = new Log();
  readonly sessions: Sessions;
  readonly loader: Loader;
  readonly #network: OwnNetwork;

  /** Windows on one profile have one context. */
  constructor(context = new FakeContext()) {
    this.context = context;
    this.store = new ConnectionStore(context);
    this.pins = new Pins(context, this.store);
    const options = { timeLimit: () => this.settings.timeLimit, log: this.log.requests };
    this.#network = createNetwork(options);
    const factory = sessionFactory(this.#network.transport, options);
    this.sessions = new Sessions(this.store, this.settings, () => Promise.resolve(factory));
    this.loader = new Loader(this.store, this.sessions, this.log);
  }

  /** The log stays: the extension that runs beside these parts writes to the same channel. */
  dispose(): void {
    for (const part of [
      this.#network,
      this.loader,
      this.sessions,
      this.settings,
      this.pins,
      this.store,
    ])
      part.dispose();
  }
}

/** A connection to the loopback server's tenant. */
export function tenant(server: TestServer, token = server.tokens.luminary): Connection {
  return {
    kind: 'luminary',
    id: 'acme',
    name: 'acme',
    address: server.luminaryAddress,
    credential: { kind: 'token', token },
  };
}
