import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import type { Measurement } from './figure.ts';
import { numberText } from './report.ts';

/** How many runs a median is made of. */
export const RUNS = 5;

/** Something that is done once more, and the time in ms that it took. */
export type Timed = () => Promise<number>;

/** The two things that are compared, such as the product and a bare loop. */
export interface Pair {
  readonly ours: Timed;
  readonly bare: Timed;
}

/**
 * How many times as long ours takes as the bare one. Both run in turns, after a run of each that
 * doesn't count; the ratio is taken in each turn, so that a machine that slows down slows both.
 *
 * @param between is called before each run that counts
 */
export async function compared(
  { ours, bare }: Pair,
  runs: number = RUNS,
  between: () => void = collectGarbage,
): Promise<Measurement> {
  await bare();
  await ours();
  const turns: { readonly ours: number; readonly bare: number }[] = [];
  for (let turn = 0; turn < runs; turn++) {
    between();
    const bareTime = await bare();
    between();
    turns.push({ ours: await ours(), bare: bareTime });
  }
  const [our, other] = [median(turns.map((t) => t.ours)), median(turns.map((t) => t.bare))];
  return {
    value: median(turns.map((turn) => turn.ours / turn.bare)),
    runs,
    note: `${numberText(our)} ms against ${numberText(other)} ms`,
  };
}

/** The value in the middle, or between the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  if (upper === undefined || lower === undefined) throw new Error('No value has no median.');
  return (upper + lower) / 2;
}

/** How long something takes, in ms. */
export async function timed(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

/** Takes away what one run has left, so that the next doesn't pay for it. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
}
