import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  accountPinId,
  isDigest,
  isPinnedAs,
  movePins,
  pinKey,
  readPins,
  withPins,
  withoutPins,
} from '../../src/model/pins.ts';
import type { Pin } from '../../src/model/pins.ts';

const pins: fc.Arbitrary<Pin[]> = fc
  .array(
    fc.record(
      {
        connection: fc.constantFrom('c1', 'c2'),
        kind: fc.constantFrom('user' as const, 'account' as const),
        id: fc.constantFrom('a', 'b', 'c', 'd'),
      },
      { noNullPrototype: true },
    ),
  )
  .map((all) => withPins([], all));

function user(id: string): Pin {
  return { connection: 'c1', kind: 'user', id };
}

/** All pins are shown. */
const every = () => true;

function ids(all: readonly Pin[]): string {
  return all.map(({ id }) => id).join('');
}

describe('Pins', () => {
  it('stand in the person’s order, each once, the newest last', () => {
    const all = withPins([user('a'), user('b')], [user('a'), user('c'), user('c')]);
    assert.equal(ids(all), 'abc');
    assert.equal(ids(withoutPins(all, [user('b'), user('x')])), 'ac');
  });

  it('hold the Luma user id of an account, and else a digest that tells nothing of its key', () => {
    const key = 'jane.doe@example.com';
    assert.equal(accountPinId(key, { user_id: '9ecac364' }), '9ecac364');
    for (const record of [{}, { user_id: ' ' }, { user_id: 7 }, null]) {
      const id = accountPinId(key, record);
      assert.match(id, /^sha256:[0-9a-f]{64}$/);
      assert.ok(isDigest({ connection: 'c', kind: 'account', id }));
    }
    assert.notEqual(accountPinId(key, {}), accountPinId('john.roe@example.com', {}));
    assert.ok(!isDigest(user('sha256:no account')));
  });

  it('of an account stay its own when it is given a user id', () => {
    const key = 'jane.doe@example.com';
    const digest = accountPinId(key, {});
    assert.ok(isPinnedAs(digest, key, {}));
    assert.ok(isPinnedAs(digest, key, { user_id: '9ecac364' }));
    assert.ok(isPinnedAs('9ecac364', key, { user_id: '9ecac364' }));
    assert.ok(!isPinnedAs('9ecac364', key, {}));
    assert.ok(!isPinnedAs(digest, 'john.roe@example.com', {}));
  });

  it('are read from whatever is stored', () => {
    const good = user('__proto__');
    for (const bad of [null, 7, 'x', [], {}, { ...good, kind: 'page' }, { ...good, id: '' }]) {
      assert.deepEqual(readPins([bad, good, good]), [good]);
      assert.deepEqual(readPins(bad), []);
    }
    const more = { ...good, email: 'jane.doe@example.com' };
    assert.deepEqual(readPins([more]), [good]);
    fc.assert(
      fc.property(pins, (all) => {
        assert.deepEqual(readPins(JSON.parse(JSON.stringify(all))), all);
      }),
    );
  });

  it('move by one place, several together, and not past the ends', () => {
    const all = ['a', 'b', 'c', 'd'].map(user);
    assert.equal(ids(movePins(all, [user('c')], 'up', every)), 'acbd');
    assert.equal(ids(movePins(all, [user('c')], 'down', every)), 'abdc');
    assert.equal(ids(movePins(all, [user('c'), user('d')], 'up', every)), 'acdb');
    assert.equal(ids(movePins(all, [user('a'), user('b')], 'down', every)), 'cabd');
    assert.equal(ids(movePins(all, [user('a'), user('b')], 'up', every)), 'abcd');
    assert.equal(ids(movePins(all, [user('a'), user('c')], 'up', every)), 'acbd');
    assert.equal(ids(movePins(all, [user('x')], 'up', every)), 'abcd');
  });

  it('pass at a move what is shown, and leave the others where they are', () => {
    const all = ['a', 'b', 'c', 'd'].map(user);
    const isShown = ({ id }: Pin) => id !== 'b' && id !== 'd';
    assert.equal(ids(movePins(all, [user('c')], 'up', isShown)), 'cbad');
    assert.equal(ids(movePins(all, [user('a')], 'down', isShown)), 'cbad');
    assert.equal(ids(movePins(all, [user('a')], 'up', isShown)), 'abcd');
    assert.equal(ids(movePins(all, [user('b')], 'up', isShown)), 'abcd');
  });

  it('are all still there after a move, those that moved in their order', () => {
    fc.assert(
      fc.property(pins, pins, fc.constantFrom('up' as const, 'down' as const), (all, some, way) => {
        const after = movePins(all, some, way, every);
        assert.deepEqual(after.map(pinKey).sort(), all.map(pinKey).sort());
        const moved = new Set(some.map(pinKey));
        for (const chosen of [true, false]) {
          const order = (list: readonly Pin[]) =>
            list.map(pinKey).filter((key) => moved.has(key) === chosen);
          assert.deepEqual(order(after), order(all));
        }
      }),
    );
  });
});
