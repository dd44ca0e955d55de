import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { RUNS, median } from './compare.ts';
import type { ExportRun } from './exportRun.ts';
import type { Measurement } from './figure.ts';
import { numberText } from './report.ts';
import { withTenant } from './tenant.ts';

/** An export as JSON Lines against a bare loop that writes what it parses. */
export interface ExportFigures {
  /** How many times as long it takes, with the time in which the process was at work in the note. */
  readonly time: Measurement;
  /** How many MB more it takes at most. */
  readonly memory: Measurement;
}

/** Exports all users, in turns with the bare loop. Each run is a process of its own. */
export async function exporting(users: number): Promise<ExportFigures> {
  const folder = await mkdtemp(path.join(tmpdir(), 'luma-luminary-bench-'));
  try {
    return await withTenant(users, 0, async ({ address, token }) => {
      const file = path.join(folder, 'users.jsonl');
      const run = async (kind: 'export' | 'bare'): Promise<ExportRun> => {
        const script = path.join(import.meta.dirname, 'exportRun.ts');
        const args = [script, kind, address, token, file];
        const { stdout } = await promisify(execFile)(process.execPath, args);
        if ((await stat(file)).size < users * 100) throw new Error('The file is too small.');
        await rm(file);
        return JSON.parse(stdout) as ExportRun;
      };
      // The server makes its pages in the first run, and clears up after that for a while.
      for (const kind of ['bare', 'export'] as const) await run(kind);
      const [exported, bare]: [ExportRun[], ExportRun[]] = [[], []];
      while (bare.length < RUNS) {
        exported.push(await run('export'));
        bare.push(await run('bare'));
      }
      return figuresOf(exported, bare);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function figuresOf(exported: readonly ExportRun[], bare: readonly ExportRun[]): ExportFigures {
  const of = (runs: readonly ExportRun[], what: keyof ExportRun) =>
    median(runs.map((run) => run[what]));
  const ratio = (what: keyof ExportRun) => of(exported, what) / of(bare, what);
  const times = `${numberText(of(exported, 'ms'))} ms against ${numberText(of(bare, 'ms'))} ms`;
  const note = `${times}; at work ${numberText(ratio('workMs'))} ×`;
  return {
    time: { value: ratio('ms'), runs: RUNS, note },
    memory: { value: (of(exported, 'memory') - of(bare, 'memory')) / 2 ** 20, runs: RUNS },
  };
}
