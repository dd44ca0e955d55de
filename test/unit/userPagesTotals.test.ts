import assert from 'node:assert/strict';
import { MAX_PAGES } from '../../src/model/userPages.ts';
import { Gate, answer, users } from './fakes.ts';
import {
  server,
  pages,
  all,
  only,
  begin,
  ids,
  shown,
  states,
  changed,
  useFresh,
} from './userPagesStage.ts';

describe('UserPages: totals', () => {
  useFresh();
  it('that are missing leave one page open at the end', async () => {
    server.total = () => undefined;
    await pages.open(0);
    assert.equal(pages.total, undefined);
    assert.equal(pages.count, 2);
    assert.deepEqual(pages.range(1), { from: 100, to: undefined });
    await pages.open(1);
    assert.equal(pages.count, 3);
    assert.deepEqual(pages.range(1), { from: 100, to: 200 });
    assert.deepEqual(changed(), [all, all]);
    await pages.open(12);
    assert.equal(pages.count, 13);
    assert.equal(pages.total, 1234);
    assert.deepEqual(pages.range(12), { from: 1200, to: 1234 });
    assert.deepEqual(changed(), [all, all]);
  });

  it('that are too small add pages as they are reached', async () => {
    server.total = () => 1;
    await pages.open(0);
    assert.equal(pages.count, 2);
    assert.equal(pages.total, 1);
    assert.deepEqual(pages.range(1), { from: 100, to: undefined });
    await pages.open(1);
    assert.equal(pages.count, 3);
  });

  it('that are too large take pages away at the end', async () => {
    server.total = () => 5000;
    await pages.open(0);
    assert.equal(pages.count, 50);
    changed();
    await pages.open(49);
    assert.equal(pages.count, 13);
    assert.equal(pages.total, 1234);
    assert.equal(pages.beyond, 0);
    assert.ok(changed().some(({ kind }) => kind === 'all'));
    assert.deepEqual(states(), Array<string>(13).fill('loaded'));
  });

  it('that are wrong on the last page only are put right', async () => {
    server.total = () => 1250;
    await pages.open(0);
    changed();
    await pages.open(12);
    assert.equal(pages.total, 1234);
    assert.deepEqual(pages.range(12), { from: 1200, to: 1234 });
    assert.deepEqual(changed(), [all]);
  });

  it('that are huge do not draw more pages than can be drawn', async () => {
    server.total = () => 1_000_000_000;
    await pages.open(0);
    assert.equal(pages.count, MAX_PAGES);
    assert.equal(pages.beyond, 1_000_000_000 - MAX_PAGES * 100);
    begin(30_000, 1);
    await pages.open(0);
    assert.equal(pages.count, MAX_PAGES);
    assert.equal(pages.beyond, 20_000);
    await pages.open(MAX_PAGES - 1);
    assert.equal(pages.count, MAX_PAGES + 1);
    assert.equal(pages.beyond, 19_999);
  });

  it('that change within the last page redraw nothing', async () => {
    let total = 1234;
    server.total = () => total++;
    await pages.open(0);
    changed();
    for (const index of [1, 2, 3]) await pages.open(index);
    assert.deepEqual(changed(), [only(1), only(2), only(3)]);
    assert.equal(pages.total, 1234);
  });

  it('that change the number of pages redraw the connection', async () => {
    let total = 1234;
    server.total = () => (total += 100);
    await pages.open(0);
    assert.equal(pages.count, 14);
    changed();
    await pages.open(1);
    assert.equal(pages.count, 15);
    assert.deepEqual(changed(), [all]);
  });

  it('of zero beside users are not believed', async () => {
    server.total = () => 0;
    await pages.open(0);
    assert.equal(pages.count, 2);
    assert.equal(pages.beyond, 0);
  });
});

describe('UserPages: lists that stop', () => {
  useFresh();
  async function stopAfterOne(next: string | undefined): Promise<void> {
    const gate = (server.gate = new Gate());
    const opened = pages.open(1);
    await gate.open(answer(users(0, 130), next, { hasNextPage: true, totalCount: 1234 }));
    if (next !== undefined) {
      await gate.open(answer(users(130, 140), next, { hasNextPage: true, totalCount: 1234 }));
    }
    await opened;
    server.gate = undefined;
  }

  it('say so where a cursor is missing', async () => {
    await stopAfterOne(undefined);
    assert.equal(pages.stopped, 'missingCursor');
    assert.equal(pages.count, 2);
    assert.deepEqual(pages.range(1), { from: 100, to: 130 });
    assert.equal(pages.total, 1234);
    assert.equal(pages.state(1).kind, 'loaded');
  });

  it('say so where a cursor comes again, and ask no more', async () => {
    await stopAfterOne('100');
    assert.equal(pages.stopped, 'repeatedCursor');
    assert.equal(pages.count, 2);
    assert.ok(changed().every(({ kind }) => kind === 'all'));
    await pages.open(1);
    await pages.open(5);
    assert.equal(server.queries.length, 2);
  });

  it('end after enough answers without a new user', async () => {
    server.gate = new Gate();
    const opened = pages.open(0);
    for (let i = 0; i < 50; i++) await server.gate.open(answer([], `c${i}`, { totalCount: 1234 }));
    await opened;
    assert.equal(pages.stopped, 'noProgress');
    assert.equal(pages.count, 0);
  });

  it('go on after empty answers', async () => {
    const gate = (server.gate = new Gate());
    const opened = pages.open(0);
    await gate.open(answer([], '0', { totalCount: 1234 }));
    await gate.open(answer([], 'x', { totalCount: 1234 }));
    await gate.open(answer(users(0, 100), '100', { totalCount: 1234 }));
    await opened;
    assert.deepEqual(shown(0), ids(0, 100));
    assert.equal(pages.count, 13);
  });

  it('can be refreshed', async () => {
    await stopAfterOne(undefined);
    await pages.refresh();
    assert.equal(pages.stopped, undefined);
    assert.equal(pages.count, 13);
  });
});
