import { RUNS, median } from './compare.ts';
import { measureExport } from './export.ts';
import type { Measurement } from './figure.ts';
import { numberText } from './report.ts';

/** An export against a bare loop: how many times as long it takes, and how many MB more. */
export async function exporting(
  users: number,
): Promise<{ readonly time: Measurement; readonly memory: Measurement }> {
  const { timeRatio, workRatio, extraMemory, exportMs, bareMs } = await measureExport(users, RUNS);
  const times = `${numberText(median(exportMs))} ms against ${numberText(median(bareMs))} ms`;
  return {
    time: { value: timeRatio, runs: RUNS, note: `${times}; at work ${numberText(workRatio)} ×` },
    memory: { value: extraMemory / 2 ** 20, runs: RUNS },
  };
}
