import assert from 'node:assert/strict';
import { ask } from '../server/ask.ts';
import type { Fault } from '../server/exchange.ts';
import * as odd from '../server/oddRecords.ts';
import * as faults from '../server/pageFaults.ts';
import { type TestServer, startServer } from '../server/server.ts';

interface Page {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly page_info: Readonly<Record<string, unknown>>;
  readonly total_count?: unknown;
}

let server: TestServer;

/** What each test of a suite begins and ends with. */
function useFresh(): void {
  beforeEach(async () => {
    server = await startServer({ users: 25 });
  });

  afterEach(async () => {
    await server.close();
  });
}

/** Ten users behind a cursor, or the first ten. */
async function page(after?: unknown): Promise<Page> {
  const query = new URLSearchParams({
    limit: '10',
    ...(typeof after === 'string' && { after }),
  });
  const { body } = await ask(`${server.luminaryAddress}/users?${query.toString()}`, {
    headers: { authorization: `Bearer ${server.tokens.luminary}` },
  });
  return JSON.parse(body.toString()) as Page;
}

/** The first page as it should be, and as a fault leaves it. */
async function firstPages(fault: Fault): Promise<readonly [right: Page, wrong: Page]> {
  const right = await page();
  server.fault(fault);
  return [right, await page()];
}

describe('faults: pages of users', () => {
  useFresh();
  it('an empty page leads on to the users that it left out', async () => {
    const first = await page();
    const handle = server.fault(faults.emptyPageWithMore);
    const empty = await page(first.page_info['end_cursor']);
    assert.deepEqual(empty.data, []);
    assert.equal(empty.page_info['has_next_page'], true);
    assert.notEqual(empty.page_info['end_cursor'], first.page_info['end_cursor']);
    const emptyFirst = await page();
    handle.remove();
    assert.deepEqual(
      (await page(empty.page_info['end_cursor'])).data,
      (await page(first.page_info['end_cursor'])).data,
    );
    assert.deepEqual((await page(emptyFirst.page_info['end_cursor'])).data, first.data);
  });

  it('a repeated cursor leads round for ever', async () => {
    server.fault(faults.repeatedCursor);
    const first = await page();
    const second = await page(first.page_info['end_cursor']);
    assert.equal(second.page_info['end_cursor'], first.page_info['end_cursor']);
    assert.equal(second.page_info['has_next_page'], true);
    assert.notDeepEqual(second.data, first.data);
  });

  it('a cursor is null', async () => {
    const [right, wrong] = await firstPages(faults.endCursorNull);
    assert.equal(wrong.page_info['end_cursor'], null);
    assert.equal(wrong.page_info['has_next_page'], true);
    assert.deepEqual(wrong.data, right.data);
  });

  it('a cursor is missing', async () => {
    const [, wrong] = await firstPages(faults.endCursorMissing);
    assert.ok(!('end_cursor' in wrong.page_info));
    assert.equal(wrong.page_info['has_next_page'], true);
  });

  it('the last page says that there were more', async () => {
    server.fault(faults.endCursor((right) => right));
    const last = await page(btoa('{"row":19}'));
    assert.equal(last.data.length, 5);
    assert.equal(last.page_info['has_next_page'], true);
  });

  it('page_info is another', async () => {
    const [, wrong] = await firstPages(faults.pageInfo({ has_next_page: 'yes', end_cursor: 7 }));
    assert.equal(wrong.page_info['has_next_page'], 'yes');
    assert.equal(wrong.page_info['end_cursor'], 7);
  });

  it('the total is another, or missing', async () => {
    for (const total of [0, 1e9, -1, 'many', null]) {
      server.heal();
      const [right, wrong] = await firstPages(faults.totalCount(total));
      assert.deepEqual(wrong, { ...right, total_count: total });
    }
    server.heal();
    const [, wrong] = await firstPages(faults.totalCount(undefined));
    assert.ok(!('total_count' in wrong));
  });

  it('the total changes', async () => {
    server.fault(faults.changingTotal);
    assert.notEqual((await page()).total_count, (await page()).total_count);
  });

  it('a user is on two pages', async () => {
    const first = await page();
    server.fault(faults.alsoHolds(first.data[9]));
    const second = await page(first.page_info['end_cursor']);
    assert.equal(second.data.length, 11);
    assert.deepEqual(second.data[0], first.data[9]);
  });

  it('a user is twice on one page', async () => {
    const [right, wrong] = await firstPages(faults.sameUserTwice);
    assert.deepEqual(wrong.data, [...right.data, right.data[0]]);
  });

  it('the list shifts between two requests', async () => {
    const first = await page();
    server.users.insert(0, server.users.at(24));
    const second = await page(first.page_info['end_cursor']);
    assert.deepEqual(second.data[0], first.data[9]);
    assert.equal(second.total_count, 26);
  });

  it('leave answers alone that are no pages', async () => {
    server.fault(faults.sameUserTwice);
    const { status } = await ask(`${server.luminaryAddress}/users`);
    assert.equal(status, 401);
  });
});

describe('faults: records', () => {
  useFresh();
  it('odd users arrive as they are', async () => {
    const users = [
      ...odd.usersWithOddNames(),
      ...Object.values(odd.unreadableUsers()),
      ...Object.values(odd.sparseUsers()),
    ];
    server.users.insert(0, ...users);
    const received: unknown[] = [];
    for (let after: unknown; received.length < users.length;) {
      const { data, page_info } = await page(after);
      received.push(...data);
      after = page_info['end_cursor'];
    }
    assert.deepEqual(received.slice(0, users.length), JSON.parse(JSON.stringify(users)));
    assert.equal(odd.oddNames['long']?.length, 10_000);
  });

  it('odd accounts arrive under their keys', async () => {
    for (const accounts of [odd.oddAccounts(), odd.unreadableAccounts(), odd.manyAccounts()]) {
      server.accounts = accounts;
      const { body } = await ask(`${server.lumaAddress}/accounts`, {
        headers: { authorization: `Bearer ${server.tokens.luma}` },
      });
      const received = new Map(Object.entries(JSON.parse(body.toString()) as object));
      assert.equal(received.size, accounts.size);
      for (const [key, account] of accounts) {
        assert.deepEqual(received.get(key), account);
      }
    }
    assert.equal(server.accounts.size, 10_000);
  });
});
