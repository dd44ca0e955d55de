import { LuminaryClient } from '../../src/api/luminary.ts';
import type { UserRecord } from '../../src/api/luminary.ts';
import { ClientCredentialsTokens, FixedToken } from '../../src/http/oauth.ts';
import type { TokenSource } from '../../src/http/oauth.ts';
import type { Transport } from '../../src/http/transport.ts';
import { UndiciTransport } from '../../src/http/undici.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';

/** What the tests of {@link LuminaryClient} work with, new for each. */
export let server: TestServer;
export let network: UndiciTransport;
/** With a token that was pasted. */
export let client: LuminaryClient;
/** With client credentials. */
export let signedIn: LuminaryClient;

/** What each test of a suite begins and ends with. */
export function useFresh(): void {
  beforeEach(async () => {
    server = await startServer({ users: 250 });
    network = new UndiciTransport({ timeLimit: () => 5000 });
    client = clientWith(new FixedToken(server.tokens.luminary));
    signedIn = clientWith(credentials());
  });

  afterEach(async () => {
    await network.close();
    await server.close();
  });
}

/** A client of the server. */
export function clientWith(tokens: TokenSource): LuminaryClient {
  return new LuminaryClient(network, server.luminaryAddress, tokens);
}

/** What the server's client signs in with. */
export function credentials(transport: Transport = network): ClientCredentialsTokens {
  const { clientId, clientSecret } = server.tokens;
  const tokenUrl = server.tokenAddress;
  return new ClientCredentialsTokens(transport, { tokenUrl, clientId, clientSecret });
}

/** An answer of the list, with some of it changed. */
export function page(fields: object = {}, info: object = {}) {
  return {
    data: [],
    page_info: { has_next_page: false, has_previous_page: false, ...info },
    total_count: 0,
    ...fields,
  };
}

/** The id of the user at a place of the list. */
export function id(index: number): string {
  return (server.users.at(index) as UserRecord).id;
}
