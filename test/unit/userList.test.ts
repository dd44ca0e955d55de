import assert from 'node:assert/strict';
import { UserList } from '../../src/model/userList.ts';
import { Gate, because, failure, isOpen, settle, users } from './fakes.ts';
import { server, list, changes, setClock, begin, ids, shown, useFresh } from './userListStage.ts';

describe('UserList: loading', () => {
  useFresh();
  it('begins with nothing and asks for nothing', () => {
    assert.deepEqual(list.elements, []);
    assert.equal(list.end, undefined);
    assert.equal(list.total, undefined);
    assert.equal(list.readAt, undefined);
    assert.equal(list.refreshing, false);
    assert.equal(list.reaches(0), true);
    assert.equal(list.reaches(1), false);
    assert.deepEqual(server.queries, []);
  });

  it('asks for what is wanted and no more', async () => {
    await list.loadTo(100);
    assert.deepEqual(server.queries, [{ after: undefined, limit: 100 }]);
    assert.deepEqual(shown(), ids(0, 100));
    assert.equal(list.total, 5000);
    assert.deepEqual(changes, [{ kind: 'grown', from: 0, to: 100 }]);
    await list.loadTo(100);
    await list.loadTo(40);
    assert.equal(server.queries.length, 1);
  });

  it('asks for as much at a time as the service allows', async () => {
    await list.loadTo(100);
    await list.loadTo(3150);
    assert.deepEqual(server.limits, [100, 1000, 1000, 1000, 50]);
    assert.deepEqual(shown(), ids(0, 3150));
    assert.deepEqual(changes.slice(-2), [
      { kind: 'grown', from: 2100, to: 3100 },
      { kind: 'grown', from: 3100, to: 3150 },
    ]);
  });

  it('asks on where answers are smaller than what was asked for', async () => {
    server.largest = 30;
    await list.loadTo(100);
    assert.deepEqual(server.limits, [100, 70, 40, 10]);
    assert.deepEqual(shown(), ids(0, 100));
  });

  it('ends with the last user', async () => {
    begin(120);
    await list.loadTo(1000);
    assert.deepEqual(server.limits, [1000]);
    assert.equal(list.end, 'complete');
    assert.equal(list.reaches(1_000_000), true);
    await list.loadTo(2000);
    assert.equal(server.queries.length, 1);
  });

  it('ends with an empty list', async () => {
    begin(0);
    await list.loadTo(100);
    assert.equal(list.end, 'complete');
    assert.deepEqual(changes, [{ kind: 'grown', from: 0, to: 0 }]);
  });

  it('remembers when the first of it was read, as it was asked for', async () => {
    server.gate = new Gate();
    const loaded = list.loadTo(10);
    setClock(2000);
    await server.gate.open(undefined);
    await loaded;
    server.gate = undefined;
    await list.loadTo(20);
    assert.equal(list.readAt, 1000);
  });

  it('tells how far it is before each request', async () => {
    const told: [number, number][] = [];
    await list.loadTo(2500, { progress: (read, wanted) => told.push([read, wanted]) });
    assert.deepEqual(told, [
      [0, 2500],
      [1000, 2500],
      [2000, 2500],
    ]);
  });

  it('tells how far it is of all there are where more are wanted', async () => {
    const told: [number, number][] = [];
    server.all = users(0, 1500);
    await list.loadTo(Infinity, { progress: (read, wanted) => told.push([read, wanted]) });
    assert.deepEqual(told, [
      [0, Infinity],
      [1000, 1500],
    ]);
    assert.deepEqual(server.limits, [1000, 1000]);
    assert.equal(list.end, 'complete');
  });

  it('has one request under way at a time, whoever asks for what', async () => {
    await Promise.all([100, 5000, 10, 2000, 1, 3500, 100].map((count) => list.loadTo(count)));
    assert.equal(server.mostAtOnce, 1);
    assert.deepEqual(shown(), ids(0, 5000));
    // The first request had begun before the others asked; from then on each is as large as can be.
    assert.deepEqual(server.limits, [100, 1000, 1000, 1000, 1000, 900]);
  });

  it('lets go those who have what they want before the others', async () => {
    const gate = (server.gate = new Gate());
    const small = list.loadTo(100);
    const large = list.loadTo(2000);
    await gate.open(undefined);
    await small;
    assert.ok(await isOpen(large));
    await gate.open(undefined);
    await gate.open(undefined);
    await large;
  });

  it('tells a failure to all who wait, keeps what came, and can be asked again', async () => {
    await list.loadTo(100);
    server.failures.push(failure('timeout'));
    const results = await Promise.allSettled([list.loadTo(200), list.loadTo(300)]);
    for (const result of results) {
      assert.ok(result.status === 'rejected');
      assert.ok(because('timeout')(result.reason));
    }
    assert.deepEqual(shown(), ids(0, 100));
    assert.equal(list.end, undefined);
    await list.loadTo(200);
    assert.deepEqual(server.queries.at(-1), { after: '100', limit: 100 });
    assert.deepEqual(shown(), ids(0, 200));
  });

  it('does not ask for a part that somebody wanted who has failed', async () => {
    server.failures.push(failure());
    await assert.rejects(list.loadTo(5000));
    await list.loadTo(10);
    assert.deepEqual(server.limits, [1000, 10]);
  });
});

describe('UserList: cancelling', () => {
  useFresh();
  it('keeps what came and goes on from there', async () => {
    const gate = (server.gate = new Gate());
    const stop = new AbortController();
    const loaded = list.loadTo(5000, { signal: stop.signal });
    await gate.open(undefined);
    await gate.open(undefined);
    stop.abort();
    await assert.rejects(loaded, { name: 'AbortError' });
    await settle();
    assert.deepEqual(shown(), ids(0, 2000));
    assert.deepEqual(changes.at(-1), { kind: 'grown', from: 1000, to: 2000 });
    server.gate = undefined;
    await list.loadTo(2010);
    assert.deepEqual(server.queries.at(-1), { after: '2000', limit: 10 });
  });

  it('asks for nothing where it comes first', async () => {
    await assert.rejects(list.loadTo(10, { signal: AbortSignal.abort() }), { name: 'AbortError' });
    assert.deepEqual(server.queries, []);
  });

  it('of one does not cancel the others', async () => {
    const gate = (server.gate = new Gate());
    const stop = new AbortController();
    const one = list.loadTo(100, { signal: stop.signal });
    const other = list.loadTo(100);
    stop.abort();
    await assert.rejects(one, { name: 'AbortError' });
    await gate.open(undefined);
    await other;
    assert.equal(server.queries.length, 1);
    assert.deepEqual(shown(), ids(0, 100));
  });

  it('of all drops an answer that still comes', async () => {
    const late = new Gate<undefined>();
    const stop = new AbortController();
    let calls = 0;
    const list = new UserList(
      {
        // A client that takes no notice of its signal.
        users: async (query) => {
          if (++calls === 1) await late.wait();
          return server.answerTo(query);
        },
      },
      (change) => changes.push(change),
    );
    const loaded = list.loadTo(100, { signal: stop.signal });
    stop.abort();
    await assert.rejects(loaded, { name: 'AbortError' });
    await list.loadTo(10);
    await late.open(undefined);
    assert.deepEqual(shown(list), ids(0, 10));
    assert.deepEqual(changes, [{ kind: 'grown', from: 0, to: 10 }]);
  });
});
