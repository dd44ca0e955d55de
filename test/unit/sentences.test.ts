import assert from 'node:assert/strict';
import type { Connection } from '../../src/connections/connection.ts';
import { ServiceError } from '../../src/http/errors.ts';
import { accountRow } from '../../src/tree/accountRow.ts';
import { connectionRow, unreadableConnectionRow } from '../../src/tree/connectionRow.ts';
import { fieldRow } from '../../src/tree/fields.ts';
import { messageRow, unreadableRow } from '../../src/tree/messageRow.ts';
import type { Message } from '../../src/tree/nodes.ts';
import { lookedUpRow, pageRow } from '../../src/tree/pageRow.ts';
import type { PinState } from '../../src/tree/pinned.ts';
import { pinRow, pinnedNodeRow, pinnedRow } from '../../src/tree/pinnedRow.ts';
import type { Row } from '../../src/tree/row.ts';
import { userRow } from '../../src/tree/userRow.ts';

/** Whole sentences, the last of which may be followed by facts in brackets. */
const inSentences = /^\S+ .*[.?](?: \(.+\))?$/;

describe('What is said of a row', () => {
  const error = new ServiceError('unauthorized', { status: 401 });
  const now = Date.UTC(2026, 4, 15, 12);
  const acme = { kind: 'luminary', id: 'c', name: 'acme', label: 'TEST' } as Connection;
  const pin = { connection: 'c', kind: 'user', id: 'user_1' } as const;

  function assertSaid(row: Row, said: string | RegExp): void {
    assert.match(row.spoken, inSentences);
    if (typeof said === 'string') assert.equal(row.spoken, said);
    else assert.match(row.spoken, said);
  }

  it('is how an account is, and when its session ends unless that is over', () => {
    const said = (luma_session_expires: string, text: string) => {
      const record = { error: 'No credits.', executing: 1, concurrency: 4, luma_session_expires };
      const account = {
        key: 'jane',
        record,
        shown: record,
        details: { kind: 'notLoaded' },
      } as const;
      assertSaid(accountRow(account, now), text);
    };
    const known = 'Luma account jane has an error: No credits. It uses 1 of 4 slots.';
    said('2026-05-25T12:00:00Z', `${known} Its session ends in 10 days.`);
    said('2026-05-12T12:00:00Z', known);
  });

  it('is which page it is', () => {
    const range = () => ({ from: 100, to: 200 });
    assertSaid(pageRow({ count: 25, range }, 1), 'Users 101–200 is page 2 of 25.');
  });

  it('is what a message means, and what its key does', () => {
    const messages: readonly [Message, string | RegExp][] = [
      [{ type: 'loading' }, /^Loading is under way\. Cancel Loading/],
      [{ type: 'noAccounts' }, 'No accounts are configured.'],
      [{ type: 'noUsers' }, 'There are no users.'],
      [{ type: 'cancelled' }, 'Loading was cancelled.'],
      [{ type: 'failed', error }, 'This could not be read. The service refused the token. (401)'],
      [{ type: 'remedy', error }, 'Replace Token…: press Enter to give another token.'],
      [{ type: 'remedy', error: new TypeError() }, /^Show Log: press Enter /],
      [{ type: 'remedy', error: new ServiceError('certificate') }, /^Show Network Diagnostics: /],
      [{ type: 'stopped', end: 'noProgress' }, /^The list stops here: /],
      [{ type: 'beyond', count: 3 }, /^The service counts 3 more\. /],
      [{ type: 'secretsUnreadable' }, /^The editor can’t read its secrets: /],
      [{ type: 'retryAll' }, 'Retry: press Enter to try again.'],
      [{ type: 'retry' }, 'Retry: press Enter to try again.'],
      [{ type: 'continue' }, 'Continue: press Enter to go on loading.'],
    ];
    for (const [message, said] of messages) {
      const row = messageRow(message);
      assertSaid(row, said);
      if (row.command !== undefined) assert.ok(row.spoken.startsWith(row.label));
    }
  });

  it('is what a field holds', () => {
    assertSaid(fieldRow('email', 'j@example.com', now), 'Email has the value j@example.com.');
    assertSaid(fieldRow('email', '', now), 'Email is empty.');
    assertSaid(fieldRow('error', null, now), 'Error has no value.');
    assertSaid(
      fieldRow('created_at', '2026-05-12T12:00:00Z', now),
      /^Created has the value 3 days ago, May 12, 2026/,
    );
  });

  it('is whose something pinned is, and how it stands with it', () => {
    assertSaid(pinnedNodeRow(1), '1 user or account is pinned.');
    assertSaid(pinnedNodeRow(3), '3 users and accounts are pinned.');
    const said = (state: PinState, text: string) => {
      assertSaid(pinRow(pin, state, acme), `user_1 is pinned, from acme, TEST. ${text}`);
    };
    said({ kind: 'asking' }, 'It is being loaded.');
    said({ kind: 'absent' }, 'It is not in acme any more.');
    said({ kind: 'failed', error }, 'The service refused the token.');
    said({ kind: 'cancelled' }, 'It is not loaded.');
    assertSaid(
      pinnedRow(userRow({ id: 'user_1' }), acme, error),
      'user_1 is a user. It could not be read again. The service refused the token. It is pinned, from acme, TEST.',
    );
  });

  it('is what else there is', () => {
    assertSaid(lookedUpRow(1), '1 user was looked up by ID.');
    assertSaid(lookedUpRow(2), '2 users were looked up by ID.');
    assertSaid(unreadableRow({ name: 'x' }), 'Unreadable record: it has no ID.');
    assertSaid(unreadableConnectionRow(), /^A connection can’t be read: .*\.$/);
    assertSaid(
      connectionRow(acme, undefined, now),
      'Luminary: acme is a connection. Its label is TEST.',
    );
  });
});
