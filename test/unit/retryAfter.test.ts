import assert from 'node:assert/strict';
import { jsonOf } from '../../src/http/answer.ts';
import type { ServiceError } from '../../src/http/errors.ts';
import { retryAt } from '../../src/http/retryAfter.ts';
import { retryAfterForms } from '../server/retryAfter.ts';
import { because, response } from './fakes.ts';

const now = Date.UTC(2026, 4, 1, 12);

describe('retryAt', () => {
  const header = (text: string) => retryAt(response(429, '', { 'retry-after': text }), now);
  const body = (value: unknown) => retryAt(response(429, value), now);

  it('reads seconds', () => {
    assert.equal(header('1'), now + 1000);
    assert.equal(header(' 120 '), now + 120_000);
    assert.equal(header('2592000'), now + 2_592_000_000);
  });

  it('reads the three forms of a date that HTTP has, always as UTC', () => {
    assert.equal(header('Fri, 01 May 2026 12:00:09 GMT'), now + 9000);
    assert.equal(header('Friday, 01-May-26 12:00:09 GMT'), now + 9000);
    assert.equal(header('Fri May  1 12:00:09 2026'), now + 9000);
  });

  it('takes nothing else for a time ahead', () => {
    const forms = retryAfterForms(now);
    const nonsense = [
      ...['zero', 'negative', 'past', 'garbage', 'fraction', 'endless'].map((name) => forms[name]),
      '',
      'Tue, soon 2099',
      'Mon 2099',
      'Fri, 01 May 2099',
      '2099-05-01T12:00:00Z',
      'tomorrow, 01 May 2099 12:00:00 GMT',
      '1, 1',
      '0x10',
      '1e3',
      'Fri, 99 May 2026 12:00:09 GMT',
      new Date(now).toUTCString(),
    ];
    for (const text of nonsense) assert.equal(header(text ?? ''), undefined, text);
  });

  it('reads the field of the body where the header says nothing', () => {
    const iso = new Date(now + 5000).toISOString();
    assert.equal(body({ error: 'x', retryAfter: iso }), now + 5000);
    assert.equal(body({ retryAfter: '2026-05-01T14:00:05+02:00' }), now + 5000);
    assert.equal(
      retryAt(response(429, { retryAfter: iso }, { 'retry-after': '7' }), now),
      now + 7000,
    );
    assert.equal(
      retryAt(response(429, { retryAfter: iso }, { 'retry-after': 'soon' }), now),
      now + 5000,
    );
  });

  it('takes nothing else in the body for a time ahead', () => {
    const past = new Date(now - 5000).toISOString();
    for (const value of [
      past,
      30,
      null,
      'soon',
      '2099',
      '2099-05-01',
      '2099-05-01T12:00:00',
      '2099-99-99T12:00:00Z',
      { at: '2099-05-01T12:00:00Z' },
    ]) {
      assert.equal(body({ retryAfter: value }), undefined, JSON.stringify(value));
    }
    assert.equal(body('retryAfter: 2099-05-01T12:00:00Z'), undefined);
    assert.equal(body({ x: 'x'.repeat(70_000), retryAfter: '2099-05-01T12:00:00Z' }), undefined);
  });

  it('says nothing where nothing is said', () => {
    assert.equal(retryAt(response(429), now), undefined);
  });
});

describe('a failure that asks for a pause', () => {
  it('is told with its time', () => {
    const before = Date.now();
    assert.throws(
      () => jsonOf(response(429, { error: 'Slow down' }, { 'retry-after': '2592000' }), []),
      (error) => {
        assert.ok(because('rateLimited', { status: 429, detail: 'Slow down' })(error));
        const { retryAt: at } = error as ServiceError;
        assert.ok(at !== undefined && at >= before + 2592e6 && at <= Date.now() + 2592e6);
        return true;
      },
    );
  });
});
