import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { LumaClient } from '../../src/api/luma.ts';
import { LuminaryClient } from '../../src/api/luminary.ts';
import { isServiceError } from '../../src/http/errors.ts';
import { LoggedTransport } from '../../src/http/logged.ts';
import { ClientCredentialsTokens, FixedToken } from '../../src/http/oauth.ts';
import { RetryingTransport } from '../../src/http/retry.ts';
import { ScopedTransport } from '../../src/http/scoped.ts';
import { UndiciTransport } from '../../src/http/undici.ts';
import { cursorAt } from '../../src/sample/luminary.ts';
import type { Fault } from '../server/exchange.ts';
import * as faults from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { settle } from './fakes.ts';

const count = 10_000;
const atOnce = 20;
const share = 0.05;

/** What may happen to a request, each as likely as the others. */
const mishaps: readonly Fault[] = [
  ...[400, 401, 403, 404, 408, 429, 500, 502, 503, 504, 596].map((status) =>
    faults.respond(status, { error: 'by chance' }),
  ),
  faults.resetBeforeHeaders,
  faults.cutInBody('reset'),
  faults.cutInBody('close'),
  faults.closeAfterAnswer,
  faults.headersThenSilence,
  faults.trickle(20),
  faults.truncatedJson,
  faults.htmlWith200,
  faults.redirect('/login'),
  faults.brokenGzip,
  faults.gzipped,
  faults.hugeBody(200_000),
];

/** Numbers from 0 to 1 that look random and are the same each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Both clients over the whole stack; one signal is handed to everything that they do. */
class Clients {
  readonly stop = new AbortController();
  readonly scope = new AbortController();
  readonly luma: LumaClient;
  readonly luminary: LuminaryClient;
  /** How many requests the log has told of. */
  requests = 0;
  readonly #network = new UndiciTransport({ timeLimit: () => 1000 });

  constructor(server: TestServer) {
    const log = () => {
      this.requests++;
    };
    const logged = new LoggedTransport(this.#network, { info: log, warn: log });
    const repeated = new RetryingTransport(logged, { backOff: 2 });
    const scoped = new ScopedTransport(repeated, this.scope.signal);
    const { luma, clientId, clientSecret } = server.tokens;
    const credentials = { tokenUrl: server.tokenAddress, clientId, clientSecret };
    this.luma = new LumaClient(scoped, server.lumaAddress, new FixedToken(luma));
    this.luminary = new LuminaryClient(
      scoped,
      server.luminaryAddress,
      new ClientCredentialsTokens(scoped, credentials),
    );
  }

  /** Asks one of three questions and says whether the answer was right; throws what they throw. */
  async ask(number: number, { users, accounts }: TestServer): Promise<boolean> {
    const { signal } = this.stop;
    if (number % 10 === 0) {
      const found = await this.luma.accounts(signal);
      return found.map(({ key }) => key).join() === [...accounts.keys()].join();
    }
    const position = (number * 37) % (users.size - 10);
    if (number % 10 === 1) {
      const expected = users.at(position) as { readonly id: string };
      return isDeepStrictEqual(await this.luminary.user(expected.id, signal), expected);
    }
    const after = cursorAt(position);
    const { data, totalCount } = await this.luminary.users({ after, limit: 5 }, signal);
    const expected = [1, 2, 3, 4, 5].map((offset) => users.at(position + offset));
    return totalCount === users.size && isDeepStrictEqual(data, expected);
  }

  async close(): Promise<void> {
    await this.#network.close();
  }
}

/** How so many questions were answered: how many rightly, and how many failed for which reason. */
async function answers(clients: Clients, server: TestServer, questions: number) {
  const tally = { right: 0, failed: new Map<string, number>() };
  let next = 0;
  const worker = async () => {
    while (next < questions) {
      const number = next++;
      try {
        assert.ok(await clients.ask(number, server), `answer ${number} is wrong`);
        tally.right++;
      } catch (error) {
        if (!isServiceError(error)) throw error;
        tally.failed.set(error.reason, (tally.failed.get(error.reason) ?? 0) + 1);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return tally;
}

/** What keeps a process running, by kind, Mocha's own timer included. */
function resources(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in use on the heap. */
async function heap(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    await settle();
    collectGarbage();
  }
  return process.memoryUsage().heapUsed;
}

describe('A load of 10,000 requests with faults by chance', function () {
  this.timeout(120_000);

  it('has right answers or typed errors, and leaves nothing behind', async () => {
    await settle(); // Mocha's own timer begins with the first wait.
    const before = resources();
    const server = await startServer({ users: 1000 });
    const random = seeded(20_260_501);
    let faulty = 0;
    server.fault((exchange) => {
      if (random() >= share) return undefined;
      faulty++;
      return mishaps[Math.floor(random() * mishaps.length)]?.(exchange);
    });
    const clients = new Clients(server);

    // What is made once stays: it is there before the heap is measured.
    await answers(clients, server, 1000);
    server.requests.length = 0;
    const heapBefore = await heap();
    [clients.requests, faulty] = [0, 0];
    const began = performance.now();
    const { right, failed } = await answers(clients, server, count);
    const took = performance.now() - began;
    server.requests.length = 0;
    const heapAfter = await heap();

    const failures = [...failed.values()].reduce((sum, number) => sum + number, 0);
    assert.equal(right + failures, count);
    assert.ok(clients.requests >= count && faulty > 0.03 * clients.requests);
    assert.ok(faulty < 0.07 * clients.requests);
    assert.ok(right > 0.95 * count, `${right} right`);
    assert.ok([...failed.keys()].every((reason) => reason !== 'invalidCredential'));

    assert.deepEqual(getEventListeners(clients.stop.signal, 'abort'), []);
    assert.deepEqual(getEventListeners(clients.scope.signal, 'abort'), []);
    await clients.close();
    while ((await server.connectionCount()) > 0) await settle();
    await server.close();
    await settle();
    assert.deepEqual(resources(), before);
    const grown = (heapAfter - heapBefore) / 1e6;
    assert.ok(grown < 3, `the heap has grown by ${grown.toFixed(1)} MB`);

    console.log(
      `    ${count} questions, ${clients.requests} requests, ${faulty} faults: ${right} right, ` +
        `${failures} failed (${[...failed].map((entry) => entry.join(' ')).join(', ')}); ` +
        `${(took / 1000).toFixed(1)} s, heap ${grown >= 0 ? '+' : ''}${grown.toFixed(1)} MB`,
    );
  });
});
