import { ask } from '../server/ask.ts';
import type { BareAnswer, BareQuestion } from '../server/ask.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';

/** What the tests of faults work with, new for each. */
export let server: TestServer;
/** The right answer to {@link users}. */
export let right: BareAnswer;

/** What Node says of a connection that was reset. */
export const lost = { code: 'ECONNRESET' };

/** Asks for all users. */
export function users(question: BareQuestion = {}): Promise<BareAnswer> {
  const headers = { authorization: `Bearer ${server.tokens.luminary}` };
  return ask(`${server.luminaryAddress}/users`, { ...question, headers });
}

/** What each test of a suite begins and ends with. */
export function useFresh(): void {
  beforeEach(async () => {
    server = await startServer({ users: 5 });
    right = await users();
  });

  afterEach(async () => {
    await server.close();
  });
}
