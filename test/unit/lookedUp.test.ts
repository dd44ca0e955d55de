import assert from 'node:assert/strict';
import { LookedUp } from '../../src/model/lookedUp.ts';
import { because, failure, user } from './fakes.ts';

let there: Map<string, ReturnType<typeof user>>;
let asked: string[];
let broken: Error | undefined;
let changes: number;
let lookedUp: LookedUp;

beforeEach(() => {
  there = new Map([1, 2, 3].map((n) => [user(n).id, user(n)]));
  asked = [];
  broken = undefined;
  changes = 0;
  const client = {
    user(id: string, signal?: AbortSignal) {
      signal?.throwIfAborted();
      asked.push(id);
      if (broken !== undefined) return Promise.reject(broken);
      const found = there.get(id);
      return found === undefined
        ? Promise.reject(failure('notFound'))
        : Promise.resolve({ ...found });
    },
  };
  lookedUp = new LookedUp(client, () => changes++);
});

const ids = () => lookedUp.users.map(({ id }) => id);

describe('Users that were looked up', () => {
  it('are asked for one by one, and stand in the order of the first time', async () => {
    await lookedUp.find(user(2).id);
    await lookedUp.find(user(1).id);
    const again = await lookedUp.find(user(2).id);
    assert.deepEqual(ids(), [user(2).id, user(1).id]);
    assert.equal(lookedUp.users[0], again);
    assert.equal(changes, 3);
  });

  it('may be known already, and are told of once', () => {
    lookedUp.add(user(3));
    assert.deepEqual([ids(), changes, asked], [[user(3).id], 1, []]);
    const known = lookedUp.get(user(3).id);
    assert.ok(known);
    lookedUp.add(known);
    assert.equal(changes, 1);
    lookedUp.add(user(3, { email: 'new@example.com' }));
    assert.deepEqual([ids(), changes], [[user(3).id], 2]);
  });

  it('leave nothing behind where there is none, or nobody waits any more', async () => {
    await assert.rejects(lookedUp.find('nobody'), because('notFound'));
    const stop = new AbortController();
    const finding = lookedUp.find(user(1).id, stop.signal);
    stop.abort();
    await assert.rejects(finding, { name: 'AbortError' });
    assert.deepEqual(ids(), []);
    assert.equal(changes, 0);
  });

  it('are asked for again, and dropped when they are gone', async () => {
    for (const n of [1, 2, 3]) await lookedUp.find(user(n).id);
    there.delete(user(2).id);
    there.set(user(3).id, user(3, { first_name: 'June' }));
    await lookedUp.refresh();
    assert.deepEqual(ids(), [user(1).id, user(3).id]);
    assert.equal(lookedUp.users[1]?.['first_name'], 'June');
    assert.equal(changes, 4);
  });

  it('need no request where there are none', async () => {
    await lookedUp.refresh();
    assert.deepEqual(asked, []);
    assert.equal(changes, 0);
  });

  it('stay when they can’t be asked for again, and say why', async () => {
    await lookedUp.find(user(1).id);
    broken = failure('timeout');
    await lookedUp.refresh();
    because('timeout')(lookedUp.refreshError);
    assert.deepEqual(ids(), [user(1).id]);
    assert.equal(changes, 2);
    broken = undefined;
    await lookedUp.refresh();
    assert.equal(lookedUp.refreshError, undefined);
  });

  it('hand on what no service is to blame for, and being cancelled', async () => {
    await lookedUp.find(user(1).id);
    broken = new TypeError('a mistake');
    await assert.rejects(lookedUp.refresh(), TypeError);
    broken = undefined;
    await lookedUp.refresh();
    await assert.rejects(lookedUp.refresh(AbortSignal.abort()), { name: 'AbortError' });
    assert.equal(lookedUp.refreshError, undefined);
    assert.deepEqual(ids(), [user(1).id]);
  });
});
