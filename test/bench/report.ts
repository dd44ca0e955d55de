import type { Figure, Outcome, Result } from './figure.ts';
import { growthSizes } from './figure.ts';

/** On what the figures were measured. */
export interface Machine {
  /** When it was, as ISO 8601. */
  readonly date: string;
  readonly node: string;
  readonly editor: string;
  readonly system: string;
  readonly processor: string;
  readonly cores: number;
  /** In GB. */
  readonly memory: number;
}

/** Whether a figure was measured and is within its limit. */
export function holds({ figure, outcome }: Result): boolean {
  return outcome.measurement !== undefined && outcome.measurement.value <= figure.limit;
}

/** 0 if every figure was measured and is within its limit, else 1. */
export function exitCode(results: readonly Result[]): 0 | 1 {
  return results.every((result) => holds(result) && !result.growth.some(failed)) ? 0 : 1;
}

/** Every figure with its limit beside it. */
export function table(results: readonly Result[]): string {
  const rows = results.map((result) => {
    const { figure, outcome } = result;
    const { measurement, problem = '' } = outcome;
    return [
      holds(result) ? '✔' : '✘',
      figure.name,
      measurement === undefined ? '—' : withUnit(measurement.value, figure.unit),
      `≤ ${withUnit(figure.limit, figure.unit)}`,
      measurement === undefined ? '' : String(measurement.runs),
      measurement === undefined ? firstLine(problem) : (measurement.note ?? ''),
    ];
  });
  return aligned([['', 'figure', 'measured', 'limit', 'runs', 'made of'], ...rows]);
}

/** The same figures for more and more users; empty where none was measured so. */
export function growthTable(results: readonly Result[]): string {
  const grown = results.filter(({ growth }) => growth.length > 0);
  if (grown.length === 0) return '';
  const rows = grown.map(({ figure, growth }) => [
    figure.name,
    ...growthSizes.map((size) =>
      growthCell(
        growth.find((at) => at.size === size),
        figure.unit,
      ),
    ),
  ]);
  const sizes = growthSizes.map((size) => `${numberText(size)} users`);
  return aligned([['figure (runs)', ...sizes], ...rows]);
}

/** Everything, for machines. */
export function asJson(machine: Machine, results: readonly Result[]): string {
  const of = ({ size, measurement, problem }: Outcome) => ({ size, ...measurement, problem });
  const figures = results.map((result) => {
    const { name, unit, limit, size } = result.figure;
    const { growth, outcome } = result;
    const within = holds(result);
    return { name, unit, limit, within, ...of(outcome), size, growth: growth.map(of) };
  });
  return JSON.stringify({ machine, figures }, undefined, 2);
}

/** A number with three digits that count, or more where it has more before its point. */
export function numberText(value: number): string {
  return value.toLocaleString('en', {
    maximumSignificantDigits: Math.max(3, String(Math.trunc(Math.abs(value))).length),
  });
}

function withUnit(value: number, unit: string): string {
  return `${numberText(value)} ${unit}`.trimEnd();
}

/** One outcome in a line. */
export function outcomeText({ unit }: Figure, { measurement, problem = '' }: Outcome): string {
  if (measurement === undefined) return `✘ ${firstLine(problem)}`;
  const { value, note } = measurement;
  return withUnit(value, unit) + (note === undefined ? '' : ` (${note})`);
}

function growthCell(outcome: Outcome | undefined, unit: string): string {
  if (outcome === undefined) return '—';
  const { measurement } = outcome;
  if (measurement === undefined) return '✘';
  return `${withUnit(measurement.value, unit)} (${String(measurement.runs)})`;
}

function failed({ problem }: Outcome): boolean {
  return problem !== undefined;
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}

/** Rows in columns as wide as they need to be, the first of them underlined. */
function aligned(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows;
  const widths = head.map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [line(head), rule, ...rows.slice(1).map(line)].join('\n');
}
