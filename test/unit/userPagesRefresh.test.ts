import assert from 'node:assert/strict';
import { Gate, answer, because, failure, settle, user, users } from './fakes.ts';
import {
  server,
  pages,
  all,
  begin,
  ids,
  shown,
  states,
  changed,
  useFresh,
} from './userPagesStage.ts';

describe('UserPages: refreshing', () => {
  useFresh();
  it('opens the first page where nothing is known', async () => {
    await pages.refresh();
    assert.deepEqual(server.limits, [100]);
    assert.deepEqual(shown(0), ids(0, 100));
  });

  it('opens the first page again that has failed', async () => {
    server.failures.push(failure());
    await pages.open(0);
    await pages.refresh();
    assert.equal(pages.state(0).kind, 'loaded');
  });

  it('reads again what was read', async () => {
    await pages.open(0);
    await pages.open(5);
    changed();
    server.queries.length = 0;
    server.all = users(7, 1300);
    await pages.refresh();
    assert.deepEqual(server.limits, [600]);
    assert.deepEqual(shown(5), ids(507, 607));
    assert.equal(pages.total, 1293);
    assert.equal(pages.count, 13);
    assert.deepEqual(changed(), [all]);
  });

  it('keeps the rows and says why, when it fails; and forgets that when it works', async () => {
    await pages.open(0);
    changed();
    server.failures.push(failure('connectionLost'));
    await pages.refresh();
    assert.ok(because('connectionLost')(pages.refreshError));
    assert.deepEqual(shown(0), ids(0, 100));
    assert.equal(pages.state(0).kind, 'loaded');
    assert.deepEqual(changed(), [all]);
    await pages.refresh();
    assert.equal(pages.refreshError, undefined);
    assert.deepEqual(changed(), [all]);
  });

  it('throws when it is cancelled, and changes nothing', async () => {
    await pages.open(0);
    changed();
    server.gate = new Gate();
    const stop = new AbortController();
    const refreshed = pages.refresh(undefined, { signal: stop.signal });
    stop.abort();
    await assert.rejects(refreshed, { name: 'AbortError' });
    assert.equal(pages.refreshError, undefined);
    assert.deepEqual(changed(), []);
  });

  it('of one page reads only this page', async () => {
    for (const index of [0, 1, 2]) await pages.open(index);
    changed();
    server.queries.length = 0;
    await pages.refresh(1);
    assert.deepEqual(server.queries, [{ after: '100', limit: 100 }]);
    assert.deepEqual(changed(), [all]);
  });

  it('of one page keeps the rows and says why, when it fails', async () => {
    await pages.open(0);
    changed();
    server.failures.push(failure());
    await pages.refresh(0);
    assert.ok(because('serverError')(pages.refreshError));
    assert.deepEqual(shown(0), ids(0, 100));
    assert.deepEqual(changed(), [all]);
  });

  it('of several pages at once reads each of them', async () => {
    for (const index of [0, 1, 2]) await pages.open(index);
    server.queries.length = 0;
    await Promise.all([pages.refresh(2), pages.refresh(0)]);
    assert.deepEqual(
      server.queries.map(({ after }) => after),
      ['200', undefined],
    );
  });

  it('forgets what had failed, but does not begin again what was cancelled', async () => {
    await pages.open(0);
    server.failures.push(failure());
    await pages.open(3);
    server.gate = new Gate();
    const stop = new AbortController();
    const opened = pages.open(4, { signal: stop.signal });
    stop.abort();
    await opened;
    server.gate = undefined;
    assert.deepEqual([pages.state(3).kind, pages.state(4).kind], ['failed', 'cancelled']);
    await pages.refresh();
    assert.deepEqual([pages.state(3).kind, pages.state(4).kind], ['notLoaded', 'cancelled']);
  });

  it('lets a page that loads meanwhile end up loaded', async () => {
    await pages.open(0);
    const gate = (server.gate = new Gate());
    const refreshed = pages.refresh();
    const opened = pages.open(2);
    await gate.open(undefined);
    await refreshed;
    assert.equal(pages.state(2).kind, 'loading');
    await gate.open(undefined);
    await opened;
    assert.equal(pages.state(2).kind, 'loaded');
    assert.equal(server.mostAtOnce, 1);
  });

  it('keeps the last page loaded where the list has become longer', async () => {
    begin(250);
    await pages.open(2);
    for (const [more, index] of [
      [280, undefined],
      [290, 2],
      [320, undefined],
    ] as const) {
      server.all = users(0, more);
      await pages.refresh(index);
      assert.equal(pages.state(2).kind, 'loaded', `${more} users`);
      assert.deepEqual(shown(2), ids(200, Math.min(more, 300)));
    }
    assert.equal(pages.count, 4);
  });

  it('of one page keeps those behind it loaded where users are gone', async () => {
    for (const index of [0, 1, 2]) await pages.open(index);
    const gate = (server.gate = new Gate());
    const refreshed = pages.refresh(1);
    await gate.open(answer(users(150, 200), '200', { totalCount: 1184 }));
    await gate.open(undefined);
    await refreshed;
    assert.deepEqual(states().slice(0, 4), ['loaded', 'loaded', 'loaded', 'notLoaded']);
    assert.deepEqual(shown(1), [...ids(150, 200), ...ids(200, 250)]);
    assert.deepEqual(shown(2), ids(250, 350));
  });

  it('drops a page that does not exist any more', async () => {
    await pages.open(0);
    await pages.open(12);
    server.all = users(0, 950);
    await pages.refresh();
    assert.equal(pages.count, 10);
    assert.deepEqual(pages.range(9), { from: 900, to: 950 });
    assert.equal(pages.total, 950);
    server.all = [];
    await pages.refresh();
    assert.equal(pages.count, 0);
    assert.equal(pages.known, true);
  });

  it('has not loaded a page that was gone and has come back', async () => {
    await pages.open(0);
    await pages.open(12);
    server.all = users(0, 50);
    await pages.refresh();
    assert.deepEqual(states(), ['loaded']);
    server.all = users(0, 1234);
    await pages.refresh();
    assert.equal(pages.count, 13);
    assert.deepEqual(pages.state(12), { kind: 'notLoaded' });
    await pages.open(12);
    assert.deepEqual(shown(12), ids(1200, 1234));
  });

  it('shows a user once that moves between two answers', async () => {
    begin(300);
    await pages.open(0);
    server.all = [user(200), ...users(0, 200), ...users(201, 300)];
    await pages.open(2);
    assert.deepEqual(pages.list.elements, [
      ...users(0, 100),
      ...users(99, 200).slice(1),
      ...users(201, 300),
    ]);
    await pages.refresh();
    assert.deepEqual(pages.list.elements.slice(0, 2), [user(200), user(0)]);
    await pages.open(2);
    assert.deepEqual(pages.list.elements, server.all);
  });

  it('leaves nothing under way', async () => {
    await pages.open(0);
    await pages.refresh();
    const before = server.queries.length;
    await settle();
    assert.equal(server.queries.length, before);
  });
});
