import assert from 'node:assert/strict';
import * as faults from '../../server/faults.ts';
import { harmlessOddities, unexpectedAnswers } from '../../server/named.ts';
import { startServer } from '../../server/server.ts';
import { all, fails, right } from './harness.ts';
import type { FaultCase, Outcome } from './harness.ts';
import type { Fault } from '../../server/exchange.ts';

function answer(name: string, fault: Fault, outcome: Outcome): FaultCase {
  return {
    name,
    begin: (world) => {
      world.spoil(fault);
    },
    then: all(outcome),
  };
}

const unexpected: Outcome = { ...fails('unexpectedAnswer'), told: /not as this service does/ };
const redirected: Outcome = { ...fails('redirected'), told: /leads elsewhere.*30\d/ };

/** A redirect to a stranger, whom the token must never reach. */
function redirectAway(status: 301 | 302 | 303 | 307 | 308): FaultCase {
  return {
    name: `a redirect to another host, ${status}`,
    begin: async (world) => {
      const stranger = await startServer();
      world.closing(async () => {
        await stranger.close();
        assert.equal(stranger.requests.length, 0);
      });
      world.spoil((exchange) =>
        faults.redirect(`${stranger.address}${exchange.request.url}`, status)(exchange),
      );
    },
    then: all(redirected),
  };
}

/** An answer beyond the cap of 32 MB, which is left as soon as that is known. */
function tooLarge(name: string, gzip: boolean): FaultCase {
  let resident = 0;
  return {
    name,
    begin: (world) => {
      resident = process.memoryUsage().rss;
      world.server.requests.length = 0;
      world.spoil(faults.hugeBody(200_000_000, { gzip }));
    },
    then: { users: { ...fails('tooLarge'), told: /too large/ } },
    check: async (world) => {
      assert.ok(process.memoryUsage().rss - resident < 150_000_000, 'memory stays flat');
      const [record] = world.server.requests;
      await record?.ended;
      assert.ok(record !== undefined && record.bytesSent < 50_000_000);
      assert.equal(record.outcome, gzip ? 'answered' : 'aborted');
    },
  };
}

/** Answers that must not be believed, and those that only look odd. */
export const answerFaults: readonly FaultCase[] = [
  ...Object.entries(unexpectedAnswers).map(([name, fault]) =>
    answer(name, fault, name.includes('redirect') ? redirected : unexpected),
  ),
  answer('a number for an object', faults.json(7), unexpected),
  {
    name: 'an error’s body with 200',
    begin: (world) => {
      world.spoil(faults.json({ error: { code: 'E17', message: 'no' } }));
    },
    // One account may well have an error and nothing else.
    then: all(unexpected, { account: right() }),
  },
  ...['text/html', 'text/plain', 'application/octet-stream', ''].map((type) =>
    answer(`right JSON as “${type}”`, faults.contentType(type), unexpected),
  ),
  answer('invalid UTF-8', faults.invalidUtf8, unexpected),
  answer(
    'an encoding that nobody knows',
    faults.withHeaders({ 'content-encoding': 'zstd' }),
    unexpected,
  ),
  answer('204', faults.respond(204), unexpected),
  answer('304', faults.respond(304), { ...fails('redirected'), told: /304/ }),
  ...([301, 302, 303, 307, 308] as const).map(redirectAway),
  tooLarge('200 MB', false),
  tooLarge('200 MB in a small gzip', true),
  ...Object.entries(harmlessOddities).map(([name, fault]) =>
    // Where the connection is closed, the next request may still have been sent on it.
    answer(name, fault, right(name.startsWith('closed') ? [1, 3] : 1)),
  ),
];
