import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';

import { cacheFolder } from './paths.ts';

/**
 * A folder in the cache, filled by `fill` when it isn't there yet. It is filled beside its place and
 * then renamed, so that a half-filled one is never seen; of two processes that fill it at the same
 * time, the first one's is kept.
 */
export async function cachedFolder(
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = path.join(cacheFolder, name);
  await mkdir(cacheFolder, { recursive: true });
  await removeLeftovers(name);
  if (existsSync(folder)) return folder;

  const temporary = path.join(cacheFolder, `${name}.${process.pid}-${randomUUID().slice(0, 8)}`);
  await mkdir(temporary);
  try {
    await fill(temporary);
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** Removes what processes that are no longer running have left half-filled. */
async function removeLeftovers(name: string): Promise<void> {
  for (const entry of await readdir(cacheFolder)) {
    if (!entry.startsWith(`${name}.`)) continue;
    const pid = /^(\d+)-[\da-f]{8}$/.exec(entry.slice(name.length + 1))?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    await rm(path.join(cacheFolder, entry), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
