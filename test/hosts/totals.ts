import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** How many tests of a run did what. */
export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
  /** Those that failed, in the order in which they did. */
  failures: Failure[];
}

/** A test that failed, or a hook of tests. */
export interface Failure {
  /** With the names of the suites that it is in, the outermost first. */
  title: string;
  /** The error in words, and where it came from. */
  why: string;
}

/** The environment variable that names the file to which a run of tests writes its totals. */
export const totalsVariable = 'TEST_TOTALS';

/** The environment variable that names a part of the names of the tests to run; without it, all. */
export const grepVariable = 'TEST_GREP';

/** The variables of this process that tests inside VS Code need. */
export function testVariables(): Record<string, string | undefined> {
  const names = [totalsVariable, grepVariable];
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

/** What the lines of tests begin with that run inside VS Code, where others write as well. */
export const testOutputMark = '│ ';

interface Runner {
  stats?: { passes: number; failures: number; pending: number } | undefined;
  on: (event: 'fail', told: (test: { fullTitle: () => string }, error: unknown) => void) => unknown;
  once: (event: 'end', told: () => void) => unknown;
}

/**
 * Writes a mocha runner's totals to the file that {@link totalsVariable} names, if it names one, when
 * the run ends. To be called before the run begins.
 */
export function keepTotals(runner: Runner): void {
  const file = process.env[totalsVariable];
  if (file === undefined || file === '') return;
  const failed: { title: string; error: unknown }[] = [];
  runner.on('fail', (test, error) => failed.push({ title: test.fullTitle(), error }));
  runner.once('end', () => {
    if (runner.stats === undefined) return;
    const { passes, failures, pending } = runner.stats;
    // What a hook after the test added to its error belongs to it.
    const told = failed.map(({ title, error }) => ({ title, why: inWords(error) }));
    const totals: Totals = { passed: passes, failed: failures, skipped: pending, failures: told };
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(totals));
  });
}

/** An error's message, and the places in this project's tests that it came from. */
function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const places = (error.stack ?? '').split('\n').filter((line) => /^ +at .*test[/\\]/.test(line));
  return [error.message, ...places.slice(0, 6)].join('\n');
}

/** Reads what {@link keepTotals} wrote and removes the file; `undefined` where it wrote nothing. */
export function takeTotals(file: string): Totals | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Totals;
  } catch {
    return undefined;
  } finally {
    rmSync(file, { force: true });
  }
}
