import { LumaClient } from '../api/luma.ts';
import { LuminaryClient } from '../api/luminary.ts';
import { tokenUrlFor } from '../api/address.ts';
import { ClientCredentialsTokens, FixedToken } from '../http/oauth.ts';
import type { TokenSource } from '../http/oauth.ts';
import { ScopedTransport } from '../http/scoped.ts';
import type { Transport } from '../http/transport.ts';
import { Accounts } from '../model/accounts.ts';
import type { AccountsChange } from '../model/accounts.ts';
import { UserDirectory } from '../model/directory.ts';
import { LookedUp } from '../model/lookedUp.ts';
import { UserPages } from '../model/userPages.ts';
import type { PagesChange } from '../model/userPages.ts';
import type { Connection } from './connection.ts';

interface SessionBase {
  /** Signs in with another credential from now on; what is loaded stays. */
  use(connection: Connection): void;
  /** Ends every request under way. */
  dispose(): void;
}

/** What is known of a Luma connection while the editor runs. */
export interface LumaSession extends SessionBase {
  readonly kind: 'luma';
  readonly accounts: Accounts;
}

/** What is known of a Luminary connection while the editor runs. */
export interface LuminarySession extends SessionBase {
  readonly kind: 'luminary';
  readonly client: LuminaryClient;
  readonly pages: UserPages;
  readonly lookedUp: LookedUp;
  readonly directory: UserDirectory;
}

/** What is known of a connection while the editor runs. */
export type Session = LumaSession | LuminarySession;

/** What has changed in a session. */
export type SessionChange =
  | AccountsChange
  | PagesChange
  | { readonly kind: 'lookedUp' }
  | { readonly kind: 'user'; readonly id: string };

/** Makes the session of a connection. */
export function createSession(
  connection: Connection,
  transport: Transport,
  pageSize: number,
  changed: (change: SessionChange) => void,
): Session {
  const end = new AbortController();
  const scoped = new ScopedTransport(transport, end.signal);
  const tokens = new ReplaceableTokens(tokensOf(connection, scoped));
  const report = (change: SessionChange) => {
    if (!end.signal.aborted) changed(change);
  };
  const base: SessionBase = {
    use(replaced) {
      tokens.replace(tokensOf(replaced, scoped));
    },
    dispose() {
      end.abort();
    },
  };
  if (connection.kind === 'luma') {
    const client = new LumaClient(scoped, connection.address, tokens);
    return { ...base, kind: 'luma', accounts: new Accounts(client, report) };
  }
  const client = new LuminaryClient(scoped, connection.address, tokens);
  const pages = new UserPages(client, pageSize, report);
  const lookedUp = new LookedUp(client, () => {
    report({ kind: 'lookedUp' });
  });
  const directory = new UserDirectory(
    client,
    (id) => pages.user(id) ?? lookedUp.get(id),
    (id) => {
      report({ kind: 'user', id });
    },
  );
  return { ...base, kind: 'luminary', client, pages, lookedUp, directory };
}

/**
 * Asks for the least that shows whether a connection works.
 *
 * @throws {@link ServiceError}, or the signal's reason
 */
export async function tryConnection(
  connection: Connection,
  transport: Transport,
  signal: AbortSignal,
): Promise<void> {
  const tokens = tokensOf(connection, transport);
  if (connection.kind === 'luma') {
    await new LumaClient(transport, connection.address, tokens).accounts(signal);
  } else {
    await new LuminaryClient(transport, connection.address, tokens).users({ limit: 1 }, signal);
  }
}

function tokensOf(connection: Connection, transport: Transport): TokenSource {
  if (connection.kind === 'luma') return new FixedToken(connection.token);
  const { credential, address } = connection;
  if (credential.kind === 'token') return new FixedToken(credential.token);
  return new ClientCredentialsTokens(transport, {
    tokenUrl: tokenUrlFor(address),
    clientId: credential.clientId,
    clientSecret: credential.clientSecret,
  });
}

/** Hands on whatever source of tokens is in use now. */
class ReplaceableTokens implements TokenSource {
  #tokens: TokenSource;

  constructor(tokens: TokenSource) {
    this.#tokens = tokens;
  }

  replace(tokens: TokenSource): void {
    this.#tokens = tokens;
  }

  get secrets(): readonly string[] {
    return this.#tokens.secrets;
  }

  token(signal?: AbortSignal): Promise<string> {
    return this.#tokens.token(signal);
  }

  refused(token: string): boolean {
    return this.#tokens.refused(token);
  }
}
