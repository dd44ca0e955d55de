import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compared, median } from '../bench/compare.ts';
import { chosen, measured, oncePerSize } from '../bench/figure.ts';
import type { Figure, Result } from '../bench/figure.ts';
import { asJson, exitCode, growthTable, holds, numberText, table } from '../bench/report.ts';
import type { Machine } from '../bench/report.ts';

const figure = (
  name: string,
  limit: number,
  value: number,
  more: Partial<Figure> = {},
): Figure => ({
  name,
  unit: 'ms',
  limit,
  measure: () => Promise.resolve({ value, runs: 5 }),
  ...more,
});

const broken = figure('broken', 1, 0, {
  measure: () => Promise.reject(new Error('The server did not start.\nIts words')),
});

const results = (...figures: Figure[]): Promise<Result[]> =>
  Promise.all(figures.map((each) => measured(each, true)));

describe('The bench', () => {
  describe('its exit code', () => {
    it('is 0 while every figure is within its limit', async () => {
      assert.equal(exitCode(await results(figure('a', 5, 4.9), figure('b', 5, 5))), 0);
    });

    it('is 1 when one is past its limit', async () => {
      assert.equal(exitCode(await results(figure('a', 5, 4.9), figure('b', 5, 5.01))), 1);
    });

    it('is 1 when one could not be measured', async () => {
      assert.equal(exitCode(await results(figure('a', 5, 4), broken)), 1);
    });

    it('is 1 when the growth of one could not be measured', async () => {
      const once = figure('once', 5, 4, {
        size: 1000,
        growth: [1000, 10_000],
        measure: (size) =>
          size === 1000
            ? Promise.resolve({ value: 1, runs: 5 })
            : Promise.reject(new Error('Too many')),
      });
      const [result] = await results(once);
      assert.ok(result !== undefined && holds(result));
      assert.equal(exitCode([result]), 1);
    });

    it('is 1 for a value that is no number', async () => {
      assert.equal(exitCode(await results(figure('a', 5, NaN))), 1);
    });

    it('does not hold a limit against other sizes', async () => {
      const grown = figure('grown', 5, 0, {
        size: 1000,
        growth: [1000, 100_000],
        measure: (size) => Promise.resolve({ value: size / 1000, runs: 5 }),
      });
      assert.equal(exitCode(await results(grown)), 0);
    });
  });

  describe('its table', () => {
    it('has the limit beside each figure, and how many runs it is of', async () => {
      const ratio = figure('reading', 1.5, 1.3456, {
        unit: '×',
        measure: () => Promise.resolve({ value: 1.3456, runs: 5, note: '135 ms against 100 ms' }),
      });
      const lines = table(await results(ratio, figure('slow', 5, 12_345.6), broken)).split('\n');
      assert.deepEqual(lines, [
        '   figure   measured   limit    runs  made of',
        '─  ───────  ─────────  ───────  ────  ─────────────────────────',
        '✔  reading  1.35 ×     ≤ 1.5 ×  5     135 ms against 100 ms',
        '✘  slow     12,346 ms  ≤ 5 ms   5',
        '✘  broken   —          ≤ 1 ms         The server did not start.',
      ]);
    });

    it('shows the growth where a figure has some', async () => {
      const grown = figure('grown', 5, 0, {
        size: 20_000,
        growth: [1000, 10_000],
        measure: (size) => Promise.resolve({ value: size / 1000, runs: 3 }),
      });
      assert.deepEqual(growthTable(await results(figure('flat', 5, 1), grown)).split('\n'), [
        'figure (runs)  1,000 users  10,000 users  100,000 users  1,000,000 users',
        '─────────────  ───────────  ────────────  ─────────────  ───────────────',
        'grown          1 ms (3)     10 ms (3)     —              —',
      ]);
      assert.equal(growthTable(await results(figure('flat', 5, 1))), '');
    });

    it('gives numbers three digits, and never fewer than they have before their point', () => {
      assert.deepEqual([0, 0.98765, 1.005, 12.345, 102_345.6].map(numberText), [
        '0',
        '0.988',
        '1.01',
        '12.3',
        '102,346',
      ]);
    });
  });

  it('gives machines the values as they are', async () => {
    const machine = { date: '2026-01-02T03:04:05.000Z', cores: 2 } as Machine;
    const grown = figure('grown', 5, 1.23456, { size: 1000, growth: [1000] });
    const said = JSON.parse(asJson(machine, await results(grown, broken))) as unknown;
    assert.deepEqual(said, {
      machine,
      figures: [
        {
          name: 'grown',
          unit: 'ms',
          limit: 5,
          within: true,
          size: 1000,
          value: 1.23456,
          runs: 5,
          growth: [{ size: 1000, value: 1.23456, runs: 5 }],
        },
        {
          name: 'broken',
          unit: 'ms',
          limit: 1,
          within: false,
          problem: 'The server did not start.\nIts words',
          growth: [],
        },
      ],
    });
  });

  describe('its figures', () => {
    const figures = [figure('Reading', 1, 1), figure('tree: calls', 1, 1)];

    it('are chosen by a part of their names', () => {
      assert.deepEqual(chosen(figures, []), figures);
      assert.deepEqual(chosen(figures, ['read', 'CALLS']), figures);
      assert.deepEqual(chosen(figures, ['tree']), [figures[1]]);
    });

    it('are named when a word fits none', () => {
      assert.throws(() => chosen(figures, ['read', 'nothing']), /nothing.*Reading/s);
    });

    it('are measured at one size unless the growth is asked for, and at none twice', async () => {
      const asked: number[] = [];
      const measure = (size: number) => {
        asked.push(size);
        return Promise.resolve({ value: 1, runs: 5 });
      };
      const grown = figure('grown', 1, 1, { size: 10, growth: [1, 10, 100], measure });
      await measured(grown, false);
      assert.deepEqual(asked.splice(0), [10]);
      const { growth } = await measured(grown, true);
      assert.deepEqual(asked, [10, 1, 100]);
      assert.deepEqual(
        growth.map(({ size }) => size),
        [1, 10, 100],
      );
    });

    it('that come from one measurement share it', async () => {
      const asked: number[] = [];
      const shared = oncePerSize((size) => Promise.resolve(asked.push(size)));
      await Promise.all([shared(1), shared(1), shared(2)]);
      assert.deepEqual(asked, [1, 2]);
    });
  });

  it('takes the ratio in each turn, after a run that does not count', async () => {
    const ours = [900, 10, 30, 40];
    const bare = [800, 10, 20, 10];
    const next = (times: number[]) => () => Promise.resolve(times.shift() ?? NaN);
    let cleaned = 0;
    const pair = { ours: next(ours), bare: next(bare) };
    const measurement = await compared(pair, 3, () => (cleaned += 1));
    assert.deepEqual(measurement, { value: 1.5, runs: 3, note: '30 ms against 10 ms' });
    assert.equal(cleaned, 6);
  });

  it('has as many values below the median as above it', () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 3, 2]), 2.5);
    assert.throws(() => median([]), /no median/);
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const middle = median(values);
        const below = values.filter((value) => value < middle).length;
        const above = values.filter((value) => value > middle).length;
        return below <= values.length / 2 && above <= values.length / 2;
      }),
    );
  });
});
