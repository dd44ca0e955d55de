import assert from 'node:assert/strict';
import { Gate, answer, because, failure, user, users } from './fakes.ts';
import { server, list, changes, begin, ids, shown, useFresh } from './userListStage.ts';

describe('UserList: refreshing a part', () => {
  useFresh();
  beforeEach(async () => {
    for (const count of [100, 200, 300, 1300]) await list.loadTo(count);
    changes.length = 0;
    server.queries.length = 0;
  });

  it('reads again only the answers that cover it', async () => {
    server.all = users(0, 5000).map((u) => ({ ...u, first_name: 'June' }));
    await list.refreshPart({ from: 100, to: 200 }, 0);
    assert.deepEqual(server.queries, [{ after: '100', limit: 100 }]);
    assert.deepEqual(
      list.elements.map((u) => (u as { first_name: string }).first_name),
      [...Array<string>(100).fill('Jane'), ...Array<string>(100).fill('June')].concat(
        Array<string>(1100).fill('Jane'),
      ),
    );
    assert.deepEqual(shown(), ids(0, 1300));
    assert.equal(list.readAt, 1000, 'the rest is as old as it was');
    assert.deepEqual(changes, [{ kind: 'replaced' }]);
  });

  it('reads several answers where it lies across them', async () => {
    await list.refreshPart({ from: 150, to: 250 }, 0);
    assert.deepEqual(server.queries, [
      { after: '100', limit: 100 },
      { after: '200', limit: 100 },
    ]);
  });

  it('reads a whole large answer for a part of it', async () => {
    await list.refreshPart({ from: 600, to: 700 }, 0);
    assert.deepEqual(server.queries, [{ after: '300', limit: 1000 }]);
    assert.deepEqual(shown(), ids(0, 1300));
  });

  it('can go on at the end afterwards', async () => {
    await list.refreshPart({ from: 1200, to: 1300 }, 0);
    await list.loadTo(1310);
    assert.deepEqual(server.queries.at(-1), { after: '1300', limit: 10 });
    assert.deepEqual(shown(), ids(0, 1310));
  });

  it('takes over the new total', async () => {
    server.total = () => 4321;
    await list.refreshPart({ from: 100, to: 200 }, 0);
    assert.equal(list.total, 4321);
    server.total = () => undefined;
    await list.refreshPart({ from: 100, to: 200 }, 0);
    assert.equal(list.total, 4321);
  });

  it('shows a user once that has moved into it from further back', async () => {
    server.gate = new Gate();
    const refreshed = list.refreshPart({ from: 100, to: 200 }, 0);
    await server.gate.open(answer([...users(100, 199), user(250)], '200', { totalCount: 5000 }));
    await server.gate.open(undefined);
    await refreshed;
    assert.deepEqual(shown(), [
      ...ids(0, 199),
      ...ids(250, 251),
      ...ids(200, 250),
      ...ids(251, 1301),
    ]);
  });

  it('leaves out a user that is gone, moves up the rest, and fills up the end', async () => {
    server.gate = new Gate();
    const refreshed = list.refreshPart({ from: 100, to: 200 }, 0);
    await server.gate.open(answer(users(101, 200), '200'));
    await server.gate.open(undefined);
    await refreshed;
    assert.deepEqual(server.queries.at(-1), { after: '1300', limit: 1 });
    assert.deepEqual(shown(), [...ids(0, 100), ...ids(101, 1301)]);
  });

  it('reads on as far as it is told to', async () => {
    await list.refreshPart({ from: 100, to: 200 }, 1400);
    assert.deepEqual(server.queries.at(-1), { after: '1300', limit: 100 });
    assert.deepEqual(shown(), ids(0, 1400));
  });

  it('reads everything where the cursors do not fit any more', async () => {
    const gate = (server.gate = new Gate());
    const refreshed = list.refreshPart({ from: 100, to: 200 }, 0);
    await gate.open(answer(users(100, 200), '203'));
    server.all = users(3, 5000);
    server.gate = undefined;
    await gate.open(undefined);
    await gate.open(undefined);
    await refreshed;
    assert.deepEqual(server.queries, [
      { after: '100', limit: 100 },
      { after: undefined, limit: 300 },
      { after: '300', limit: 1000 },
    ]);
    assert.deepEqual(shown(), ids(3, 1303));
    assert.deepEqual(changes, [{ kind: 'replaced' }]);
  });

  for (const reason of ['badRequest', 'notFound'] as const) {
    it(`reads everything where a cursor is none any more: ${reason}`, async () => {
      server.failures.push(failure(reason));
      await list.refreshPart({ from: 100, to: 200 }, 0);
      assert.deepEqual(server.queries, [
        { after: '100', limit: 100 },
        { after: undefined, limit: 300 },
        { after: '300', limit: 1000 },
      ]);
      assert.deepEqual(shown(), ids(0, 1300));
    });
  }

  it('fails where the first answer, which has no cursor, is refused', async () => {
    server.failures.push(failure('badRequest'));
    await assert.rejects(list.refreshPart({ from: 0, to: 100 }, 0), because('badRequest'));
  });

  it('reads everything where the list now ends in it', async () => {
    server.all = users(0, 150);
    await list.refreshPart({ from: 100, to: 200 }, 0);
    assert.deepEqual(shown(), ids(0, 150));
    assert.equal(list.end, 'complete');
  });

  it('reads everything where the list goes on or ends otherwise than before', async () => {
    begin(250);
    await list.loadTo(200);
    await list.loadTo(300);
    assert.equal(list.end, 'complete');
    server.all = users(0, 450);
    await list.refreshPart({ from: 200, to: 300 }, 0);
    assert.deepEqual(shown(), ids(0, 250));
    assert.equal(list.end, undefined);
    await list.loadTo(450);
    assert.deepEqual(shown(), ids(0, 450));
  });

  it('reads everything where nothing was read of it', async () => {
    await list.refreshPart({ from: 4000, to: 4100 }, 0);
    assert.deepEqual(server.limits, [300, 1000]);
    begin(5000);
    await list.refreshPart({ from: 0, to: 100 }, 100);
    assert.deepEqual(server.limits, [100]);
  });

  it('keeps the old list when it fails', async () => {
    server.failures.push(failure('timeout'));
    await assert.rejects(list.refreshPart({ from: 150, to: 250 }, 0), because('timeout'));
    assert.deepEqual(shown(), ids(0, 1300));
    assert.deepEqual(changes, []);
    assert.equal(list.refreshing, false);
  });

  it('is done once for those who ask for the same part', async () => {
    await Promise.all([
      list.refreshPart({ from: 100, to: 200 }, 0),
      list.refreshPart({ from: 100, to: 200 }, 0),
    ]);
    assert.equal(server.queries.length, 1);
  });

  it('is done for each of several parts, one after the other', async () => {
    server.all = users(0, 5000).map((u) => ({ ...u, first_name: 'June' }));
    await Promise.all([
      list.refreshPart({ from: 0, to: 100 }, 0),
      list.refreshPart({ from: 200, to: 300 }, 0),
      list.refreshPart({ from: 100, to: 200 }, 0),
    ]);
    assert.equal(server.mostAtOnce, 1);
    assert.deepEqual(server.queries.map(({ after }) => after).sort(), ['100', '200', undefined]);
    assert.ok(
      list.elements.slice(0, 300).every((u) => (u as { first_name: string }).first_name === 'June'),
    );
  });

  it('does not stand for a refresh of everything, which stands for it', async () => {
    await Promise.all([list.refreshPart({ from: 0, to: 100 }, 0), list.refresh(100)]);
    assert.deepEqual(server.limits, [100, 300, 1000]);
    server.queries.length = 0;
    await Promise.all([list.refresh(100), list.refreshPart({ from: 0, to: 100 }, 0)]);
    assert.deepEqual(server.limits, [300, 1000]);
  });

  it('can be cancelled while it waits for another', async () => {
    const gate = (server.gate = new Gate());
    const stop = new AbortController();
    const one = list.refreshPart({ from: 0, to: 100 }, 0);
    const other = list.refreshPart({ from: 100, to: 200 }, 0, { signal: stop.signal });
    stop.abort();
    await assert.rejects(other, { name: 'AbortError' });
    await gate.open(undefined);
    await one;
    assert.equal(server.queries.length, 1);
  });
});
