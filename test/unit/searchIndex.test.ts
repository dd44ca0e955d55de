import assert from 'node:assert/strict';

import type { Json } from '../../src/http/json.ts';
import { parseQuery } from '../../src/model/search/query.ts';
import { UserIndex } from '../../src/model/search/userIndex.ts';
import { UserIndexes } from '../../src/model/search/userIndexes.ts';
import { find, named, people } from './searchStage.ts';

describe('An index of users', () => {
  it('follows a list that grows, however it grows', () => {
    const all = people(0, 1600);
    const elements: Json[] = [];
    const index = new UserIndex(() => elements);
    for (const size of [1, 99, 400, 12, 1, 511, 512, 64]) {
      elements.push(...all.slice(elements.length, elements.length + size));
      const query = parseQuery('ma');
      assert.deepEqual(index.search(query, 50), find(elements, 'ma', 50));
      assert.equal(index.indexed, elements.length);
    }
  });

  it('notices another list in its place', () => {
    let elements: Json[] = [named('Jane', 'Doe')];
    const index = new UserIndex(() => elements);
    assert.equal(index.search(parseQuery('jane'), 9).count, 1);
    elements = [named('Bob', 'Doe')];
    assert.equal(index.indexed, 0);
    assert.equal(index.search(parseQuery('jane'), 9).count, 0);
    assert.equal(index.search(parseQuery('bob'), 9).count, 1);
  });

  it('is built in slices, between which others have their turn', async () => {
    const elements = people(0, 60_000);
    const index = new UserIndex(() => elements);
    const seen: number[] = [];
    const look = () => {
      seen.push(index.indexed);
      if (index.indexed < elements.length) setImmediate(look);
    };
    setImmediate(look);
    await index.build();
    assert.equal(index.indexed, 60_000);
    assert.ok(seen.some((count) => count > 0 && count < 60_000));
  });

  it('starts over when the list is replaced while it is built', async () => {
    let elements = people(0, 60_000);
    const index = new UserIndex(() => elements);
    const built = index.build();
    assert.ok(index.indexed > 0 && index.indexed < 60_000);
    elements = [named('Jane', 'Doe')];
    await built;
    assert.equal(index.indexed, 1);
    assert.equal(index.search(parseQuery(''), 9).count, 1);
  });

  it('stops when it is aborted, keeps what it has, and a search finds everybody', async () => {
    const elements = people(0, 60_000);
    const index = new UserIndex(() => elements);
    const stop = new AbortController();
    const built = index.build(stop.signal);
    stop.abort(new Error('closed'));
    await assert.rejects(built, /closed/);
    const { indexed } = index;
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(index.indexed, indexed);
    assert.ok(indexed > 0 && indexed < 60_000);
    assert.equal(index.search(parseQuery('user_'), 9).count, 60_000);
  });

  it('can be cleared', () => {
    const elements = people(0, 10);
    const index = new UserIndex(() => elements);
    index.search(parseQuery(''), 1);
    assert.equal(index.indexed, 10);
    index.clear();
    assert.equal(index.indexed, 0);
    assert.equal(index.search(parseQuery(''), 1).count, 10);
  });
});

describe('The indexes of users', () => {
  it('are one for each tenant, whoever looks through it', async () => {
    const indexes = new UserIndexes();
    const [acme, beta] = [people(0, 3), people(3, 5)].map((elements) => ({
      list: { elements, end: undefined, readAt: undefined },
    }));
    assert.ok(acme !== undefined && beta !== undefined);
    const index = indexes.of(acme);
    await index.build();
    assert.equal(indexes.of(acme), index);
    assert.equal(indexes.of(acme).indexed, 3);
    assert.notEqual(indexes.of(beta), index);
    assert.equal(indexes.of(beta).indexed, 0);
  });
});
