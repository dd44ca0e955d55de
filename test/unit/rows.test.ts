import assert from 'node:assert/strict';
import type { Connection } from '../../src/connections/connection.ts';
import { ServiceError } from '../../src/http/errors.ts';
import type { Json, JsonObject } from '../../src/http/json.ts';
import type { LoadState } from '../../src/model/accounts.ts';
import { accountPinId } from '../../src/model/pins.ts';
import type { Pin } from '../../src/model/pins.ts';
import { accountRow, accountText } from '../../src/tree/accountRow.ts';
import { accountFields, fieldRow, userFields, valueForCopy } from '../../src/tree/fields.ts';
import { unreadableRow } from '../../src/tree/messageRow.ts';
import { connectionOf, idOf, parentOf } from '../../src/tree/nodes.ts';
import type { ConnectionNode, Node, PageNode, PinNode } from '../../src/tree/nodes.ts';
import { pageLabel } from '../../src/tree/pageRow.ts';
import type { PinState } from '../../src/tree/pinned.ts';
import { pinLabel, pinRow, pinnedRow } from '../../src/tree/pinnedRow.ts';
import { subjectOf } from '../../src/tree/subject.ts';
import { userRow } from '../../src/tree/userRow.ts';

const now = Date.UTC(2026, 4, 15, 12);

function rowOf(key: string, record: JsonObject, details: LoadState = { kind: 'notLoaded' }) {
  return accountRow({ key, record, shown: record, details }, now);
}

describe('The row of an account', () => {
  const account = (fields: JsonObject) =>
    rowOf('key', { email: 'jane.doe@example.com', concurrency: 4, ...fields });

  const cases: readonly [string, JsonObject, string, string][] = [
    ['idle', { executing: 0 }, 'idle · 0/4', 'circle-outline'],
    ['running', { executing: 2 }, '2/4 running', 'play-circle'],
    ['busy', { executing: 4 }, 'busy · 4/4', 'circle-filled'],
    ['above its slots', { executing: 5 }, 'busy · 5/4', 'circle-filled'],
    ['in error', { executing: 0, error: 'gone\nwrong' }, 'error: gone wrong', 'error'],
    [
      'expired',
      { executing: 0, luma_session_expires: '2026-05-12 12:00:00 UTC' },
      'expired 3 days ago',
      'circle-slash',
    ],
    [
      'about to expire',
      { executing: 1, luma_session_expires: '2026-05-20T12:00:00Z' },
      'ends in 5 days · 1/4 running',
      'warning',
    ],
    [
      'good for a while',
      { executing: 1, luma_session_expires: '2026-05-27 12:00:00 UTC' },
      '1/4 running · session ends in 12 days',
      'play-circle',
    ],
    ['found invalid', { executing: 0, sessionValid: false }, 'expired', 'circle-slash'],
    [
      'with a date that is none',
      { executing: 0, luma_session_expires: '2026-02-30 00:00:00 UTC' },
      'idle · 0/4',
      'circle-outline',
    ],
  ];
  for (const [what, fields, description, icon] of cases) {
    it(`says what one that is ${what} is like`, () => {
      const row = account(fields);
      assert.equal(row.label, 'jane.doe@example.com');
      assert.equal(row.description, description);
      assert.equal(row.icon?.id, icon);
      assert.match(row.spoken, /^Luma account jane\.doe@example\.com (is|has) .*[^.]\.$/);
      assert.doesNotMatch(row.spoken, /[·/]/);
    });
  }

  it('says that its session has ended where reading its details tells so', () => {
    const error = new ServiceError('sessionExpired', { status: 596 });
    const row = rowOf('7', { executing: 0, concurrency: 4 }, { kind: 'failed', error });
    assert.equal(row.description, 'expired');
  });

  it('is said in words that need no row, where there is none', () => {
    const record = { concurrency: 4, executing: 1, luma_session_expires: '2026-05-20T12:00:00Z' };
    const details = { kind: 'notLoaded' } as const;
    assert.equal(
      accountText({ key: 'key', record, shown: record, details }, now),
      'session ends in 5 days · 1/4 running',
    );
    assert.equal(
      accountText({ key: 'key', record: null, shown: null, details }, now),
      'it is no object: null',
    );
  });

  it('is called by its key where its record can’t be read, and says so beside it', () => {
    const account = { key: 'jane.doe@example.com', record: 'x', shown: 'x' };
    const row = accountRow({ ...account, details: { kind: 'notLoaded' } }, now);
    assert.equal(row.label, 'jane.doe@example.com');
    assert.equal(row.description, 'can’t be read · it is no object: "x"');
    assert.equal(row.icon?.id, 'warning');
    assert.equal(row.context, 'unreadable');
    assert.equal(
      row.spoken,
      'Luma account jane.doe@example.com can’t be read: it is no object: "x".',
    );
  });

  it('is called by its email, else its account, else its key', () => {
    assert.equal(rowOf('7', { account: 'main' }).label, 'main');
    assert.equal(rowOf('7', {}).label, '7');
    assert.equal(rowOf('__proto__', { email: 5, account: null }).label, '__proto__');
  });
});

describe('The row of a user', () => {
  const user = (fields: JsonObject) => userRow({ id: 'user_1', ...fields });

  it('is called by the full name, else the email, else the ID', () => {
    assert.equal(
      user({ first_name: 'Jane', last_name: 'Doe', email: 'j@example.com' }).label,
      'Jane Doe',
    );
    assert.equal(user({ first_name: '', last_name: 'Doe' }).label, 'Doe');
    const unnamed = user({ first_name: ' ', last_name: '\u200b', email: 'j@example.com' });
    assert.deepEqual([unnamed.label, unnamed.description], ['j@example.com', '']);
    assert.equal(user({ first_name: 3 }).label, 'user_1');
  });

  it('says who it is in a sentence', () => {
    assert.equal(
      user({ first_name: 'Jane', email: 'j@example.com' }).spoken,
      'Jane is a user with the email j@example.com.',
    );
  });

  it('stays one short line whatever a name holds', () => {
    const { label } = user({ first_name: `a\n\u202eb\u0007${'x'.repeat(10_000)}` });
    assert.ok(label.length <= 200 && /^a b x+…$/.test(label), label);
  });
});

describe('Fields', () => {
  it('stand in their order, unknown ones after them', () => {
    const names = (fields: readonly (readonly [string, unknown])[]) => fields.map(([name]) => name);
    assert.deepEqual(names(userFields({ zebra: 1, email: 'e', id: 'i' })), [
      'id',
      'email',
      'zebra',
    ]);
    assert.deepEqual(names(accountFields({ extra: 1, credits: null, email: 'e' })), [
      'email',
      'credits',
      'extra',
    ]);
  });

  it('show times relative and local, and anything else in words', () => {
    const text = (name: string, value: Parameters<typeof fieldRow>[1]) =>
      fieldRow(name, value, now).description;
    assert.match(text('created_at', '2026-05-12T12:00:00Z') ?? '', /^3 days ago · May 12, 2026/);
    assert.equal(text('updated', '2026-03-28'), '2026-03-28');
    assert.equal(text('credits', { usage: 120, limit: 480 }), '120 of 480 used (25%)');
    assert.equal(text('credits', { usage: 0, limit: 0 }), '0 of 0 used');
    assert.equal(text('credits', 'many'), 'many');
    assert.equal(text('sessionValid', true), 'yes');
    assert.equal(text('refresh_count', 12_345), '12,345');
    assert.equal(text('first_name', ''), 'empty');
    assert.equal(text('anything', null), 'none');
    assert.equal(text('tags', ['a']), '["a"]');
  });

  it('are copied as received', () => {
    assert.equal(valueForCopy('2026-05-12T12:00:00Z'), '2026-05-12T12:00:00Z');
    assert.equal(valueForCopy({ a: [1] }), '{"a":[1]}');
    assert.equal(valueForCopy(null), 'null');
    for (const text of ['-0', '{"b":1e999,"a":[-1e999,9007199254740992]}']) {
      assert.equal(valueForCopy(JSON.parse(text) as Json), text);
    }
  });
});

describe('The label of a page', () => {
  it('is its range, open at its end where that is unknown', () => {
    const label = (from: number, to?: number) => pageLabel({ range: () => ({ from, to }) }, 0);
    assert.equal(label(0, 100), 'Users 1–100');
    assert.equal(label(12_300, 12_345), 'Users 12,301–12,345');
    assert.equal(label(100, 101), 'User 101');
    assert.equal(label(200), 'Users 201–…');
  });
});

describe('Other rows', () => {
  it('say why a record can’t be read', () => {
    assert.equal(unreadableRow({ name: 'x' }).description, 'it has no ID');
    const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as Json;
    assert.equal(unreadableRow(deep).description, 'it is no object: …');
    assert.equal(fieldRow('tags', deep, now).description, '…');
    assert.equal(unreadableRow([1]).description, 'it is no object: [1]');
    assert.equal(unreadableRow(null).description, 'it is no object: null');
  });

  it('have an id of their own, whatever names hold', () => {
    const root = { kind: 'connection', id: 'c', service: 'luminary' } as const;
    const page = (index: number): PageNode => ({ kind: 'page', parent: root, index });
    const user = (id: string): Node => ({ kind: 'user', parent: page(0), record: { id } });
    const pin = (kind: Pin['kind'], id: string) => pinNode(root, kind, id);
    const nodes: Node[] = [
      root,
      page(0),
      page(1),
      user('a'),
      user('a/fields/"x"'),
      user('\ud83d'),
      user('"'),
      {
        kind: 'field',
        parent: { kind: 'user', parent: page(0), record: { id: 'a' } },
        name: 'x',
        value: 1,
      },
      { kind: 'account', parent: root, key: 'a' },
      { kind: 'unreadable', parent: page(0), key: '1', record: null },
      { kind: 'unreadable', parent: page(1), key: '1', record: null },
      { kind: 'message', parent: page(0), message: { type: 'loading' } },
      { kind: 'message', parent: root, message: { type: 'loading' } },
      pin('user', 'a').parent,
      pin('user', 'a'),
      pin('account', 'a'),
      { kind: 'user', parent: pin('user', 'a'), record: { id: 'a' } },
      { kind: 'account', parent: pin('account', 'a'), key: 'a' },
      { kind: 'user', parent: { kind: 'lookedUp', parent: root }, record: { id: 'a' } },
    ];
    assert.equal(new Set(nodes.map(idOf)).size, nodes.length);
    const moved: Node = { kind: 'user', parent: page(7), record: { id: 'a' } };
    assert.equal(idOf(moved), idOf(user('a')), 'a user keeps its id when it moves to another page');
  });
});

function pinNode(connection: ConnectionNode, kind: Pin['kind'], id: string): PinNode {
  const pin = { connection: connection.id, kind, id };
  return { kind: 'pin', parent: { kind: 'pinned' }, connection, pin, state: 'record' };
}

describe('The row of something pinned', () => {
  const acme = { kind: 'luminary', id: 'c', name: 'acme', label: 'PRODUCTION' } as Connection;
  const root: ConnectionNode = { kind: 'connection', id: 'c', service: 'luminary' };
  const { pin } = pinNode(root, 'user', 'user_1');

  it('tells whose it is', () => {
    const record = { id: 'user_1', first_name: 'Jane', email: 'jane.doe@example.com' };
    const row = pinnedRow(userRow(record), acme, undefined);
    assert.equal(row.label, 'Jane');
    assert.equal(row.description, 'jane.doe@example.com · acme · PRODUCTION');
    assert.equal(
      row.spoken,
      'Jane is a user with the email jane.doe@example.com. It is pinned, from acme, PRODUCTION.',
    );
    assert.equal(row.context, 'user.pinned.row');
    const stale = pinnedRow(userRow(record), acme, new ServiceError('timeout'));
    assert.match(stale.description ?? '', /could not be read again: The service did not answer/);
  });

  it('says why there is no record', () => {
    const error = new ServiceError('timeout');
    const said = (state: PinState) => pinRow(pin, state, acme).description;
    assert.equal(said({ kind: 'asking' }), 'Loading… · acme · PRODUCTION');
    assert.equal(pinRow(pin, { kind: 'absent' }, acme).label, 'Not in acme any more');
    assert.equal(said({ kind: 'absent' }), 'user_1');
    assert.match(said({ kind: 'failed', error }) ?? '', /^The service did not answer in time\. · /);
    assert.equal(pinRow(pin, { kind: 'failed', error }, acme).opens, 'open');
  });

  it('shows an ID, and nothing of a digest', () => {
    assert.equal(pinLabel(pin), 'user_1');
    assert.equal(pinLabel({ ...pin, kind: 'account' }), 'Luma account user_1');
    const digest = accountPinId('jane.doe@example.com', {});
    assert.equal(pinLabel({ ...pin, kind: 'account', id: digest }), 'Luma account');
  });

  it('belongs to its connection, and stands under what is pinned', () => {
    const row = pinNode(root, 'user', 'user_1');
    const node: Node = { kind: 'user', parent: row, record: { id: 'user_1' } };
    assert.equal(connectionOf(node), root);
    assert.equal(parentOf(node), row.parent);
    assert.equal(connectionOf(row.parent), undefined);
    const subject = { kind: 'user', connection: 'c', id: 'user_1' };
    assert.deepEqual([subjectOf(node), subjectOf(row)], [subject, subject]);
  });
});
