import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LuminaryClient, UsersAnswer } from '../../src/api/luminary.ts';
import type { Json } from '../../src/http/json.ts';
import { allUsers, isIncompleteList } from '../../src/model/userStream.ts';
import type { UserBatch } from '../../src/model/userStream.ts';
import { FakeUsers, Gate, answer, because, failure, settle, user, users } from './fakes.ts';

const { signal } = new AbortController();

async function allOf(client: Pick<LuminaryClient, 'users'>): Promise<Json[]> {
  const all: Json[] = [];
  for await (const { elements } of allUsers(client, signal)) all.push(...elements);
  return all;
}

/** A client that gives these answers, one after the other, and the last one for ever. */
function answering(...answers: UsersAnswer[]): Pick<LuminaryClient, 'users'> & { asked: number } {
  const client = {
    asked: 0,
    users: () => {
      const given = answers[Math.min(client.asked++, answers.length - 1)];
      assert.ok(given);
      return Promise.resolve(given);
    },
  };
  return client;
}

describe('All users of a tenant', () => {
  it('are read from the first to the last, in the largest requests', async () => {
    const server = new FakeUsers(2500);
    assert.deepEqual(await allOf(server), server.all);
    assert.deepEqual(server.queries, [
      { after: undefined, limit: 1000 },
      { after: '1000', limit: 1000 },
      { after: '2000', limit: 1000 },
    ]);
    assert.equal(server.mostAtOnce, 1);
  });

  it('come with how many there are, in the latest words', async () => {
    const server = new FakeUsers(2500);
    const totals = [undefined, 7, undefined];
    server.total = () => totals[server.queries.length - 1];
    const told: (number | undefined)[] = [];
    for await (const { total } of allUsers(server, signal)) told.push(total);
    assert.deepEqual(told, [undefined, 7, 7]);
  });

  it('come each once, and what is no user each time that it comes', async () => {
    const odd = [null, 'text', {}, { id: '' }, null];
    const client = answering(
      answer([user(2), user(0), user(2, { email: 'other@example.com' }), ...odd], 'a'),
      answer([user(0), ...odd, user(1)], undefined),
    );
    assert.deepEqual(await allOf(client), [user(2), user(0), ...odd, ...odd, user(1)]);
  });

  it('are asked for ahead, while someone works on the answer before', async () => {
    const server = new FakeUsers(3000);
    const batches = allUsers(server, signal);
    await batches.next();
    assert.equal(server.queries.length, 2);
    await settle();
    assert.equal(server.queries.length, 2, 'and no further');
    await batches.return();
  });

  it('are all there when the service says so, whatever cursor it gives', async () => {
    const client = answering(
      answer(users(0, 2), 'a'),
      answer([user(2)], 'a', { hasNextPage: false }),
    );
    assert.deepEqual(await allOf(client), users(0, 3));
  });

  for (const [end, answers] of [
    ['missingCursor', [answer(users(0, 2), undefined, { hasNextPage: true })]],
    ['repeatedCursor', [answer([user(0)], 'a'), answer([user(1)], 'b'), answer([user(2)], 'a')]],
    ['noProgress', Array.from({ length: 60 }, (_, index) => answer([], String(index)))],
  ] as const) {
    it(`are not all there at a ${end}`, async () => {
      const client = answering(...answers);
      await assert.rejects(allOf(client), (error) => isIncompleteList(error) && error.end === end);
      assert.ok(client.asked <= 51);
    });
  }

  it('end with what goes wrong, even while nobody waits for it', async () => {
    const server = new FakeUsers(3000);
    const batches = allUsers(server, signal);
    server.gate = new Gate();
    const first = batches.next();
    await server.gate.open(undefined);
    await first;
    await server.gate.fail(failure('timeout'));
    await settle();
    await assert.rejects(batches.next(), because('timeout'));
    assert.equal((await batches.next()).done, true);
  });

  it('are given up at once when cancelled', async () => {
    const server = new FakeUsers(3000);
    const stop = new AbortController();
    server.gate = new Gate();
    const batches = allUsers(server, stop.signal);
    const first = batches.next();
    await settle();
    const reason = new Error('Enough');
    stop.abort(reason);
    await assert.rejects(first, reason);
  });

  it('are not handed out after the cancelling, though they have come', async () => {
    const stop = new AbortController();
    const batches = allUsers(new FakeUsers(3000), stop.signal);
    await batches.next();
    await settle();
    stop.abort();
    await assert.rejects(batches.next(), { name: 'AbortError' });
  });

  it('are asked for no longer when nobody wants them', async () => {
    const server = new FakeUsers(3000);
    server.gate = new Gate();
    const signals: (AbortSignal | undefined)[] = [];
    const client: Pick<LuminaryClient, 'users'> = {
      users: (query, given) => {
        signals.push(given);
        return server.users(query, given);
      },
    };
    const batches = allUsers(client, signal);
    const first = batches.next();
    await server.gate.open(undefined);
    await first;
    await batches.return();
    assert.deepEqual(
      signals.map((given) => given?.aborted),
      [false, true], // The first has been answered.
    );
  });

  it('come each once however the service shuffles, repeats and cuts them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 20 }), { maxLength: 20 }),
        async (pages) => {
          const answers = pages.map((numbers, index) =>
            answer(
              numbers.map((number) => user(number)),
              `c${index}`,
            ),
          );
          const all = await allOf(answering(...answers, answer([], undefined)));
          const wanted = [...new Set(pages.flat())].map((number) => user(number));
          assert.deepEqual(all, wanted);
        },
      ),
    );
  });

  it('say which batch they came in', async () => {
    const batches: UserBatch[] = [];
    for await (const batch of allUsers(new FakeUsers(1500), signal)) batches.push(batch);
    assert.deepEqual(
      batches.map(({ elements }) => elements.length),
      [1000, 500],
    );
  });
});
