import assert from 'node:assert/strict';
import { LuminaryClient } from '../../src/api/luminary.ts';
import { FixedToken } from '../../src/http/oauth.ts';
import { RetryingTransport } from '../../src/http/retry.ts';
import type { RetryOptions } from '../../src/http/retry.ts';
import { UndiciTransport } from '../../src/http/undici.ts';
import { UserPages } from '../../src/model/userPages.ts';
import * as faults from '../server/faults.ts';
import { emptyPageWithMore, pageInfo, repeatedCursor } from '../server/pageFaults.ts';
import { retryAfterForms, unavailable } from '../server/retryAfter.ts';
import { paths } from '../server/services.ts';
import { because, isOpen } from './fakes.ts';
import { World } from './faults/world.ts';

/** Each of them was reproduced in Luminary's official SDK for JavaScript. */
describe('Defects of the official Luminary SDK that are none here', () => {
  let world: World;

  beforeEach(async () => {
    world = await World.start();
  });

  afterEach(async () => {
    await world.close();
  });

  const requestsTo = (path: string) =>
    world.server.requests.filter((request) => request.path === path);

  /** A client with a token of its own over a network of its own. */
  function clientWith(retry: RetryOptions, limit = 30_000): LuminaryClient {
    const network = new UndiciTransport({ timeLimit: () => limit });
    world.closing(() => network.close());
    const tokens = new FixedToken(world.server.tokens.luminary);
    const { luminaryAddress } = world.server;
    return new LuminaryClient(new RetryingTransport(network, retry), luminaryAddress, tokens);
  }

  describe('1: a failed token request', () => {
    it('is not remembered, but made again by the next request', async () => {
      const { pages } = world.luminary;
      world.server.fault({ path: paths.token, fault: faults.respond(400), times: 1 });
      await pages.open(0);
      assert.equal(pages.state(0).kind, 'failed');
      await pages.open(0);
      assert.equal(pages.state(0).kind, 'loaded');
    });

    it('has a time limit', async () => {
      const { pages } = world.luminary;
      world.limit = 60;
      world.server.fault({ path: paths.token, fault: faults.noAnswer });
      await pages.open(0);
      const state = pages.state(0);
      assert.ok(state.kind === 'failed' && because('timeout')(state.error));
    });

    it('is repeated where its failure passes', async () => {
      const { pages } = world.luminary;
      world.server.fault({ path: paths.token, fault: faults.respond(503), times: 2 });
      await pages.open(0);
      assert.equal(pages.state(0).kind, 'loaded');
      assert.equal(requestsTo(paths.token).length, 3);
    });

    it('can be cancelled', async () => {
      const { pages } = world.luminary;
      world.server.fault({ path: paths.token, fault: faults.noAnswer });
      const stop = new AbortController();
      const opened = pages.open(0, { signal: stop.signal });
      const request = await world.server.arrived(1);
      stop.abort();
      await opened;
      assert.equal(pages.state(0).kind, 'cancelled');
      await request.ended;
      assert.equal(request.outcome, 'aborted');
    });
  });

  describe('2: a server that repeats a cursor', () => {
    it('is left, and the list says where it stops', async () => {
      const { pages } = world.luminary;
      world.server.fault({ path: paths.users, fault: repeatedCursor, at: 2 });
      for (const index of [0, 2, 1]) await pages.open(index);
      assert.equal(pages.stopped, 'repeatedCursor');
      assert.equal(requestsTo(paths.users).length, 2);
    });

    it('is asked no further where has_next_page says that there is no more', async () => {
      const { pages } = world.luminary;
      const no = pageInfo({ has_next_page: false, end_cursor: 'more' });
      world.server.fault({ path: paths.users, fault: no });
      await pages.open(0);
      assert.equal(pages.list.end, 'complete');
      await pages.open(1);
      assert.equal(requestsTo(paths.users).length, 1);
    });

    it('tells its total, which is kept', async () => {
      await world.load();
      assert.equal(world.luminary.pages.total, 250);
      assert.equal((await clientWith({}).users({ limit: 1 })).totalCount, 250);
    });
  });

  it('3: an empty page with more to come does not end the list', async () => {
    const pages = new UserPages(clientWith({}), 50, () => undefined);
    world.server.fault({ path: paths.users, fault: emptyPageWithMore, at: 2, times: 1 });
    await pages.open(4);
    assert.equal(pages.list.elements.length, 250);
    assert.equal(pages.list.end, 'complete');
  });

  it('4: HTML is neither “no users” nor part of an error', async () => {
    await world.load();
    const { pages } = world.luminary;
    const page = `<!doctype html><title>Gone</title><p>${'x'.repeat(10_000)}</p>`;
    for (const [status, reason] of [
      [200, 'unexpectedAnswer'],
      [404, 'notFound'],
    ] as const) {
      world.server.heal();
      world.spoil(faults.respond(status, page));
      await pages.refresh();
      assert.ok(because(reason, { status })(pages.refreshError));
      const error = pages.refreshError as Error;
      assert.ok(!`${error.stack ?? ''} ${JSON.stringify(error)}`.includes('Gone'));
      assert.ok(error.message.length < 100);
      assert.equal(pages.elements(0).length, 100);
    }
  });

  it('5: the time limit holds for a body that trickles', async () => {
    world.server.fault({ path: paths.users, fault: faults.trickle() });
    await assert.rejects(clientWith({}, 60).users({}), because('timeout'));
    await world.server.requests[0]?.ended;
    assert.equal(world.server.requests[0]?.outcome, 'aborted');
  });

  describe('6: Retry-After', () => {
    for (const form of ['garbage', 'zero', 'negative', 'past']) {
      it(`that is no time ahead (${form}) does not make it retry at once`, async () => {
        const header = retryAfterForms(Date.now())[form] ?? '';
        world.server.fault({ path: paths.users, fault: unavailable(header), times: 1 });
        await clientWith({ backOff: 60, random: () => 1 }).users({ limit: 1 });
        const [first, second] = requestsTo(paths.users);
        assert.ok(first !== undefined && second !== undefined);
        assert.ok(second.arrivedAt - first.arrivedAt >= 55);
      });
    }

    it('of 30 days is told, not waited for, and does not make it retry', async () => {
      const { thirtyDays = '' } = retryAfterForms(Date.now());
      world.server.fault({ path: paths.users, fault: unavailable(thirtyDays, 429) });
      await assert.rejects(clientWith({ backOff: 1 }).users({}), (error: Error) => {
        assert.ok('retryAt' in error && Number(error.retryAt) > Date.now() + 29 * 86400_000);
        return because('rateLimited', { status: 429 })(error);
      });
      assert.equal(requestsTo(paths.users).length, 1);
    });
  });

  it('7: cancelling in a back-off is noticed at once', async () => {
    world.server.fault({ path: paths.users, fault: faults.respond(503) });
    const stop = new AbortController();
    const client = clientWith({ backOff: 60_000, random: () => 1 });
    const asked = client.users({}, stop.signal);
    await (
      await world.server.arrived(1)
    ).ended;
    assert.ok(await isOpen(asked));
    const began = performance.now();
    stop.abort();
    await assert.rejects(asked, { name: 'AbortError' });
    assert.ok(performance.now() - began < 1000);
    assert.equal(world.server.requests.length, 1);
  });

  it('8: 596 is not repeated', async () => {
    world.server.fault({ path: paths.users, fault: faults.respond(596) });
    await assert.rejects(clientWith({ backOff: 1 }).users({}), because('sessionExpired'));
    assert.equal(world.server.requests.length, 1);
  });

  it('9: a token that was revoked is replaced at once', async () => {
    await world.load();
    world.server.tokens.revoke();
    world.server.requests.length = 0;
    await world.luminary.pages.refresh();
    assert.equal(world.luminary.pages.refreshError, undefined);
    assert.deepEqual(
      world.server.requests.map(({ path }) => path),
      [paths.users, paths.token, paths.users],
    );
  });
});
