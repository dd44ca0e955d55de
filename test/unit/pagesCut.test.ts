import assert from 'node:assert/strict';
import { UserPages } from '../../src/model/userPages.ts';
import type { PagesChange } from '../../src/model/userPages.ts';
import { FakeUsers, Gate, failure, settle, users } from './fakes.ts';

let server: FakeUsers;
let pages: UserPages;
let changes: PagesChange[];

beforeEach(() => {
  server = new FakeUsers(250);
  changes = [];
  pages = new UserPages(server, 100, (change) => changes.push(change));
});

function states(): string[] {
  return Array.from({ length: pages.count }, (_, index) => pages.state(index).kind);
}

/** What is held back fails or comes, and all that follows from it has happened. */
async function end(opening: Promise<void>, error?: Error): Promise<void> {
  if (error === undefined) await server.gate?.open(undefined);
  else await server.gate?.fail(error);
  await opening;
  await settle();
}

describe('UserPages: another page size', () => {
  it('counts for the first page where nothing is loaded', async () => {
    pages.cut(25);
    assert.deepEqual(changes, []);
    await pages.open(0);
    assert.deepEqual(server.limits, [25]);
    assert.equal(pages.count, 10);
  });

  it('cuts what is loaded, and asks for nothing', async () => {
    await pages.open(0);
    changes.length = 0;
    pages.cut(30);
    assert.equal(pages.pageSize, 30);
    assert.equal(server.queries.length, 1);
    assert.deepEqual(changes, [{ kind: 'all' }]);
    assert.deepEqual(states(), [
      ...Array<string>(3).fill('loaded'),
      ...Array<string>(6).fill('notLoaded'),
    ]);
    assert.deepEqual(pages.range(8), { from: 240, to: 250 });
    assert.deepEqual(pages.elements(3), users(90, 100));
    await pages.open(3);
    assert.deepEqual(pages.elements(3), users(90, 120));
    assert.equal(server.limits.at(-1), 20);
  });

  it('ends no load, of which no page of the new cut is the worse', async () => {
    await pages.open(0);
    for (const error of [undefined, failure()]) {
      server.gate = new Gate();
      const opening = pages.open(pages.list.elements.length / pages.pageSize);
      pages.cut(pages.pageSize / 2);
      changes.length = 0;
      await end(opening, error);
      server.gate = undefined;
      assert.ok(states().every((state) => state === 'loaded' || state === 'notLoaded'));
    }
    assert.equal(pages.list.elements.length, 200);
    assert.deepEqual(changes, []);
  });

  it('tells of the end of the list whatever the cut was when it was asked for', async () => {
    await pages.open(0);
    server.gate = new Gate();
    const loading = pages.loadAll();
    pages.cut(70);
    server.gate.open(undefined).catch(() => undefined);
    server.gate = undefined;
    await loading;
    assert.equal(pages.list.end, 'complete');
    assert.deepEqual(states(), Array<string>(4).fill('loaded'));
    assert.deepEqual(pages.range(3), { from: 210, to: 250 });
  });
});
