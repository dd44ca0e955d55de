import assert from 'node:assert/strict';
import { Gate, answer, because, failure, microtasks, users } from './fakes.ts';
import { server, list, changes, setClock, begin, ids, shown, useFresh } from './userListStage.ts';

describe('UserList: refreshing', () => {
  useFresh();
  beforeEach(async () => {
    await list.loadTo(2500);
    changes.length = 0;
    server.queries.length = 0;
    setClock(9000);
  });

  it('reads again as much as was read, and replaces it at once', async () => {
    const gate = (server.gate = new Gate());
    server.all = users(10, 5000);
    const refreshed = list.refresh(100);
    assert.equal(list.refreshing, true);
    await gate.open(undefined);
    await gate.open(undefined);
    assert.deepEqual(shown(), ids(0, 2500));
    assert.deepEqual(changes, []);
    await gate.open(undefined);
    await refreshed;
    assert.equal(list.refreshing, false);
    assert.deepEqual(shown(), ids(10, 2510));
    assert.equal(list.total, 4990);
    assert.equal(list.readAt, 9000);
    assert.deepEqual(changes, [{ kind: 'replaced' }]);
    assert.deepEqual(server.queries, [
      { after: undefined, limit: 1000 },
      { after: '1000', limit: 1000 },
      { after: '2000', limit: 500 },
    ]);
  });

  it('reads at least so many as it is told to', async () => {
    begin(5000);
    await list.refresh(300);
    assert.deepEqual(shown(), ids(0, 300));
    assert.deepEqual(changes, [{ kind: 'replaced' }]);
  });

  it('ends with a list that has become shorter', async () => {
    server.all = users(0, 40);
    await list.refresh(100);
    assert.deepEqual(shown(), ids(0, 40));
    assert.equal(list.end, 'complete');
  });

  it('begins again where a list had stopped', async () => {
    begin(5000);
    server.gate = new Gate();
    const loaded = list.loadTo(10);
    await server.gate.open(answer(users(0, 10), undefined, { hasNextPage: true }));
    await loaded;
    assert.equal(list.end, 'missingCursor');
    server.gate = undefined;
    await list.refresh(10);
    assert.equal(list.end, undefined);
  });

  it('keeps the old list when it fails, wherever that is', async () => {
    for (const before of [0, 1, 2]) {
      const gate = (server.gate = new Gate());
      const refreshed = list.refresh(100);
      for (let i = 0; i < before; i++) await gate.open(undefined);
      await gate.fail(failure('connectionLost'));
      await assert.rejects(refreshed, because('connectionLost'));
    }
    assert.deepEqual(shown(), ids(0, 2500));
    assert.equal(list.readAt, 1000);
    assert.deepEqual(changes, []);
    server.gate = undefined;
    await list.refresh(100);
    assert.deepEqual(changes, [{ kind: 'replaced' }]);
  });

  it('keeps the old list when it is cancelled', async () => {
    const gate = (server.gate = new Gate());
    const stop = new AbortController();
    const refreshed = list.refresh(100, { signal: stop.signal });
    await gate.open(undefined);
    stop.abort();
    await assert.rejects(refreshed, { name: 'AbortError' });
    assert.deepEqual(shown(), ids(0, 2500));
    assert.equal(list.refreshing, false);
    assert.deepEqual(changes, []);
  });

  it('is done once for all who ask at the same time', async () => {
    await Promise.all([list.refresh(100), list.refresh(100), list.refresh(100)]);
    assert.equal(server.queries.length, 3);
    assert.deepEqual(changes, [{ kind: 'replaced' }]);
  });

  it('tells how far it is', async () => {
    const told: [number, number][] = [];
    await list.refresh(100, { progress: (read, wanted) => told.push([read, wanted]) });
    assert.deepEqual(told, [
      [0, 2500],
      [1000, 2500],
      [2000, 2500],
    ]);
  });

  it('waits for a request under way, and loads wait for it', async () => {
    const gate = (server.gate = new Gate());
    const loaded = list.loadTo(3000);
    const refreshed = list.refresh(100);
    const later = list.loadTo(2700);
    await gate.open(undefined);
    assert.deepEqual(shown(), ids(0, 3000));
    assert.equal(gate.size, 3, 'the refresh alone has requests under way');
    server.all = users(1, 5000);
    for (let i = 0; i < 3; i++) await gate.open(undefined);
    await Promise.all([loaded, refreshed, later]);
    assert.equal(server.mostAtOnce, 3);
    assert.deepEqual(shown(), ids(1, 3001));
    assert.deepEqual(
      changes.map(({ kind }) => kind),
      ['grown', 'replaced'],
    );
  });

  it('never has a request under way beside that of a load, whenever it begins', async () => {
    for (let wait = 0; wait < 40; wait++) {
      begin(50);
      await list.loadTo(10);
      const first = list.refresh(10);
      const loaded = list.loadTo(30);
      await first;
      await microtasks(wait);
      await Promise.all([list.refresh(10), loaded]);
      assert.equal(server.mostAtOnce, 1, `after ${wait} microtasks`);
      assert.ok(list.reaches(30));
    }
  });
});
