import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseInstant } from '../../src/api/time.ts';

const at = Date.UTC(2026, 4, 27, 2, 20, 34);

describe('parseInstant', () => {
  it('reads the forms that the services write', () => {
    const forms: [string, number][] = [
      ['2026-05-27 02:20:34 UTC', at],
      ['2026-05-27T02:20:34Z', at],
      ['2026-05-27T02:20:34z', at],
      ['2026-05-27t02:20:34Z', at],
      ['2026-05-27 02:20:34utc', at],
      ['2026-05-27T02:20:34.5Z', at + 500],
      ['2026-05-27T02:20:34.567Z', at + 567],
      ['2026-05-27T02:20:34.567999999Z', at + 567],
      ['2026-05-27T02:20:34.04 UTC', at + 40],
      ['2026-05-27T04:20:34+02:00', at],
      ['2026-05-27T04:20:34+0200', at],
      ['2026-05-26T21:50:34-04:30', at],
      ['2026-05-27T02:20:34-00:00', at],
      ['2026-05-27T02:20:34+00:00', at],
      [' 2026-05-27 02:20:34 UTC\n', at],
      ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
      ['1969-12-31T23:59:59Z', -1000],
    ];
    for (const [text, expected] of forms) assert.equal(parseInstant(text), expected, text);
  });

  it('reads nothing else', () => {
    for (const text of [
      '',
      'never',
      '2026-05-27',
      '2026-05-27 02:20:34',
      '2026-05-27T02:20:34',
      '2026-05-27 02:20 UTC',
      '2026-02-30 02:20:34 UTC',
      '2025-02-29T00:00:00Z',
      '2026-04-31T00:00:00Z',
      '2026-00-01T00:00:00Z',
      '2026-13-01T00:00:00Z',
      '2026-05-00T00:00:00Z',
      '2026-05-32T00:00:00Z',
      '2026-05-27T24:00:00Z',
      '2026-05-27T25:20:34Z',
      '2026-05-27T02:60:34Z',
      '2026-05-27T02:20:60Z',
      '2026-05-27T02:20:34+24:00',
      '2026-05-27T02:20:34+02:60',
      '2026-05-27T02:20:34+99:99',
      '2026-05-27T02:20:34+2',
      '2026-05-27T02:20:34 CEST',
      '2026-05-27T02:20:34.Z',
      '2026-05-27T02:20:34.1234567890Z',
      '2026-05-27T02:20:34ZZ',
      'x2026-05-27T02:20:34Z',
      '02026-05-27T02:20:34Z',
      '-2026-05-27T02:20:34Z',
      '0001-01-01T00:00:00Z',
      '2026/05/27 02:20:34 UTC',
      '27.05.2026 02:20:34 UTC',
      '1779848434',
      '２０２６-05-27T02:20:34Z',
      '2026-05-27T02:20:34Z\u{0}',
    ]) {
      assert.equal(parseInstant(text), undefined, text);
    }
  });

  const instants = fc.integer({ min: Date.UTC(101, 0), max: Date.UTC(9999, 11, 30) });

  it('gives back what was written, in every form and zone', () => {
    fc.assert(
      fc.property(
        instants,
        fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 }),
        (ms, minutes) => {
          const iso = new Date(ms).toISOString();
          assert.equal(parseInstant(iso), ms);
          const utc = `${iso.slice(0, 19).replace('T', ' ')} UTC`;
          assert.equal(parseInstant(utc), Math.floor(ms / 1000) * 1000);
          const local = new Date(ms + minutes * 60_000).toISOString().slice(0, -1);
          const two = (n: number) => String(n).padStart(2, '0');
          const distance = Math.abs(minutes);
          const zone = `${two(Math.floor(distance / 60))}:${two(distance % 60)}`;
          assert.equal(parseInstant(`${local}${minutes < 0 ? '-' : '+'}${zone}`), ms);
        },
      ),
    );
  });

  it('never throws, and gives a time that exists or nothing', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: fc.constantFrom(...Array.from('0123456789-: TZUC.+')) }),
        ),
        (text) => {
          const ms = parseInstant(text);
          assert.ok(ms === undefined || !Number.isNaN(new Date(ms).getTime()));
        },
      ),
    );
  });

  it('does not depend on where the machine is', () => {
    const zone = process.env['TZ'];
    try {
      for (const tz of ['America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati']) {
        process.env['TZ'] = tz;
        assert.equal(parseInstant('2026-05-27 02:20:34 UTC'), at);
        // An hour that is skipped in New York.
        assert.equal(parseInstant('2026-03-08 02:30:00 UTC'), Date.UTC(2026, 2, 8, 2, 30));
      }
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });
});
