import assert from 'node:assert/strict';
import type { Health } from '../../src/model/health.ts';
import { noticeText } from '../../src/tree/noticeText.ts';

describe('The text of a notice', () => {
  const now = Date.UTC(2026, 4, 1);
  const seen = (label: string, health: Health) => ({
    connection: 'studio',
    key: label,
    label,
    health,
    end: undefined,
  });
  const jane = 'jane.doe@example.com';
  const error: Health = { kind: 'error', message: 'out of\norder' };

  it('says what is wrong with one account', () => {
    const at = now + 3 * 24 * 3600_000;
    for (const [health, text] of [
      [{ kind: 'endsSoon', at }, `The session of the Luma account ${jane} ends in 3 days.`],
      [{ kind: 'expired', at: now }, `The session of the Luma account ${jane} has ended.`],
      [error, `The Luma account ${jane} reports an error: out of order`],
    ] as const) {
      assert.equal(noticeText([seen(jane, health)], now), text);
    }
  });

  it('names the first of several', () => {
    const told = ['a', 'b', 'c', 'd', 'e'].map((label) => seen(label, error));
    assert.equal(noticeText(told.slice(0, 3), now), '3 Luma accounts need attention: a, b, c');
    assert.match(noticeText(told.slice(0, 4), now), /: a, b, c and 1 more$/);
    assert.equal(noticeText(told, now), '5 Luma accounts need attention: a, b, c and 2 more');
  });

  it('leaves no link in what a service says', () => {
    const link = { kind: 'error', message: '[x](command:y)' } as const;
    assert.ok(!noticeText([seen('[z](command:z)', link)], now).includes(']('));
  });
});
