import assert from 'node:assert/strict';
import fc from 'fast-check';
import { IdMap } from '../../src/model/idMap.ts';
import { personAt } from '../../src/sample/people.ts';

const zero = `user_${'0'.repeat(26)}`;

/** Ids that differ little from each other, of the usual form and nearly so. */
const anyId = fc.oneof(
  fc
    .string({ unit: fc.constantFrom('0', '1', 'Z'), minLength: 26, maxLength: 26 })
    .map((digits) => `user_${digits}`),
  fc
    .tuple(fc.nat({ max: 30 }), fc.constantFrom('0', '1', 'Z', 'z', 'I', 'Ø', ''))
    .map(([at, put]) => {
      return zero.slice(0, at) + put + zero.slice(at + 1);
    }),
  fc.string(),
);

describe('IdMap', () => {
  it('knows the number of each id that it was given, and of no other', () => {
    fc.assert(
      fc.property(fc.array(anyId, { maxLength: 200 }), (ids) => {
        const [map, plain] = [new IdMap(), new Map<string, number>()];
        for (const [number, id] of ids.entries()) {
          assert.equal(map.get(id), plain.get(id), id);
          assert.equal(map.add(id, number), !plain.has(id), id);
          if (!plain.has(id)) plain.set(id, number);
        }
        for (const [id, number] of plain) assert.equal(map.get(id), number, id);
      }),
    );
  });

  it('tells apart ids that differ in any one digit', () => {
    const map = new IdMap();
    assert.ok(map.add(zero, 0));
    for (let at = 5; at < zero.length; at++) {
      for (const digit of '123456789ABCDEFGHJKMNPQRSTVWXYZ') {
        const id = zero.slice(0, at) + digit + zero.slice(at + 1);
        assert.ok(map.add(id, at), id);
        assert.ok(!map.add(id, 0), id);
        assert.equal(map.get(id), at);
      }
    }
    assert.ok(!map.add(zero, 1));
  });

  it('grows', () => {
    const map = new IdMap();
    const ids = Array.from({ length: 5000 }, (_, index) => personAt(index).id);
    assert.ok(ids.every((id, index) => map.add(id, index)));
    assert.ok(!ids.some((id) => map.add(id, 0)));
    assert.ok(ids.every((id, index) => map.get(id) === index));
    assert.ok(map.add(personAt(5000).id, 2 ** 32 - 1));
    assert.equal(map.get(personAt(5000).id), 2 ** 32 - 1);
  });
});
