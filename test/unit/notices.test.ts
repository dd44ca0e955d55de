import assert from 'node:assert/strict';
import { SOON, healthOf } from '../../src/model/health.ts';
import type { LumaAccount } from '../../src/api/luma.ts';
import { readLumaAccount } from '../../src/api/luma.ts';
import { Notices, withoutConnection } from '../../src/model/notices.ts';
import type { Sighting } from '../../src/model/notices.ts';

const DAY = 24 * 3600_000;
const now = Date.UTC(2026, 4, 1);
const far = now + 30 * DAY;
const near = now + 3 * DAY;

const sighting = (fields: Partial<LumaAccount>, key = 'jane'): Sighting => {
  const account = { ...readLumaAccount({}), ...fields };
  const health = healthOf(account, now);
  return { connection: 'studio', key, health, end: account.sessionExpires };
};
const well = (key?: string) => sighting({ sessionExpires: far }, key);
const broken = (key?: string) => sighting({ sessionExpires: far, error: 'out of order' }, key);
const soon = (key?: string, end = near) => sighting({ sessionExpires: end }, key);
const ended = (key?: string, end = far) =>
  sighting({ sessionExpires: end, sessionValid: false }, key);

describe('Notices', () => {
  let notices: Notices;
  let marks: readonly string[];

  beforeEach(() => {
    notices = new Notices();
    marks = [];
  });

  /** What is told when accounts are seen one way after the other. */
  function told(...looks: Sighting[][]): string[] {
    return looks.flatMap((sightings) => {
      notices.look(sightings);
      const telling = notices.take(marks);
      ({ marks } = telling);
      return telling.notices.map(({ key, health }) => `${key} ${health.kind}`);
    });
  }

  it('tell that a session ends soon, at first sight too, and once for each session', () => {
    assert.deepEqual(told([soon()], [soon()], [soon()]), ['jane endsSoon']);
    assert.deepEqual(told([well()], [soon()]), [], 'not again for the same session');
    assert.deepEqual(told([soon('jane', near + DAY)]), ['jane endsSoon']);
  });

  it('tell of no end that was told to be near', () => {
    assert.deepEqual(told([soon()], [ended('jane', near)]), ['jane endsSoon']);
  });

  it('tell of an account that breaks, but not of one that was broken at first sight', () => {
    assert.deepEqual(told([broken('bob'), well()], [broken('bob'), broken()]), ['jane error']);
    assert.deepEqual(told([ended('eve')], [ended('eve')]), []);
  });

  it('tell of an error once until the account works again', () => {
    const flow = [[well()], [broken()], [broken()], [well()], [well()], [broken()], [broken()]];
    assert.deepEqual(told(...flow), ['jane error', 'jane error']);
  });

  it('tell anew of what breaks again after a restart', () => {
    assert.deepEqual(told([well()], [broken()]), ['jane error']);
    notices = new Notices();
    assert.deepEqual(told([well()], [broken()]), ['jane error']);
    notices = new Notices();
    notices.look([well()]);
    assert.deepEqual(told([broken()]), [], 'it was broken again before anybody was told');
  });

  it('tell of a session that ends early, once', () => {
    assert.deepEqual(told([well()], [ended()], [well()], [ended()]), ['jane expired']);
  });

  it('tell of an error of an account whose session ends soon', () => {
    const both = sighting({ sessionExpires: near, error: 'out of order' });
    assert.deepEqual(told([soon()], [both]), ['jane endsSoon', 'jane error']);
  });

  it('tell of a session without a known end as of an error', () => {
    const gone = sighting({ sessionValid: false });
    const flow = [[sighting({})], [gone], [gone], [sighting({})], [gone]];
    assert.deepEqual(told(...flow), ['jane expired', 'jane expired']);
  });

  it('tell of several together', () => {
    notices.look([well('jane'), soon('bob'), well('eve')]);
    notices.look([broken('jane'), soon('bob'), well('eve')]);
    assert.equal(notices.take([]).notices.length, 2);
  });

  it('keep what nobody could be told, unless it has passed meanwhile', () => {
    notices.look([well('jane'), well('bob')]);
    notices.look([broken('jane'), broken('bob')]);
    notices.look([broken('jane'), well('bob')]);
    assert.deepEqual(told([broken('jane'), well('bob')]), ['jane error']);
  });

  it('are not told twice by two windows, nor after a restart', () => {
    const other = new Notices();
    for (const one of [notices, other]) one.look([well('jane'), soon('bob')]);
    assert.deepEqual(told([broken('jane'), soon('bob')]), ['jane error', 'bob endsSoon']);
    other.look([broken('jane'), soon('bob')]);
    assert.deepEqual(other.take(marks), { notices: [], marks });
    const next = new Notices();
    next.look([broken('jane'), soon('bob')]);
    assert.deepEqual(next.take(marks), { notices: [], marks });
  });

  it('are not told twice where they could not be written down', () => {
    told([soon()]);
    marks = [];
    assert.deepEqual(told([soon()]), []);
    assert.deepEqual(marks, [], 'nor is written back what someone has taken away');
  });

  it('leave marks without a name in them, and a bounded number', () => {
    told([soon('jane.doe@example.com')]);
    assert.match(marks[0] ?? '', /^studio [\w-]{16} \d+$/);
    notices.look([soon('bob')]);
    const kept = Array.from({ length: 2000 }, (_, index) => `other hash ${String(index)}`);
    assert.equal(notices.take(kept).marks.length, 1000);
  });

  it('leave nothing behind for a connection that is gone', () => {
    told([soon()]);
    assert.deepEqual(withoutConnection([...marks, 'studio2 hash 1'], 'studio'), ['studio2 hash 1']);
  });

  it('know when time alone changes an account', () => {
    assert.equal(notices.nextChange(now), undefined);
    notices.look([well(), soon('bob'), broken('eve')]);
    assert.equal(notices.nextChange(now), near);
    notices.look([well()]);
    assert.equal(notices.nextChange(now), far - SOON);
    assert.equal(notices.nextChange(far - SOON), far);
    assert.equal(notices.nextChange(far), undefined);
  });
});
