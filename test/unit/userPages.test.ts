import assert from 'node:assert/strict';
import { MAX_PAGES, UserPages } from '../../src/model/userPages.ts';
import type { PagesChange } from '../../src/model/userPages.ts';
import { FakeUsers, Gate, answer, because, failure, settle, user, users } from './fakes.ts';

let server: FakeUsers;
let pages: UserPages;
let changes: PagesChange[];

const all: PagesChange = { kind: 'all' };
const only = (...indexes: number[]): PagesChange => ({ kind: 'pages', indexes });

function begin(everyone: number | FakeUsers['all'], pageSize = 100): void {
  server = new FakeUsers(everyone);
  changes = [];
  pages = new UserPages(
    server,
    pageSize,
    (change) => changes.push(change),
    () => 1000,
  );
}

function ids(from: number, to: number): string[] {
  return users(from, to).map(({ id }) => id);
}

function shown(index: number): unknown[] {
  return pages.elements(index).map((element) => (element as { id: string }).id);
}

function states(): string[] {
  return Array.from({ length: pages.count }, (_, index) => pages.state(index).kind);
}

/** What has changed since this was last asked. */
function changed(): PagesChange[] {
  return changes.splice(0);
}

/** What each test of a suite begins and ends with. */
function useFresh(): void {
  beforeEach(() => {
    begin(1234);
  });
}

describe('UserPages: opening', () => {
  useFresh();
  it('knows nothing at first', () => {
    assert.equal(pages.known, false);
    assert.equal(pages.count, 0);
    assert.equal(pages.total, undefined);
    assert.equal(pages.beyond, 0);
    assert.equal(pages.stopped, undefined);
    assert.equal(pages.refreshError, undefined);
    assert.equal(pages.pageSize, 100);
    assert.deepEqual(pages.state(0), { kind: 'notLoaded' });
    assert.equal(pages.missing(0), 100);
    assert.deepEqual(server.queries, []);
  });

  it('learns from the first page how many there are', async () => {
    await pages.open(0);
    assert.deepEqual(server.queries, [{ after: undefined, limit: 100 }]);
    assert.equal(pages.known, true);
    assert.equal(pages.count, 13);
    assert.equal(pages.total, 1234);
    assert.deepEqual(states(), ['loaded', ...Array<string>(12).fill('notLoaded')]);
    assert.deepEqual(pages.range(0), { from: 0, to: 100 });
    assert.deepEqual(pages.range(11), { from: 1100, to: 1200 });
    assert.deepEqual(pages.range(12), { from: 1200, to: 1234 });
    assert.equal(pages.list.readAt, 1000);
    assert.deepEqual(shown(0), ids(0, 100));
    assert.deepEqual(changed(), [all]);
  });

  it('redraws the page that has come, and nothing else', async () => {
    await pages.open(0);
    changed();
    for (const index of [1, 2, 3]) {
      await pages.open(index);
      assert.deepEqual(changed(), [only(index)]);
      assert.deepEqual(shown(index), ids(index * 100, index * 100 + 100));
    }
  });

  it('loads what lies before a page on the way, in requests as large as can be', async () => {
    begin(100_000);
    await pages.open(0);
    changed();
    assert.equal(pages.missing(900), 90_000);
    await pages.open(900);
    assert.deepEqual(server.limits, [100, ...Array<number>(90).fill(1000)]);
    assert.deepEqual(shown(900), ids(90_000, 90_100));
    assert.deepEqual(states().slice(0, 901), Array<string>(901).fill('loaded'));
    assert.equal(pages.state(901).kind, 'notLoaded');
    assert.equal(pages.missing(900), 0);
    assert.equal(pages.missing(901), 100);
    assert.deepEqual(changed(), [only(900)]);
  });

  it('does not ask twice for a page that is loaded or loading', async () => {
    await Promise.all([pages.open(0), pages.open(0), pages.open(0)]);
    await pages.open(0);
    assert.equal(server.queries.length, 1);
    assert.deepEqual(changed(), [all]);
  });

  it('opens several pages at once, one request after the other', async () => {
    await pages.open(0);
    changed();
    await Promise.all([5, 2, 12, 1].map((index) => pages.open(index)));
    assert.equal(server.mostAtOnce, 1);
    assert.deepEqual(server.limits, [100, 500, 700]);
    assert.deepEqual(states(), Array<string>(13).fill('loaded'));
    assert.deepEqual(changed(), [only(5, 2, 1), only(12)]);
  });

  it('is loading until it has come', async () => {
    await pages.open(0);
    const gate = (server.gate = new Gate());
    const opened = pages.open(1);
    assert.deepEqual(pages.state(1), { kind: 'loading' });
    await gate.open(undefined);
    await opened;
    assert.deepEqual(pages.state(1), { kind: 'loaded' });
  });

  it('draws a page piece by piece where the service sends less than it was asked for', async () => {
    server.largest = 40;
    await pages.open(0);
    assert.deepEqual(changed(), [all, only(0), only(0)]);
    assert.deepEqual(shown(0), ids(0, 100));
    await pages.open(1);
    assert.deepEqual(changed(), [only(1), only(1), only(1)]);
  });

  it('shows the last page as far as it goes', async () => {
    await pages.open(12);
    assert.deepEqual(shown(12), ids(1200, 1234));
    assert.deepEqual(pages.elements(13), []);
    assert.equal(pages.count, 13);
    assert.equal(pages.list.end, 'complete');
    assert.equal(pages.stopped, undefined);
    assert.equal(pages.missing(12), 0);
  });

  it('does not redraw everything when the last page comes as it was promised', async () => {
    await pages.open(0);
    changed();
    await pages.open(12);
    assert.deepEqual(changed(), [only(12)]);
  });

  it('has no pages where there are no users', async () => {
    begin(0);
    await pages.open(0);
    assert.equal(pages.known, true);
    assert.equal(pages.count, 0);
    assert.equal(pages.total, 0);
    assert.deepEqual(pages.state(0), { kind: 'loaded' });
    assert.deepEqual(changed(), [all]);
  });

  it('has one page for exactly one page of users, and one more for one more', async () => {
    for (const [count, expected] of [
      [1, 1],
      [99, 1],
      [100, 1],
      [101, 2],
      [200, 2],
    ] as const) {
      begin(count);
      await pages.open(0);
      assert.equal(pages.count, expected, `${count} users`);
      assert.equal(pages.range(expected - 1).to, count);
      await pages.open(expected - 1);
      assert.equal(pages.count, expected);
    }
  });

  it('works with the smallest and the largest size of a page', async () => {
    begin(5, 1);
    await pages.open(0);
    assert.equal(pages.count, 5);
    await pages.open(4);
    assert.deepEqual(shown(4), ids(4, 5));
    begin(2500, 1000);
    await pages.open(2);
    assert.deepEqual(pages.range(2), { from: 2000, to: 2500 });
  });

  it('shows users in the order received when some come twice', async () => {
    begin([...users(0, 150), ...users(50, 250)]);
    await pages.open(0);
    await pages.open(2);
    assert.deepEqual(
      [0, 1, 2].flatMap((index) => shown(index)),
      ids(0, 250),
    );
    assert.equal(pages.total, 250);
    assert.equal(pages.count, 3);
  });

  it('tells progress', async () => {
    const told: number[] = [];
    await pages.open(12, { progress: (read, wanted) => told.push(read, wanted) });
    assert.deepEqual(told, [0, 1300, 1000, 1234]);
  });
});

describe('UserPages: failures', () => {
  useFresh();
  it('of the first page are its state, and everything is redrawn', async () => {
    server.failures.push(failure('unauthorized'));
    await pages.open(0);
    const state = pages.state(0);
    assert.ok(state.kind === 'failed' && because('unauthorized')(state.error));
    assert.equal(pages.known, false);
    assert.deepEqual(changed(), [all]);
  });

  it('of another page redraw this page', async () => {
    await pages.open(0);
    changed();
    server.failures.push(failure());
    await pages.open(2);
    assert.equal(pages.state(2).kind, 'failed');
    assert.equal(pages.state(1).kind, 'notLoaded');
    assert.equal(pages.state(0).kind, 'loaded');
    assert.deepEqual(changed(), [only(2)]);
  });

  it('are over when the page is opened again', async () => {
    await pages.open(0);
    server.failures.push(failure());
    await pages.open(1);
    changed();
    const gate = (server.gate = new Gate());
    const opened = pages.open(1);
    assert.equal(pages.state(1).kind, 'loading');
    assert.deepEqual(changed(), [only(1)], 'it says that it loads');
    await gate.open(undefined);
    await opened;
    assert.equal(pages.state(1).kind, 'loaded');
    assert.deepEqual(changed(), [only(1)]);
  });

  it('of the first page are over when it is opened again', async () => {
    server.failures.push(failure());
    await pages.open(0);
    changed();
    await pages.open(0);
    assert.equal(pages.state(0).kind, 'loaded');
    assert.deepEqual(changed(), [all, all]);
  });

  it('are over when another page is loaded that lies behind', async () => {
    await pages.open(0);
    server.failures.push(failure());
    await pages.open(1);
    changed();
    await pages.open(3);
    assert.equal(pages.state(1).kind, 'loaded');
    assert.deepEqual(changed(), [only(1, 3)]);
  });

  it('keep what had come before them', async () => {
    begin(5000);
    await pages.open(0);
    const gate = (server.gate = new Gate());
    const opened = pages.open(30);
    await gate.open(undefined);
    await gate.fail(failure());
    await opened;
    assert.equal(pages.state(30).kind, 'failed');
    assert.equal(pages.state(10).kind, 'loaded');
    assert.equal(pages.state(11).kind, 'notLoaded');
    assert.equal(pages.list.elements.length, 1100);
  });

  it('are told for each of the pages that were opened at once', async () => {
    await pages.open(0);
    changed();
    server.failures.push(failure());
    await Promise.all([pages.open(1), pages.open(2)]);
    assert.equal(pages.state(1).kind, 'failed');
    assert.equal(pages.state(2).kind, 'failed');
    assert.deepEqual(changed(), [only(1), only(2)]);
  });
});

describe('UserPages: cancelling', () => {
  useFresh();
  it('keeps what came, says so, and can be taken up again', async () => {
    begin(100_000);
    await pages.open(0);
    const gate = (server.gate = new Gate());
    const stop = new AbortController();
    const opened = pages.open(900, { signal: stop.signal });
    await gate.open(undefined);
    changed();
    stop.abort();
    await opened;
    assert.deepEqual(pages.state(900), { kind: 'cancelled' });
    await settle();
    // Once for having been cancelled, once for what had come by then.
    assert.deepEqual(changed(), [only(900)]);
    assert.equal(pages.list.elements.length, 1100);
    server.gate = undefined;
    await pages.open(900);
    assert.deepEqual(pages.state(900), { kind: 'loaded' });
    assert.equal(pages.list.elements.length, 90_100);
    assert.deepEqual(changed(), [only(900), only(900)]);
  });

  it('leaves alone a page that someone else opened', async () => {
    await pages.open(0);
    const gate = (server.gate = new Gate());
    const stop = new AbortController();
    const far = pages.open(12, { signal: stop.signal });
    const near = pages.open(1);
    stop.abort();
    await far;
    await gate.open(undefined);
    await near;
    assert.equal(pages.state(1).kind, 'loaded');
  });
});

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

describe('UserPages: a mistake that no service is to blame for', () => {
  useFresh();
  const mistake = new TypeError('a mistake');

  it('stands where a failure stands, and is thrown for whoever writes the log', async () => {
    server.failures.push(mistake);
    await assert.rejects(pages.open(0), (error) => error === mistake);
    assert.deepEqual(pages.state(0), { kind: 'failed', error: mistake });
    await pages.open(0);
    server.failures.push(mistake);
    await assert.rejects(pages.refresh(), (error) => error === mistake);
    assert.equal(pages.refreshError, mistake);
    assert.deepEqual(pages.state(0), { kind: 'loaded' });
  });
});
