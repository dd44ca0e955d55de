import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { FileError, asFileError, isFileError } from '../files/fileError.ts';
import { isCancellation } from '../http/errors.ts';
import { writeWholeFile } from '../files/wholeFile.ts';

/**
 * Writes a file whole or not at all, wherever it is: on this machine's disk beside what it replaces;
 * elsewhere on this disk first, and there when it is complete.
 *
 * @throws {@link FileError}, the signal's reason, or what the texts throw
 */
export async function writeTarget(
  target: vscode.Uri,
  texts: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> {
  if (target.scheme === 'file') {
    await writeWholeFile(target.fsPath, texts, signal);
    return;
  }
  const replaces = await isThere(target);
  const folder = await asked(mkdtemp(path.join(tmpdir(), 'luma-luminary-')));
  try {
    const local = path.join(folder, 'export');
    await writeWholeFile(local, texts, signal);
    await asked(put(vscode.Uri.file(local), target, replaces, signal));
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Whether something stands where a file is to be put; throws where none can be. */
async function isThere(target: vscode.Uri): Promise<boolean> {
  if (vscode.workspace.fs.isWritableFileSystem(target.scheme) === false) {
    throw new FileError('denied');
  }
  const there = await statOf(target);
  if (there === undefined) return false;
  if ((there.type & vscode.FileType.Directory) !== 0) throw new FileError('notAFile');
  if (there.permissions === vscode.FilePermission.Readonly) throw new FileError('denied');
  return true;
}

async function statOf(target: vscode.Uri): Promise<vscode.FileStat | undefined> {
  try {
    return await vscode.workspace.fs.stat(target);
  } catch (error) {
    const problem = asFileError(error);
    if (problem.code === 'FileNotFound') return undefined;
    throw problem;
  }
}

/**
 * Copies a file to another file system, under its name only when all of it is there. To copy over
 * what stands there would delete that first, as would renaming over it.
 */
async function put(
  local: vscode.Uri,
  target: vscode.Uri,
  replaces: boolean,
  signal: AbortSignal,
): Promise<void> {
  const { fs } = vscode.workspace;
  const mark = randomUUID().slice(0, 8);
  const beside = (kind: string) => target.with({ path: `${target.path}.${mark}.${kind}` });
  const [fresh, former] = [beside('new'), beside('old')];
  try {
    await fs.copy(local, fresh);
    signal.throwIfAborted();
    if (replaces) await swap(fresh, target, former);
    else await fs.rename(fresh, target);
  } catch (error) {
    // Where both files stand beside their place, neither of them may go.
    if (!isFileError(error)) await removed(fresh);
    throw error;
  }
  if (replaces) await removed(former);
}

/** Puts a file in the place of another, which is kept. */
async function swap(fresh: vscode.Uri, target: vscode.Uri, former: vscode.Uri): Promise<void> {
  const { fs } = vscode.workspace;
  await fs.rename(target, former);
  try {
    await fs.rename(fresh, target);
  } catch (error) {
    try {
      await fs.rename(former, target);
    } catch {
      throw new FileError('leftBeside');
    }
    throw error;
  }
}

/** What could not be removed changes nothing about how it went. */
async function removed(file: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.delete(file);
  } catch {
    // It may never have been there.
  }
}

async function asked<T>(operation: Promise<T>): Promise<T> {
  try {
    return await operation;
  } catch (error) {
    throw isCancellation(error) ? error : asFileError(error);
  }
}
