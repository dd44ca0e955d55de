import { spawn } from 'node:child_process';
import path from 'node:path';

import { whenProcessEnds } from '../test/hosts/cleanup.ts';
import { projectFolder } from '../test/hosts/paths.ts';

/** In ms. Nothing takes as long, unless it hangs: the UI tests take 15 to 20 minutes on two cores. */
const usualTimeLimit = 45 * 60_000;

/** The file that npm's command of this name starts, of a package in node_modules. */
export function tool(...file: string[]): string {
  return path.join(projectFolder, 'node_modules', ...file);
}

/**
 * Runs a command with its output in ours.
 * @returns whether it ended with 0. It's ended itself after `timeLimit` milliseconds.
 */
export async function runCommand(
  [program = '', ...args]: string[],
  env: Record<string, string> = {},
  timeLimit: number = usualTimeLimit,
): Promise<boolean> {
  const child = spawn(program, args, {
    cwd: projectFolder,
    env: { ...process.env, ...env },
    // Nothing may wait for an answer.
    stdio: ['ignore', 'inherit', 'inherit'],
    // npm's commands are scripts there.
    shell: process.platform === 'win32' && !path.isAbsolute(program),
  });
  const keep = whenProcessEnds(() => child.kill('SIGTERM'));
  const limit = setTimeout(
    () => {
      if (timeLimit === Infinity) return;
      console.log(`Ended after ${timeLimit / 60_000} minutes.`);
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
    },
    Math.min(timeLimit, 2 ** 31 - 1),
  );

  const { promise, resolve } = Promise.withResolvers<boolean>();
  child.once('error', (error) => {
    console.log(`${program} could not be started: ${error.message}`);
    resolve(false);
  });
  child.once('exit', (code) => {
    resolve(code === 0);
  });
  try {
    return await promise;
  } finally {
    clearTimeout(limit);
    keep();
  }
}
