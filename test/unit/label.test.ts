import assert from 'node:assert/strict';
import type { Connection } from '../../src/connections/connection.ts';
import { MAX_LABEL, labelColors, readLabel } from '../../src/connections/label.ts';
import type { Session } from '../../src/connections/session.ts';
import { connectionRow } from '../../src/tree/connectionRow.ts';
import { keyringAdvice, keyringPlace } from '../../src/words/keyring.ts';
import { nameWithService, labelledName, shortName } from '../../src/words/names.ts';

describe('A label', () => {
  it('is one short line, with one of the colours or none', () => {
    assert.deepEqual(readLabel(' TEST\n2 ', 'red'), { label: 'TEST 2', color: 'red' });
    assert.deepEqual(readLabel('TEST', 'pink'), { label: 'TEST' });
    assert.deepEqual(readLabel('TEST', { toString: () => 'red' }), { label: 'TEST' });
    assert.equal(readLabel('x'.repeat(99), undefined).label?.length, MAX_LABEL);
  });

  it('has no colour without a word', () => {
    for (const none of [undefined, null, 7, '', ' ', '\u202e']) {
      assert.deepEqual(readLabel(none, 'red'), {});
    }
  });

  it('stands in sentences behind the name', () => {
    const acme = { kind: 'luminary', name: 'acme', label: 'TEST' } as const;
    assert.equal(nameWithService(acme), 'Luminary: acme');
    assert.equal(labelledName(acme), 'Luminary: acme (TEST)');
    assert.equal(shortName(acme), 'acme (TEST)');
    assert.equal(labelledName({ kind: 'luma', name: 'studio' }), 'Luma: studio');
  });
});

describe('The row of a connection', () => {
  const acme = { kind: 'luminary', id: 'c', name: 'acme', address: 'https://a.example' } as const;
  const credential = { kind: 'token', token: 't' } as const;
  const connection: Connection = { ...acme, credential };
  const session = {
    kind: 'luminary',
    pages: { list: { readAt: 0 }, known: true, total: 250, state: () => ({ kind: 'loaded' }) },
  } as unknown as Session;
  const failed = {
    kind: 'luminary',
    pages: { list: {}, known: false, state: () => ({ kind: 'failed', error: 0 }) },
  } as unknown as Session;

  it('shows the label before anything else, and its colour on the icon', () => {
    for (const color of labelColors) {
      const row = connectionRow({ ...connection, label: 'TEST', color }, session, 0);
      assert.equal(row.description, 'TEST · 250 users');
      assert.equal(row.spoken, 'Luminary: acme is a connection with 250 users. Its label is TEST.');
      assert.deepEqual(row.icon, { id: 'organization', color: `charts.${color}` });
    }
    assert.deepEqual(connectionRow(connection, undefined, 0).icon, { id: 'organization' });
  });

  it('says of accounts first what needs someone, then what is free; a sentence begins with all', () => {
    const luma = (sick: number, free: number | undefined) =>
      ({
        kind: 'luma',
        accounts: {
          state: { kind: 'loaded', readAt: 0 },
          all: [1, 2, 3, 4, 5, 6],
          attention: () => sick,
          freeSlots: () => free,
        },
      }) as unknown as Session;
    const studio: Connection = { kind: 'luma', id: 's', name: 'studio', address: '', token: 't' };
    const row = connectionRow(studio, luma(3, 9), 0);
    assert.equal(row.description, '3 need attention · 9 slots free · 6 accounts');
    assert.equal(
      row.spoken,
      'Luma: studio is a connection with 6 accounts, 3 need attention, 9 slots free.',
    );
    assert.equal(connectionRow(studio, luma(0, undefined), 0).description, '6 accounts');
  });

  it('warns in the warning’s own colour, and keeps the label', () => {
    const row = connectionRow({ ...connection, label: 'TEST', color: 'green' }, failed, 0);
    assert.deepEqual(row.icon, { id: 'warning', color: 'list.warningForeground' });
    assert.equal(row.description, 'TEST');
  });
});

describe('What to do about secrets that can’t be read', () => {
  it('depends on where they are kept', () => {
    assert.equal(keyringPlace('linux', false, false), 'linux');
    assert.equal(keyringPlace('darwin', false, false), 'mac');
    assert.equal(keyringPlace('win32', false, false), 'windows');
    assert.equal(keyringPlace('freebsd', false, false), 'unknown');
    assert.equal(keyringPlace('linux', false, true), 'unknown', 'this is the other computer');
    assert.equal(keyringPlace('linux', true, true), 'browser');
  });

  it('names what to install, to unlock and to start the editor with on Linux', () => {
    for (const place of ['linux', 'unknown'] as const) {
      const advice = keyringAdvice(place);
      for (const word of [
        'gnome-keyring',
        'kwallet',
        '--password-store=gnome-libsecret',
        'nlock',
      ]) {
        assert.ok(advice.includes(word), word);
      }
    }
    for (const place of ['mac', 'windows', 'browser'] as const) {
      assert.ok(!keyringAdvice(place).includes('gnome'));
    }
  });

  it('promises nothing of a browser, where a reload may be enough to lose them', () => {
    assert.match(
      keyringAdvice('browser'),
      /some editors keep them .*, others lose them .* reloaded.*connect them again/,
    );
  });
});
