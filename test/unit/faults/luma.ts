import assert from 'node:assert/strict';
import { accountRow } from '../../../src/tree/accountRow.ts';
import {
  expiryForms,
  manyAccounts,
  oddAccounts,
  unreadableAccounts,
} from '../../server/oddRecords.ts';
import * as faults from '../../server/faults.ts';
import { fails, right } from './harness.ts';
import type { FaultCase } from './harness.ts';
import type { World } from './world.ts';

type Accounts = World['server']['accounts'];

/** The service has these accounts for a while; all of them are there, and every row can be drawn. */
function odd(
  name: string,
  accounts: Accounts,
  check: (rows: readonly string[]) => void = () => undefined,
): FaultCase {
  let usual: Accounts = new Map();
  return {
    name,
    begin: (world) => {
      usual = world.server.accounts;
      world.server.accounts = accounts;
    },
    then: { accounts: right() },
    replaces: true,
    check: ({ luma }) => {
      const shown = luma.accounts.all;
      // An object's keys come back with those first that are whole numbers.
      const sent = JSON.parse(JSON.stringify(Object.fromEntries(accounts))) as object;
      assert.deepEqual(
        shown.map(({ key }) => key),
        Object.keys(sent),
      );
      const rows = shown.map((account) => {
        const { label, description = '', spoken } = accountRow(account, Date.now());
        for (const text of [label, description, spoken]) assert.doesNotMatch(text, /[\r\n\u202e]/);
        return `${label} ${description}`;
      });
      check(rows);
    },
    end: (world) => {
      world.server.accounts = usual;
    },
  };
}

const whole = { email: 'jane.doe@example.com', concurrency: 4, executing: 1 };
const one = (fields: object, key = 'jane.doe@example.com') =>
  new Map([[key, { ...whole, ...fields }]]);
const keys = ['__proto__', 'constructor', '7', ''];
const wrongTypes = [7, [], {}, true, null];

/** What Luma may send that is odd, and must not be lost or misread. */
export const lumaFaults: readonly FaultCase[] = [
  odd('{}', new Map(), (rows) => {
    assert.deepEqual(rows, []);
  }),
  ...keys.map((key) =>
    odd(`the key “${key}”`, one({ email: 'odd@example.com' }, key), (rows) => {
      assert.match(rows.join(), /^odd@example\.com /);
    }),
  ),
  odd('every odd account at once', oddAccounts()),
  odd('an entry that is no object', unreadableAccounts()),
  odd('every field missing', new Map([['jane.doe@example.com', {}]]), (rows) => {
    assert.match(rows.join(), /^jane\.doe@example\.com/);
  }),
  ...wrongTypes.map((wrong) =>
    odd(
      `every field ${JSON.stringify(wrong)}`,
      one(Object.fromEntries(allFields().map((field) => [field, wrong]))),
    ),
  ),
  odd('unknown fields', one({ plan: 'plus', limits: { daily: [1, 2] }, note: null })),
  odd('10,000 accounts', manyAccounts()),
  ...expiryForms.map((form, index) =>
    odd(
      `a session’s end as ${JSON.stringify(form)}`,
      one({ luma_session_expires: form }),
      (rows) => {
        assert.equal(rows.join().includes('session ends'), index < 4, rows.join());
      },
    ),
  ),
  odd('an account with an error', one({ error: 'Login failed <b>$(x)</b>' }), (rows) => {
    assert.match(rows.join(), /Login failed/);
  }),
  odd('more running than there are slots', one({ executing: 9 }), (rows) => {
    assert.match(rows.join(), /9\/4/);
  }),
  {
    name: 'nothing but entries that are no objects',
    begin: (world) => {
      world.server.fault({ path: /accounts$/, fault: faults.json({ a: null, b: 'text', c: [1] }) });
    },
    then: { accounts: { ...fails('unexpectedAnswer'), told: /not as this service does/ } },
  },
];

function allFields(): readonly string[] {
  return [
    'account',
    'email',
    'user_id',
    'concurrency',
    'luma_session_expires',
    'updated',
    'refresh_last',
    'refresh_count',
    'executing',
    'error',
    'sessionValid',
    'credits',
  ];
}
