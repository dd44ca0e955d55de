import assert from 'node:assert/strict';
import type { JsonObject } from '../../src/http/json.ts';
import type { Account } from '../../src/model/accounts.ts';
import { freeSlots } from '../../src/model/health.ts';
import { inOrder } from '../../src/tree/accountOrder.ts';
import { accountStatus } from '../../src/tree/accountRow.ts';
import { creditsText, usedPercent } from '../../src/words/credits.ts';
import { relativeChange, relativeText, unbroken } from '../../src/words/format.ts';
import { slotBar, slotsFreeText } from '../../src/words/slots.ts';

const now = Date.UTC(2026, 4, 15, 12);
const [minute, hour, day] = [60_000, 3600_000, 24 * 3600_000];

const account = (record: JsonObject, key = 'key'): Account => ({
  key,
  record,
  shown: record,
  details: { kind: 'notLoaded' },
});

describe('relativeChange', () => {
  const distances = [
    ...[0, 1, 999, 59_000, minute - 1, minute, minute + 1, 2 * minute],
    ...[hour - 1, hour, 90 * minute, day - 1, day, day + 1, 7 * day, 30 * day - 1, 30 * day],
    ...[360 * day, 364 * day, 365 * day - 1, 365 * day, 365 * day + 1, 800 * day],
  ];

  for (const way of [1, -1]) {
    it(`tells when the words change of what ${way > 0 ? 'comes' : 'has been'}, to the millisecond`, () => {
      for (const distance of distances) {
        const at = now + way * distance;
        const change = relativeChange(at, now);
        assert.ok(change > now, String(way * distance));
        const words = relativeText(at, now);
        assert.equal(relativeText(at, change - 1), words, `before, ${String(way * distance)}`);
        assert.notEqual(relativeText(at, change), words, `after, ${String(way * distance)}`);
      }
    });
  }
});

describe('Words in a narrow column', () => {
  it('break at spaces alone', () => {
    assert.equal(unbroken('ends soon'), 'ends soon');
    assert.equal(unbroken('実行中 2'), '実\u2060行\u2060中 2');
  });
});

describe('Credits', () => {
  it('are all used only if nothing is left', () => {
    assert.equal(usedPercent(3199, 3200), 99);
    assert.equal(usedPercent(999_999_999, 1_000_000_000), 99);
    assert.equal(usedPercent(1 - Number.EPSILON, 1), 99);
    assert.equal(usedPercent(3200, 3200), 100);
    assert.equal(usedPercent(3300, 3200), 103);
  });

  it('are rounded down, but not what is whole', () => {
    assert.equal(usedPercent(1840, 3200), 57);
    assert.equal(usedPercent(0, 3200), 0);
    for (let percent = 0; percent <= 100; percent++) {
      assert.equal(usedPercent(percent / 100, 1), percent);
      assert.equal(usedPercent(percent * 7, 700), percent);
    }
  });

  it('have no share where there is none', () => {
    assert.equal(usedPercent(0, 0), undefined);
    assert.equal(usedPercent(1, -1), undefined);
    assert.equal(usedPercent(-1, 10), undefined);
    assert.equal(usedPercent(Infinity, Infinity), undefined);
    assert.equal(creditsText(5, 0), '5 of 0 used');
    assert.equal(creditsText(1840, 3200), '1,840 of 3,200 used (57%)');
  });
});

describe('Slots', () => {
  const free = (record: JsonObject) => freeSlots(account(record), now);

  it('are free where the account works', () => {
    assert.equal(free({ concurrency: 4, executing: 1 }), 3);
    assert.equal(free({ concurrency: 4 }), 4);
    assert.equal(free({ concurrency: 4, executing: 6 }), 0);
    assert.equal(free({ executing: 6 }), undefined);
    const soon = new Date(now + day).toISOString();
    assert.equal(free({ concurrency: 4, luma_session_expires: soon }), 4);
  });

  it('are not free where it does not', () => {
    assert.equal(free({ concurrency: 4, error: 'No credits' }), 0);
    assert.equal(free({ concurrency: 4, sessionValid: false }), 0);
    assert.equal(freeSlots({ ...account({}), shown: 'no' }, now), undefined);
  });

  it('are said in words', () => {
    assert.deepEqual([undefined, 0, 1, 1200].map(slotsFreeText), [
      '',
      'no slot free',
      '1 slot free',
      '1,200 slots free',
    ]);
  });

  it('make a bar that is full only if all are taken, and empty only if none is', () => {
    const bar = (running: number) => slotBar(running, 4);
    assert.deepEqual([0, 1, 3, 4, 9, -1].map(bar), [
      '▱▱▱▱',
      '▰▱▱▱',
      '▰▰▰▱',
      '▰▰▰▰',
      '▰▰▰▰',
      '▱▱▱▱',
    ]);
    assert.equal(slotBar(1, 1000), '▰▱▱▱▱▱▱▱▱▱');
    assert.equal(slotBar(999, 1000), '▰▰▰▰▰▰▰▰▰▱');
    assert.equal(slotBar(0, 0), '');
    assert.equal(slotBar(1, 0), '');
    assert.equal(slotBar(0.5, 1), '▱');
  });
});

describe('The state of an account in its tooltip', () => {
  const status = (record: JsonObject) => accountStatus(account(record), now);

  it('is told with a bar of its slots', () => {
    assert.deepEqual(
      status({ concurrency: 4, executing: 1, luma_session_expires: '2026-05-27 12:00:00 UTC' }),
      ['running · session ends in 12 days', '▰▱▱▱ 1 of 4 slots in use · 3 slots free'],
    );
    assert.deepEqual(status({}), ['idle']);
  });

  it('holds all that the service says is wrong', () => {
    const error = `first\n${'long '.repeat(200)}`;
    assert.deepEqual(status({ error, concurrency: 2 }), ['error', error, '▱▱ 0 of 2 slots in use']);
  });
});

describe('The order of accounts', () => {
  const end = (ms: number) => ({ luma_session_expires: new Date(now + ms).toISOString() });
  const accounts = Object.entries({
    idle: {},
    'a10@example.com': { executing: 1 },
    'a9@example.com': { executing: 4, concurrency: 4 },
    'Zoë@example.com': end(6 * day),
    zoe: end(2 * day),
    gone: end(-day),
    broken: { error: 'x' },
  }).map(([key, record]) => account(record, key));
  const keys = (order: 'service' | 'name' | 'attention') =>
    inOrder(accounts, order, now).map(({ key }) => key);

  it('is the service’s', () => {
    assert.deepEqual(inOrder(accounts, 'service', now), accounts);
  });

  it('is that of the names, as a person reads them', () => {
    assert.deepEqual(keys('name'), [
      'a9@example.com',
      'a10@example.com',
      'broken',
      'gone',
      'idle',
      'zoe',
      'Zoë@example.com',
    ]);
  });

  it('is the worst first, of sessions the one that ends first, and then the service’s', () => {
    assert.deepEqual(keys('attention'), [
      'broken',
      'gone',
      'zoe',
      'Zoë@example.com',
      'idle',
      'a10@example.com',
      'a9@example.com',
    ]);
    const unreadable = { ...account({}, 'no'), shown: 7 };
    assert.equal(inOrder([...accounts, unreadable], 'attention', now)[1]?.key, 'no');
  });
});
