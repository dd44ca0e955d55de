import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ExportRun } from './exportRun.ts';

/** An export of so many users as JSON Lines beside a bare loop that writes what it parses. */
export interface ExportFigures {
  /** The median of the times of the export divided by the median of those of the bare loop. */
  readonly timeRatio: number;
  /** The same for the time in which the process was at work: other programs change it less. */
  readonly workRatio: number;
  /** How much more memory the export has taken at most, in bytes; medians too. */
  readonly extraMemory: number;
  readonly exportMs: readonly number[];
  readonly bareMs: readonly number[];
}

/**
 * Measures an export, in turns with the bare loop. Each run, like the server, is a process of its
 * own; the server has its pages ready.
 */
export async function measureExport(users: number, runs: number): Promise<ExportFigures> {
  const folder = await mkdtemp(path.join(tmpdir(), 'luma-luminary-bench-'));
  const server = await serve(users);
  try {
    const run = async (kind: 'export' | 'bare'): Promise<ExportRun> => {
      const file = path.join(folder, 'users.jsonl');
      const script = path.join(import.meta.dirname, 'exportRun.ts');
      const args = [script, kind, server.address, server.token, file];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      if ((await stat(file)).size < users * 100) throw new Error('The file is too small.');
      await rm(file);
      return JSON.parse(stdout) as ExportRun;
    };
    // The server makes its pages in the first run, and clears up after that for a while.
    for (const kind of ['bare', 'export'] as const) await run(kind);
    const [exported, bare]: [ExportRun[], ExportRun[]] = [[], []];
    for (let turn = 0; turn < runs; turn++) {
      exported.push(await run('export'));
      bare.push(await run('bare'));
    }
    const middle = (of: readonly ExportRun[], what: keyof ExportRun) =>
      median(of.map((run) => run[what]));
    return {
      timeRatio: middle(exported, 'ms') / middle(bare, 'ms'),
      workRatio: middle(exported, 'workMs') / middle(bare, 'workMs'),
      extraMemory: middle(exported, 'memory') - middle(bare, 'memory'),
      exportMs: exported.map(({ ms }) => ms),
      bareMs: bare.map(({ ms }) => ms),
    };
  } finally {
    server.process.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The loopback services with so many users, in a process of their own. */
async function serve(
  users: number,
): Promise<{ readonly process: ChildProcess; readonly address: string; readonly token: string }> {
  const script = path.join(import.meta.dirname, '..', 'server', 'serve.ts');
  const args = [script, '--users', String(users), '--keep-pages'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const { luminary } = JSON.parse(said.toString()) as {
    luminary: { address: string; accessToken: string };
  };
  return { process: child, address: luminary.address, token: luminary.accessToken };
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = NaN, high = NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}
