import type { Connection } from '../connections/connection.ts';
import type { Network } from '../connections/diagnosis.ts';
import type { Pins } from '../connections/pins.ts';
import type { Sessions } from '../connections/sessions.ts';
import type { ConnectionStore, StoreContext } from '../connections/store.ts';
import type { UserIndexes } from '../model/search/userIndexes.ts';
import type { Loader } from '../tree/loader.ts';
import type { Log } from '../words/log.ts';
import type { Explorer } from '../tree/explorer.ts';
import type { Documents } from './documents.ts';

/** What commands work with, as far as it is there before they are loaded. */
export interface Parts {
  readonly store: ConnectionStore;
  readonly sessions: Sessions;
  readonly pins: Pins;
  readonly explorer: Explorer;
  readonly loader: Loader;
  readonly documents: Documents;
  readonly log: Log;
  readonly network: Network;
  /** What outlasts the window. */
  readonly memory: StoreContext['globalState'];
  /** This extension's version. */
  readonly version: string;
}

/** What commands work with. */
export interface Services extends Parts {
  /** Makes the connections to the sample data. */
  readonly samples: () => readonly Connection[];
  readonly indexes: UserIndexes;
}
