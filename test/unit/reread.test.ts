import assert from 'node:assert/strict';
import { reread } from '../../src/model/reread.ts';
import { UserPass } from '../../src/model/userPass.ts';
import { FakeUsers, Gate, because, failure, isOpen, settle, users } from './fakes.ts';

const never = new AbortController().signal;

let server: FakeUsers;

/** A pass over answers of these sizes. */
async function read(...limits: readonly number[]): Promise<UserPass> {
  const pass = new UserPass();
  for (const limit of limits) {
    pass.take(await server.users({ after: pass.cursor, limit }), limit);
  }
  server.queries.length = 0;
  server.mostAtOnce = 0;
  return pass;
}

function again(old: UserPass, signal = never, told: (read: number) => void = () => undefined) {
  return reread(server, old, old.elements.length, signal, told);
}

beforeEach(() => {
  server = new FakeUsers(20_000);
});

describe('Reading a pass again', () => {
  it('asks by the known cursors, at most four at once', async () => {
    const old = await read(...Array<number>(10).fill(1000));
    const fresh = await again(old);
    assert.deepEqual(fresh.elements, old.elements);
    assert.equal(fresh.cursor, old.cursor);
    assert.equal(server.mostAtOnce, 4);
    assert.equal(server.queries.length, 10);
  });

  it('asks anew as soon as the first of the four has come', async () => {
    const old = await read(...Array<number>(6).fill(1000));
    const gate = (server.gate = new Gate());
    const reading = again(old);
    await settle();
    assert.equal(server.queries.length, 4);
    await gate.open(undefined);
    assert.equal(server.queries.length, 5);
    for (let i = 0; i < 5; i++) await gate.open(undefined);
    assert.equal((await reading).elements.length, 6000);
  });

  it('puts small answers that lie side by side into one', async () => {
    const old = await read(...Array<number>(25).fill(100));
    const fresh = await again(old);
    assert.deepEqual(server.limits, [1000, 1000, 500]);
    assert.deepEqual(fresh.elements, old.elements);
  });

  it('asks for no more than is wanted', async () => {
    server.all = users(0, 250);
    const old = await read(200, 100);
    server.all = users(0, 900);
    const fresh = await again(old);
    assert.deepEqual(server.limits, [250]);
    assert.equal(fresh.elements.length, 250);
  });

  it('goes as far as the answers fit together', async () => {
    const old = await read(1000, 1000, 1000, 1000);
    // A service whose cursors say where a row stood, and whose second page has grown by some rows.
    const shifted = new FakeUsers(20_000);
    const client = {
      async users(...[query, signal]: Parameters<FakeUsers['users']>) {
        const answer = await shifted.users(query, signal);
        return query.after === '1000' ? { ...answer, endCursor: '1990' } : answer;
      },
    };
    const fresh = await reread(client, old, 4000, never, () => undefined);
    assert.deepEqual(
      fresh.segments.map(({ after }) => after),
      [undefined, '1000'],
    );
    assert.equal(fresh.cursor, '1990');
  });

  it('ends where the list ends now', async () => {
    const old = await read(1000, 1000, 1000);
    server.all = users(0, 1500);
    const fresh = await again(old);
    assert.equal(fresh.end, 'complete');
    assert.equal(fresh.elements.length, 1500);
  });

  it('stops at a cursor that the service does not know any more', async () => {
    for (const reason of ['badRequest', 'notFound'] as const) {
      const old = await read(1000, 1000, 1000);
      const gate = (server.gate = new Gate());
      const reading = again(old);
      await gate.open(undefined);
      await gate.fail(failure(reason));
      assert.equal((await reading).elements.length, 1000);
      server.gate = undefined;
    }
  });

  it('fails where an answer fails otherwise, or the first one', async () => {
    const old = await read(1000, 1000, 1000);
    server.failures.push(failure('badRequest'));
    await assert.rejects(again(old), because('badRequest'));
    const gate = (server.gate = new Gate());
    const reading = again(old);
    await gate.open(undefined);
    const failed = assert.rejects(reading, because('timeout'));
    await gate.fail(failure('timeout'));
    await failed;
  });

  it('ends the requests that nobody needs any more', async () => {
    const old = await read(1000, 1000, 1000, 1000);
    const signals: AbortSignal[] = [];
    const client = {
      async users(query: { readonly after?: string | undefined }, signal?: AbortSignal) {
        assert.ok(signal !== undefined);
        signals.push(signal);
        if (query.after === undefined) throw failure('serverError');
        return new Promise<never>(() => undefined);
      },
    };
    await assert.rejects(reread(client, old, 4000, never, () => undefined));
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true, true, true, true],
    );
  });

  it('can be cancelled', async () => {
    const old = await read(1000, 1000);
    server.gate = new Gate();
    const stop = new AbortController();
    const reading = again(old, stop.signal);
    assert.ok(await isOpen(reading));
    stop.abort();
    await assert.rejects(reading, { name: 'AbortError' });
  });

  it('tells how far it is', async () => {
    const old = await read(1000, 1000, 1000);
    const told: number[] = [];
    await again(old, never, (read) => told.push(read));
    assert.deepEqual(told, [0, 1000, 2000]);
  });
});
