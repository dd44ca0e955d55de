import assert from 'node:assert/strict';
import { readLumaAccount } from '../../src/api/luma.ts';
import type { LumaAccount } from '../../src/api/luma.ts';
import type { Json, JsonObject } from '../../src/http/json.ts';
import { expiryForms } from '../server/oddRecords.ts';

describe('readLumaAccount', () => {
  const nothing: LumaAccount = {
    email: undefined,
    account: undefined,
    userId: undefined,
    concurrency: undefined,
    executing: undefined,
    sessionExpires: undefined,
    error: undefined,
    sessionValid: undefined,
    credits: undefined,
  };

  it('reads what is there', () => {
    assert.deepEqual(
      readLumaAccount({
        email: 'jane.doe@example.com',
        account: 'jane',
        user_id: 'u',
        concurrency: 4,
        executing: 9,
        luma_session_expires: '2026-05-27 02:20:34 UTC',
        error: 'broken',
        sessionValid: false,
        credits: { usage: 1, limit: 2, more: 3 },
        unknown: {},
      }),
      {
        email: 'jane.doe@example.com',
        account: 'jane',
        userId: 'u',
        concurrency: 4,
        executing: 9,
        sessionExpires: Date.UTC(2026, 4, 27, 2, 20, 34),
        error: 'broken',
        sessionValid: false,
        credits: { usage: 1, limit: 2 },
      },
    );
  });

  it('takes an error also in the form that a sister of the service sends', () => {
    const error = { code: 17, message: 'No credits' };
    assert.equal(readLumaAccount({ error }).error, 'No credits');
    assert.equal(readLumaAccount({ error: { message: ' ' } }).error, undefined);
  });

  it('leaves out what is missing, of a wrong type or empty', () => {
    assert.deepEqual(readLumaAccount({}), nothing);
    const fields = [
      ...['email', 'account', 'user_id', 'concurrency', 'executing', 'luma_session_expires'],
      ...['error', 'sessionValid', 'credits'],
    ];
    for (const wrong of [null, [], {}, ['x'], '', ' ', -1, { usage: '1', limit: 2 }]) {
      const record = Object.fromEntries(fields.map((field) => [field, wrong]));
      assert.deepEqual(readLumaAccount(record), nothing, JSON.stringify(wrong));
    }
    const one = { ...nothing, email: 'jane.doe@example.com' };
    assert.deepEqual(readLumaAccount({ email: 'jane.doe@example.com', credits: null }), one);
  });

  it('takes nothing from a prototype', () => {
    const inherited = JSON.parse('{"__proto__":{"email":"x","error":"y"}}') as JsonObject;
    assert.deepEqual(readLumaAccount(inherited), nothing);
    const heir = Object.create({ email: 'x' }) as JsonObject;
    assert.deepEqual(readLumaAccount(heir), nothing);
  });

  it('leaves the record as it is', () => {
    const record = Object.freeze({ email: ' ', unknown: Object.freeze([1]) as unknown as Json });
    readLumaAccount(record);
    assert.deepEqual(record, { email: ' ', unknown: [1] });
  });

  it('reads the end of a session in its known forms only', () => {
    const read = expiryForms.map(
      (form) => readLumaAccount({ luma_session_expires: form as Json }).sessionExpires,
    );
    const at = Date.UTC(2099, 4, 27, 2, 20, 34);
    assert.deepEqual(read, [at, at, at + 567, at, ...Array<undefined>(8).fill(undefined)]);
  });
});
