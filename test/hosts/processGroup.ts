import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process whose output is read, and which has no input. */
export type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Starts a process in a group of its own, so that it can be ended with all that it starts. */
export function spawnGroup(command: string, args: string[], env: NodeJS.ProcessEnv): Child {
  return spawn(command, args, {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
}

/** Ends a group at once. One that has ended already is left alone. */
export function killGroup(child: Child): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
  } else {
    signalGroup(child.pid, 'SIGKILL');
  }
}

/**
 * Resolves when no process of a killed group is left. It waits no longer than two seconds: a process
 * that has ended stays in its group until its parent has noticed, which some containers never do.
 */
export async function groupEnded(child: Child): Promise<void> {
  if (child.pid === undefined || process.platform === 'win32') return;
  for (let waited = 0; waited < 2000 && signalGroup(child.pid, 0); waited += 20) await sleep(20);
}

function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}
