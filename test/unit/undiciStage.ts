import type { HttpRequest } from '../../src/http/transport.ts';
import { UndiciTransport } from '../../src/http/undici.ts';
import type { UndiciOptions } from '../../src/http/undici.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { settle } from './fakes.ts';

/** What the tests of {@link UndiciTransport} work with, new for each. */
export let server: TestServer;
export let transport: UndiciTransport;
/** The body of the right answer to {@link users}. */
export let right: string;

/** A token that no text may hold. */
export const secret = 'user:10001-do-not-tell';

/** A transport whose time limit is 5 s. */
export function make(options: Partial<UndiciOptions> = {}): UndiciTransport {
  return new UndiciTransport({ timeLimit: () => 5000, ...options });
}

/** A request for a few users. */
export function users(more: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'GET',
    url: `${server.luminaryAddress}/users?limit=5`,
    template: '/users',
    headers: { authorization: `Bearer ${server.tokens.luminary}` },
    ...more,
  };
}

/** A body as text. */
export function textOf({ body }: { readonly body: Uint8Array }): string {
  return new TextDecoder().decode(body);
}

/** What each test of a suite begins and ends with. */
export function useFresh(): void {
  beforeEach(async () => {
    server = await startServer({ users: 250 });
    transport = make();
    right = textOf(await transport.send(users()));
    await settle(); // From now on its connection can be used again.
    server.requests.length = 0;
  });

  afterEach(async () => {
    server.heal();
    await server.close();
    await transport.close();
  });
}
