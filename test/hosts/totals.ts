import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** How many tests of a run did what. */
export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

/** The environment variable that names the file to which a run of tests writes its totals. */
export const totalsVariable = 'TEST_TOTALS';

/** What the lines of tests begin with that run inside VS Code, where others write as well. */
export const testOutputMark = '│ ';

interface Runner {
  stats?: { passes: number; failures: number; pending: number } | undefined;
}

/**
 * Writes a mocha runner's totals to the file that {@link totalsVariable} names, if it names one. For
 * when the run has ended.
 */
export function writeTotals({ stats }: Runner): void {
  const file = process.env[totalsVariable];
  if (file === undefined || file === '' || stats === undefined) return;
  const { passes: passed, failures: failed, pending: skipped } = stats;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ passed, failed, skipped } satisfies Totals));
}

/** Reads what {@link writeTotals} wrote and removes the file; `undefined` where it wrote nothing. */
export function takeTotals(file: string): Totals | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Totals;
  } catch {
    return undefined;
  } finally {
    rmSync(file, { force: true });
  }
}
