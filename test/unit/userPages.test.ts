import assert from 'node:assert/strict';
import { Gate, users } from './fakes.ts';
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

  it('tells which page a user stands on, once it is loaded', async () => {
    const [first = '', last = '', next = ''] = [...ids(99, 101), ...ids(150, 151)];
    await pages.open(0);
    assert.deepEqual(
      [first, last, next].map((id) => pages.pageOf(id)),
      [0, undefined, undefined],
    );
    await pages.open(1);
    assert.deepEqual(
      [first, last, next].map((id) => pages.pageOf(id)),
      [0, 1, 1],
    );
    assert.equal(pages.pageOf('user_nobody'), undefined);
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
