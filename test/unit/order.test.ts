import assert from 'node:assert/strict';
import fc from 'fast-check';
import { placedBefore, stepped } from '../../src/model/order.ts';

const all = ['a', 'b', 'c', 'd', 'e'];
const inside = (moved: string) => (item: string) => moved.includes(item);

describe('stepped', () => {
  const up = (moved: string) => stepped(all, inside(moved), 'up').join('');
  const down = (moved: string) => stepped(all, inside(moved), 'down').join('');

  it('moves by one place, past others only', () => {
    assert.deepEqual(['c', 'a', 'bc', 'ab', 'ace', ''].map(up), [
      'acbde',
      'abcde',
      'bcade',
      'abcde',
      'acbed',
      'abcde',
    ]);
    assert.deepEqual(['c', 'e', 'bc', 'de', 'ace'].map(down), [
      'abdce',
      'abcde',
      'adbce',
      'abcde',
      'badce',
    ]);
  });
});

describe('placedBefore', () => {
  const placed = (moved: string, target?: string) =>
    placedBefore(all, inside(moved), target).join('');

  it('puts some before another one, in the order that they have', () => {
    assert.equal(placed('d', 'a'), 'dabce');
    assert.equal(placed('db', 'a'), 'bdace');
    assert.equal(placed('a', 'd'), 'bcade');
    assert.equal(placed('a', 'b'), 'abcde');
  });

  it('puts them at the end without one, or where it is not there', () => {
    assert.equal(placed('b'), 'acdeb');
    assert.equal(placed('eb'), 'acdbe');
    assert.equal(placed('b', 'x'), 'acdeb');
  });

  it('gathers them where one of them stands', () => {
    assert.equal(placed('bd', 'd'), 'acbde');
    assert.equal(placed('be', 'e'), 'acdbe');
    assert.equal(placed('c', 'c'), 'abcde');
  });

  it('keeps everything once, and what does not move in its order', () => {
    const some = fc.uniqueArray(fc.nat(20));
    fc.assert(
      fc.property(some, some, fc.option(fc.nat(20), { nil: undefined }), (items, moved, target) => {
        const moves = (item: number) => moved.includes(item);
        const result = placedBefore(items, moves, target);
        assert.deepEqual(result.toSorted(), items.toSorted());
        for (const fits of [moves, (item: number) => !moves(item)]) {
          assert.deepEqual(result.filter(fits), items.filter(fits));
        }
      }),
    );
  });
});
