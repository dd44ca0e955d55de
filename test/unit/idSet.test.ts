import assert from 'node:assert/strict';
import fc from 'fast-check';
import { IdSet } from '../../src/model/idSet.ts';
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

describe('IdSet', () => {
  it('knows each id that it was given, and no other', () => {
    fc.assert(
      fc.property(fc.array(anyId, { maxLength: 200 }), (ids) => {
        const [set, plain] = [new IdSet(), new Set<string>()];
        for (const id of ids) {
          assert.equal(set.add(id), !plain.has(id), id);
          plain.add(id);
        }
      }),
    );
  });

  it('tells apart ids that differ in any one digit', () => {
    const set = new IdSet();
    assert.ok(set.add(zero));
    for (let at = 5; at < zero.length; at++) {
      for (const digit of '123456789ABCDEFGHJKMNPQRSTVWXYZ') {
        const id = zero.slice(0, at) + digit + zero.slice(at + 1);
        assert.ok(set.add(id), id);
        assert.ok(!set.add(id), id);
      }
    }
    assert.ok(!set.add(zero));
  });

  it('grows', () => {
    const set = new IdSet();
    const ids = Array.from({ length: 5000 }, (_, index) => personAt(index).id);
    assert.ok(ids.every((id) => set.add(id)));
    assert.ok(!ids.some((id) => set.add(id)));
    assert.ok(set.add(personAt(5000).id));
  });
});
