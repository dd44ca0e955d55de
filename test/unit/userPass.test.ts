import assert from 'node:assert/strict';
import { UserPass } from '../../src/model/userPass.ts';
import { answer, user, users } from './fakes.ts';

describe('UserPass', () => {
  it('begins with nothing', () => {
    const pass = new UserPass();
    assert.deepEqual(pass.elements, []);
    assert.deepEqual(pass.segments, []);
    assert.equal(pass.cursor, undefined);
    assert.equal(pass.end, undefined);
    assert.equal(pass.total, undefined);
  });

  it('follows the cursors until there is no more', () => {
    const pass = new UserPass();
    pass.take(answer(users(0, 2), 'a', { totalCount: 5 }), 2);
    assert.equal(pass.cursor, 'a');
    pass.take(answer(users(2, 4), 'b', { totalCount: 5 }), 2);
    assert.equal(pass.end, undefined);
    pass.take(answer(users(4, 5), undefined, { totalCount: 5 }), 2);
    assert.equal(pass.end, 'complete');
    assert.deepEqual(pass.elements, users(0, 5));
    assert.deepEqual(pass.segments, [
      { after: undefined, limit: 2, from: 0, to: 2, endCursor: 'a', hasNextPage: true },
      { after: 'a', limit: 2, from: 2, to: 4, endCursor: 'b', hasNextPage: true },
      { after: 'b', limit: 2, from: 4, to: 5, endCursor: undefined, hasNextPage: false },
    ]);
  });

  it('is complete when the service says so, whatever cursor it gives', () => {
    for (const cursors of [
      ['a', 'a'],
      ['a', 'b'],
    ] as const) {
      const pass = new UserPass();
      pass.take(answer(users(0, 1), cursors[0]), 1);
      pass.take(answer(users(1, 2), cursors[1], { hasNextPage: false }), 1);
      assert.equal(pass.end, 'complete');
    }
  });

  it('takes each user once, in the order received', () => {
    const pass = new UserPass();
    pass.take(answer([user(2), user(0), user(2, { email: 'other@example.com' })], 'a'), 3);
    pass.take(answer([user(0), user(1)], undefined), 3);
    assert.deepEqual(pass.elements, [user(2), user(0), user(1)]);
  });

  it('keeps what is no user, each time that it comes', () => {
    const odd = [null, 'text', 7, [user(1)], {}, { id: '' }, { id: 7 }, null];
    const pass = new UserPass();
    pass.take(answer([user(1), ...odd], undefined), 10);
    assert.deepEqual(pass.elements, [user(1), ...odd]);
  });

  it('stops where there is more and no cursor', () => {
    const pass = new UserPass();
    pass.take(answer(users(0, 2), undefined, { hasNextPage: true }), 2);
    assert.equal(pass.end, 'missingCursor');
    assert.equal(pass.elements.length, 2);
  });

  it('stops at a cursor that it has seen, whether just now or long ago', () => {
    for (const again of ['a', 'b', 'c']) {
      const pass = new UserPass();
      ['a', 'b', 'c'].forEach((cursor, index) => {
        pass.take(answer([user(index)], cursor), 1);
        assert.equal(pass.end, undefined);
      });
      pass.take(answer([user(9)], again), 1);
      assert.equal(pass.end, 'repeatedCursor');
      assert.deepEqual(pass.elements.at(-1), user(9));
    }
  });

  it('goes on after empty answers, but not for ever', () => {
    const pass = new UserPass();
    const take = (count: number, name: string) => {
      for (let i = 0; i < count; i++) pass.take(answer([], `${name}${i}`), 100);
    };
    take(49, 'a');
    assert.equal(pass.end, undefined);
    pass.take(answer([user(1)], 'x'), 100);
    take(49, 'b');
    assert.equal(pass.end, undefined);
    take(1, 'c');
    assert.equal(pass.end, 'noProgress');
  });

  it('counts an answer that only repeats users as empty', () => {
    const pass = new UserPass();
    for (let i = 0; i <= 50; i++) {
      assert.equal(pass.end, undefined);
      pass.take(answer([user(1), user(1)], String(i)), 100);
    }
    assert.equal(pass.end, 'noProgress');
    assert.deepEqual(pass.elements, [user(1)]);
  });

  it('holds the latest total, and keeps it where an answer gives none', () => {
    const pass = new UserPass();
    const totals = [undefined, 7, undefined, 0, 9].map((totalCount, index) => {
      pass.take(answer([user(index)], String(index), { totalCount }), 1);
      return pass.total;
    });
    assert.deepEqual(totals, [undefined, 7, 7, 0, 9]);
  });
});
