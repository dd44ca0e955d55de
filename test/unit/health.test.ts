import assert from 'node:assert/strict';
import { readLumaAccount } from '../../src/api/luma.ts';
import type { JsonObject } from '../../src/http/json.ts';
import type { ErrorReason } from '../../src/http/errors.ts';
import type { LoadState } from '../../src/model/accounts.ts';
import {
  SOON,
  accountHealth,
  freeSlotsOf,
  healthOf,
  needsAttention,
} from '../../src/model/health.ts';
import { failure } from './fakes.ts';

const now = Date.UTC(2026, 4, 1);
const day = 24 * 3600_000;
const at = (ms: number) => new Date(now + ms).toISOString();

const health = (record: JsonObject) => healthOf(readLumaAccount(record), now);

describe('healthOf', () => {
  it('is idle where nothing is known', () => {
    assert.deepEqual(health({}), { kind: 'idle' });
    assert.deepEqual(health({ luma_session_expires: 'never', executing: 'two' }), { kind: 'idle' });
  });

  it('tells idle, running and busy by the slots', () => {
    const kinds = [0, 1, 3, 4, 5].map((executing) => health({ concurrency: 4, executing }).kind);
    assert.deepEqual(kinds, ['idle', 'running', 'running', 'busy', 'busy']);
    assert.equal(health({ executing: 3 }).kind, 'running');
    assert.equal(health({ concurrency: 0, executing: 0 }).kind, 'idle');
    assert.equal(health({ concurrency: 0, executing: 1 }).kind, 'busy');
    assert.equal(health({ concurrency: 4, executing: -1 }).kind, 'idle');
  });

  it('tells a session that has ended, to the millisecond', () => {
    assert.deepEqual(health({ luma_session_expires: at(0) }), { kind: 'expired', at: now });
    assert.deepEqual(health({ luma_session_expires: at(-day) }), {
      kind: 'expired',
      at: now - day,
    });
    assert.equal(health({ luma_session_expires: at(1) }).kind, 'endsSoon');
  });

  it('tells a session that ends within seven days', () => {
    assert.equal(SOON, 7 * day);
    assert.deepEqual(health({ luma_session_expires: at(SOON) }), {
      kind: 'endsSoon',
      at: now + SOON,
    });
    assert.equal(health({ luma_session_expires: at(SOON + 1) }).kind, 'idle');
  });

  it('believes the live details that a session does not work', () => {
    const future = at(90 * day);
    assert.deepEqual(health({ sessionValid: false, luma_session_expires: future }), {
      kind: 'expired',
      at: undefined,
    });
    assert.deepEqual(health({ sessionValid: false }), { kind: 'expired', at: undefined });
    assert.deepEqual(health({ sessionValid: false, luma_session_expires: at(-1) }), {
      kind: 'expired',
      at: now - 1,
    });
    assert.deepEqual(health({ sessionValid: false, luma_session_expires: at(0) }), {
      kind: 'expired',
      at: now,
    });
    assert.equal(health({ sessionValid: true, luma_session_expires: future }).kind, 'idle');
    assert.equal(health({ sessionValid: true, luma_session_expires: at(-1) }).kind, 'expired');
  });

  it('puts the worst first', () => {
    const full = { concurrency: 1, executing: 1 };
    assert.equal(health({ ...full, luma_session_expires: at(day) }).kind, 'endsSoon');
    assert.equal(health({ ...full, luma_session_expires: at(-day) }).kind, 'expired');
    assert.deepEqual(health({ ...full, luma_session_expires: at(-day), error: 'No credits' }), {
      kind: 'error',
      message: 'No credits',
    });
    assert.equal(health({ error: ' ' }).kind, 'idle');
  });

  it('asks for attention where someone should do something', () => {
    const asks = (
      [
        { kind: 'error', message: 'x' },
        { kind: 'expired', at: undefined },
        { kind: 'endsSoon', at: now },
        { kind: 'busy' },
        { kind: 'running' },
        { kind: 'idle' },
      ] as const
    ).map(needsAttention);
    assert.deepEqual(asks, [true, true, true, false, false, false]);
  });
});

describe('accountHealth', () => {
  const kind = (details: LoadState, shown: JsonObject | null = { executing: 1 }) =>
    accountHealth({ key: 'a', record: shown, shown, details }, now)?.kind;
  const failed = (reason: ErrorReason): LoadState => ({ kind: 'failed', error: failure(reason) });

  it('knows from the details that a session has ended', () => {
    assert.equal(kind(failed('sessionExpired')), 'expired');
    assert.equal(kind(failed('sessionExpired'), { error: 'No credits' }), 'error');
  });

  it('takes no other failure for the end of a session', () => {
    const mistake: LoadState = { kind: 'failed', error: new TypeError('a mistake') };
    const other = Object.assign(new Error('x'), { reason: 'sessionExpired' });
    for (const details of [
      failed('serverError'),
      failed('unauthorized'),
      mistake,
      { kind: 'failed', error: other } as const,
      { kind: 'cancelled' } as const,
      { kind: 'loaded', readAt: now } as const,
    ]) {
      assert.equal(kind(details), 'running', details.kind);
    }
  });

  it('is unknown where the record can’t be read', () => {
    assert.equal(kind(failed('sessionExpired'), null), undefined);
  });
});

describe('freeSlotsOf', () => {
  const free = (...records: JsonObject[]) =>
    freeSlotsOf(
      records.map((record) => ({
        key: 'a',
        record,
        shown: record,
        details: { kind: 'notLoaded' },
      })),
      now,
    );

  it('adds up what is known, and knows nothing of what isn’t', () => {
    assert.equal(free(), undefined);
    assert.equal(free({}, { executing: 1 }), undefined);
    assert.equal(free({ concurrency: 4, executing: 1 }, {}, { concurrency: 2 }), 5);
    assert.equal(free({ concurrency: 4, error: 'broken' }, { concurrency: 1, executing: 3 }), 0);
  });
});
