import { randomBytes } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** Longer than any pause between two answers, with all repetitions at the longest time limit. */
const ABANDONED_AFTER = 3600_000;

/** A name beside a file for what will take its place. */
export function temporaryName(file: string): string {
  return `${beginning(file)}${randomBytes(8).toString('hex')}${ENDING}`;
}

/**
 * Removes temporary files for the same file that were left behind when a process ended: those that
 * nobody has written to for an hour. Others may be written by another window at this moment.
 */
export async function removeLeftovers(file: string, now: number = Date.now()): Promise<void> {
  const folder = path.dirname(file);
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((name) => isTemporary(name, file))) {
    const left = path.join(folder, name);
    const written = await stat(left).then(
      ({ mtimeMs }) => mtimeMs,
      () => now,
    );
    if (now - written > ABANDONED_AFTER) await rm(left, { force: true }).catch(() => undefined);
  }
}

const ENDING = '.export.tmp';

/** Cut, as the whole must not become longer than a system takes. */
function beginning(file: string): string {
  const name = path.basename(file).slice(0, 50).toWellFormed();
  return `.${name}.`;
}

function isTemporary(name: string, file: string): boolean {
  const start = beginning(file);
  return (
    name.startsWith(start) &&
    name.endsWith(ENDING) &&
    /^[0-9a-f]{16}$/.test(name.slice(start.length, -ENDING.length))
  );
}
