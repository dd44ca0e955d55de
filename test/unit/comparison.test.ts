import assert from 'node:assert/strict';
import type { Connection } from '../../src/connections/connection.ts';
import { comparisonText } from '../../src/commands/comparisonText.ts';
import type { Compared } from '../../src/commands/comparisonText.ts';
import type { Json } from '../../src/http/json.ts';
import { ServiceError } from '../../src/http/errors.ts';
import { Accounts } from '../../src/model/accounts.ts';
import { Gate, failure, settle } from './fakes.ts';

const now = Date.UTC(2026, 4, 15, 12);

type Records = Readonly<Record<string, Json>>;

const connection = (name: string, more: Partial<Connection> = {}) =>
  ({ kind: 'luma', id: name, name, address: '', token: '', ...more }) as Connection;

/** A connection whose accounts have been read, or could not be. */
async function compared(
  { name, ...more }: Partial<Connection> & { name: string },
  records: Records | Error,
  details?: Error,
): Promise<Compared> {
  const accounts = new Accounts(
    {
      accounts: () =>
        records instanceof Error
          ? Promise.reject(records)
          : Promise.resolve(Object.entries(records).map(([key, record]) => ({ key, record }))),
      account: (key) =>
        details === undefined
          ? Promise.resolve({
              ...((records as Records)[key] as object),
              credits: { usage: 1840, limit: 3200 },
            })
          : Promise.reject(details),
    },
    () => undefined,
    () => now,
  );
  await accounts.refresh();
  for (const { key, record } of accounts.all)
    if (typeof record === 'object' && record !== null) await accounts.readDetails(key);
  return { connection: connection(name, more), accounts };
}

const neverAsked = () => Promise.reject(new Error('nobody asks for details'));

const text = (
  all: readonly Compared[],
  more: { readonly unreadable?: number; readonly locked?: boolean } = {},
) => comparisonText({ compared: all, unreadable: 0, order: 'service', ...more }, now);

const tableOf = (document: string) => document.split('\n').filter((line) => line.startsWith('|'));

const cellsOf = (line = '') =>
  line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').replaceAll('\u00a0', ' '));

describe('The comparison of accounts', () => {
  it('has a line for each account of all connections', async () => {
    const document = text([
      await compared(
        { name: 'studio', label: 'PRODUCTION' },
        {
          busy: { email: 'jane.doe@example.com', concurrency: 4, executing: 4 },
          soon: {
            concurrency: 4,
            executing: 1,
            luma_session_expires: '2026-05-20 12:00:00 UTC',
          },
          today: { luma_session_expires: '2026-05-15 17:00:00 UTC' },
        },
      ),
      await compared({ name: 'other' }, { broken: { error: 'No credits', executing: 0 } }),
    ]);
    const [head, line, ...rows] = tableOf(document);
    assert.deepEqual(cellsOf(head), [
      'Account',
      'Connection',
      'Health',
      'Running',
      'Slots',
      'Credits used',
      'Session end',
    ]);
    assert.equal(line, '| --- | --- | --- | ---: | ---: | --- | --- |');
    assert.deepEqual(cellsOf(rows[0]).slice(0, 7), [
      '`jane.doe@example.com`',
      '`studio` · `PRODUCTION`',
      'busy',
      '4',
      '4',
      '1,840/3,200 (57%)',
      '–',
    ]);
    const soon = cellsOf(rows[1]);
    assert.equal(soon[2], '**ends soon**');
    assert.match(soon[6] ?? '', /^in 5 days \(May 20, 2026\)$/);
    assert.match(cellsOf(rows[2])[6] ?? '', /^in 5 hours \(May 1[56], 2026, \d+:\d\d [AP]M\)$/);
    const broken = cellsOf(rows[3]);
    assert.deepEqual(broken.slice(0, 3), ['`broken`<br>✘ `No credits`', '`other`', '**error**']);
    assert.match(
      document,
      /^# Luma accounts\n\n4 accounts · \*\*3 need attention\*\* · 3 slots free\n/,
    );
    assert.match(document, /\n- `Luma: studio`: 3 accounts, read May 15, 2026/);
  });

  it('sorts the accounts of all connections together', async () => {
    const all = [
      await compared({ name: 'a' }, { zoe: {}, anna: { executing: 1 } }),
      await compared({ name: 'b' }, { mike: { error: 'x' } }),
    ];
    const names = (order: 'service' | 'name' | 'attention') =>
      tableOf(comparisonText({ compared: all, unreadable: 0, order }, now))
        .slice(2)
        .map((line) => cellsOf(line)[0]?.split('<br>')[0]);
    assert.deepEqual(names('service'), ['`zoe`', '`anna`', '`mike`']);
    assert.deepEqual(names('name'), ['`anna`', '`mike`', '`zoe`']);
    assert.deepEqual(names('attention'), ['`mike`', '`zoe`', '`anna`']);
  });

  it('says which connection failed, and why', async () => {
    const document = text([
      await compared({ name: 'gone' }, failure('unreachable')),
      await compared(
        { name: 'refused' },
        new ServiceError('unauthorized', { status: 401, detail: '[x](command:y) `<b>`' }),
      ),
      await compared({ name: 'empty' }, {}),
    ]);
    assert.deepEqual(tableOf(document), []);
    assert.match(document, /^- ✘ `Luma: gone`: The service can’t be reached\.$/m);
    assert.match(
      document,
      /^- ✘ `Luma: refused`: The service refused the token\. `401: \[x\]\(command:y\) ʼ<b>ʼ`$/m,
    );
    assert.match(document, /^- `Luma: empty`: 0 accounts, read /m);
  });

  it('says what is not loaded, and what can’t be read', async () => {
    const endless = {
      accounts: (signal?: AbortSignal) => new Gate<never>().wait(signal),
      account: neverAsked,
    };
    const [waiting, cancelled] = [0, 1].map(() => new Accounts(endless, () => undefined));
    assert.ok(waiting && cancelled);
    const stop = new AbortController();
    const reading = cancelled.refresh(stop.signal);
    stop.abort();
    await assert.rejects(reading);
    await settle();
    const document = text(
      [
        { connection: connection('waiting'), accounts: waiting },
        { connection: connection('cancelled'), accounts: cancelled },
      ],
      { unreadable: 2 },
    );
    assert.doesNotMatch(document, /0 accounts/);
    assert.match(document, /^- `Luma: cancelled`: loading was cancelled$/m);
    assert.match(document, /^- `Luma: waiting`: not loaded yet$/m);
    assert.match(document, /^- ✘ 2 connections can’t be read: /m);
  });

  it('says what reads what is not loaded, after a restart nothing of which is', async () => {
    const advice =
      /^Not everything is loaded: Refresh Comparison of Accounts, the button .* reads it\.$/m;
    const never = { connection: connection('studio'), accounts: undefined };
    assert.equal(
      text([never]).replace(advice, 'ADVICE'),
      '# Luma accounts\n\nADVICE\n\n- `Luma: studio`: not loaded yet\n',
    );
    const known = await compared({ name: 'other' }, { idle: { concurrency: 2 } });
    assert.match(text([never, known]), /\n\n1 account · 2 slots free\n\nNot everything/);
    assert.doesNotMatch(text([known]), advice);
    const listed = new Accounts(
      { accounts: () => Promise.resolve([{ key: 'a', record: {} }]), account: neverAsked },
      () => undefined,
    );
    await listed.refresh();
    assert.match(text([{ connection: connection('studio'), accounts: listed }]), advice);
    assert.doesNotMatch(text([await compared({ name: 'x' }, failure('timeout'))]), advice);
  });

  it('says what to do where there is no connection', () => {
    const none = /^There is no Luma token yet\. Connect one/m;
    assert.match(text([]), none);
    assert.doesNotMatch(text([], { unreadable: 1 }), none);
    const locked = text([], { locked: true });
    assert.match(locked, /^The editor can’t read its secrets/m);
    assert.doesNotMatch(locked, none);
  });

  it('says why an account’s details are missing', async () => {
    const details = new ServiceError('sessionExpired', { status: 596 });
    const [, , row] = tableOf(text([await compared({ name: 'a' }, { one: {} }, details)]));
    const cells = cellsOf(row);
    assert.equal(cells[2], '**expired**');
    assert.match(
      cells[0] ?? '',
      /^`one`<br>✘ The Luma session of this account has expired.* `596`$/,
    );
  });

  it('says once what keeps a whole connection from being read', async () => {
    const refused = new ServiceError('unauthorized', { status: 401 });
    let works = true;
    const accounts = new Accounts(
      {
        accounts: () =>
          works
            ? Promise.resolve(['one', 'two'].map((key) => ({ key, record: {} })))
            : Promise.reject(refused),
        account: () => Promise.reject(refused),
      },
      () => undefined,
      () => now,
    );
    await accounts.refresh();
    for (const key of ['one', 'two']) await accounts.readDetails(key);
    const document = () => text([{ connection: connection('studio'), accounts }]);
    assert.equal(document().match(/refused the token/g)?.length, 2);
    works = false;
    await accounts.refresh();
    assert.equal(document().match(/refused the token/g)?.length, 1);
  });

  it('keeps records that can’t be read in the table', async () => {
    const [, , first, second] = tableOf(text([await compared({ name: 'a' }, { x: 'no', y: {} })]));
    assert.deepEqual(cellsOf(first).slice(0, 3), ['`x`', '`a`', '**can’t be read**']);
    assert.equal(cellsOf(first).length, cellsOf(second).length);
  });

  it('lets nothing that is hostile be more than text', async () => {
    const hostile = '`](command:x)| <img src=x> https://evil.example $(trash)\n| a | b |\n# c';
    const all = [
      await compared(
        { name: hostile, label: hostile },
        { [hostile]: { email: hostile, error: hostile } },
        new ServiceError('serverError', { status: 500, detail: hostile }),
      ),
    ];
    const document = text(all);
    const [, , row] = tableOf(document);
    assert.equal(tableOf(document).length, 3);
    assert.equal(row?.match(/\|/g)?.length, 8, 'its cells are those of the head');
    const outside = document.replaceAll(/`[^`\n]*`/g, '').replaceAll('<br>', '');
    assert.doesNotMatch(outside, /`|command|http|<|evil|\$/);
  });
});
