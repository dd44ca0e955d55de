import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readToolInput } from '../../src/language/toolInput.ts';
import { accountLine, fullUserLine, userLine } from '../../src/language/toolTexts.ts';
import type { JsonObject } from '../../src/http/json.ts';
import type { Account } from '../../src/model/accounts.ts';

const now = Date.UTC(2026, 4, 15, 12);

function account(record: JsonObject): Account {
  return { key: 'jane.doe@example.com', record, shown: record, details: { kind: 'notLoaded' } };
}

describe('The input of a language-model tool', () => {
  it('is read with what is left out', () => {
    assert.deepEqual(readToolInput('listAccounts', {}), { emails: false });
    assert.deepEqual(readToolInput('findUsers', { query: ' jane ' }), { query: 'jane', limit: 20 });
    assert.deepEqual(readToolInput('getUser', { id: 'user_1', tenant: 'acme' }), {
      id: 'user_1',
      tenant: 'acme',
    });
  });

  const wrong: readonly [Parameters<typeof readToolInput>[0], unknown, RegExp][] = [
    ['findUsers', {}, /findUsers.*query/],
    ['findUsers', { query: '  ' }, /query/],
    ['findUsers', { query: 'a'.repeat(201) }, /query.*200/],
    ['findUsers', { query: 7 }, /query.*string/],
    ['findUsers', { query: 'a', limit: 51 }, /limit.*50/],
    ['findUsers', { query: 'a', limit: 0 }, /limit.*1/],
    ['findUsers', { query: 'a', limit: 1.5 }, /limit.*integer/],
    ['findUsers', { query: 'a', name: 'b' }, /name/],
    ['getUser', { id: '' }, /id/],
    ['getUser', null, /getUser/],
    ['getUser', [], /getUser/],
    ['listAccounts', { emails: 'yes' }, /emails.*boolean/],
  ];
  for (const [tool, input, message] of wrong) {
    it(`says what is wrong with ${JSON.stringify(input).slice(0, 40)} for ${tool}`, () => {
      assert.throws(() => readToolInput(tool, input), { name: 'Error', message });
    });
  }

  it('is told in a few words, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        try {
          readToolInput('getUser', input);
        } catch (error) {
          assert.ok(error instanceof Error && error.message.length < 600);
        }
      }),
    );
  });
});

describe('What a language model gets', () => {
  const busy = {
    email: 'jane.doe@example.com',
    user_id: '9ecac364',
    concurrency: 4,
    executing: 4,
    luma_session_expires: '2026-05-27 02:20:34 UTC',
    credits: { usage: 12, limit: 100 },
  };

  it('tells how an account is, without its email unless it may', () => {
    const line = accountLine(account(busy), 1, false, now);
    assert.deepEqual(JSON.parse(line), {
      id: '9ecac364',
      status: 'busy · 4/4 · session ends in 11 days',
      credits: '12 of 100 used',
      session_ends: '2026-05-27T02:20:34.000Z',
    });
    const withEmail = JSON.parse(accountLine(account(busy), 1, true, now)) as JsonObject;
    assert.equal(withEmail['email'], 'jane.doe@example.com');
  });

  it('holds no email even where an account has no ID, or an error names it', () => {
    const error = 'login of <jane.doe@example.com> failed:\njohn@roe.example,x';
    for (const record of [
      { error },
      { email: 'jane.doe@example.com', account: 'jane.doe@example.com' },
    ]) {
      const line = accountLine(account(record), 2, false, now);
      assert.ok(!line.includes('@'), line);
      assert.match(line, /^\{"account":2,/);
    }
    const unreadable: Account = { ...account({}), record: 'x', shown: 'x' };
    assert.ok(!accountLine(unreadable, 3, false, now).includes('@'));
  });

  it('holds no part of an email that a long error is cut in, or that stands in place of an ID', () => {
    for (let length = 50; length < 90; length++) {
      const error = `${'x'.repeat(length)} jane.doe@example.com`;
      const line = accountLine(account({ error }), 1, false, now);
      assert.ok(!/j(?:a|…)/.test(line), line);
    }
    const line = accountLine(account({ user_id: 'jane.doe@example.com' }), 1, false, now);
    assert.ok(!line.includes('jane'), line);
  });

  it('is one line for each user, whatever names hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.string(), (id, name) => {
        const record = { id, first_name: name, last_name: `${name}\n}{"id":"x"`, created_at: name };
        for (const line of [userLine(record, { name: 'acme' }), fullUserLine(record, { name })]) {
          assert.ok(!/[\n\r\u2028\u2029]/.test(line));
          assert.ok(line.length < 1500);
          assert.equal(typeof JSON.parse(line), 'object');
        }
      }),
    );
  });

  it('tells of a user what it may, and nothing else', () => {
    const record = {
      id: 'user_1',
      email: 'jane.doe@example.com',
      first_name: 'Jane',
      last_name: 'Doe',
      created_at: '2024-01-15T09:30:00Z',
      phone: '555',
    };
    const few = { id: 'user_1', name: 'Jane Doe', email: 'jane.doe@example.com', tenant: 'acme' };
    assert.deepEqual(JSON.parse(userLine(record, { name: 'acme' })), few);
    assert.deepEqual(JSON.parse(fullUserLine(record, { name: 'acme' })), {
      ...few,
      created_at: '2024-01-15T09:30:00Z',
    });
  });
});
