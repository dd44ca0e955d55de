import {
  access,
  chmod,
  constants,
  open,
  readlink,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import path from 'node:path';
import { FileError, asFileError } from './fileError.ts';
import { removeLeftovers, temporaryName } from './leftovers.ts';

/** The part of a file's handle that writing takes; a test puts a full disk in its place. */
interface Writable {
  appendFile(text: string): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Makes a file that must not be there yet, with no more permissions than these, where given. */
export type Create = (file: string, mode: number | undefined) => Promise<Writable>;

const create: Create = (file, mode) => open(file, 'wx', mode);

/**
 * Writes a file that stands under its name whole or not at all: into a temporary file beside it,
 * which takes its place at the end. Whatever goes wrong, or whoever cancels, what stood there before
 * is still there and nothing else; should the process itself end, the temporary file stays, and is
 * removed by a later call for the same file.
 *
 * @throws {@link FileError}, the signal's reason, or what the texts throw
 */
export async function writeWholeFile(
  target: string,
  texts: AsyncIterable<string>,
  signal: AbortSignal,
  make: Create = create,
): Promise<void> {
  signal.throwIfAborted();
  const place = await placeOf(target);
  const temporary = path.join(path.dirname(place.file), temporaryName(place.file));
  const file = await told(make(temporary, place.mode));
  try {
    try {
      for await (const text of texts) {
        signal.throwIfAborted();
        await told(file.appendFile(text));
      }
      signal.throwIfAborted();
      await told(file.sync());
    } finally {
      await told(file.close());
    }
    // Some file systems have no permissions to set. They are never more than what stood there had.
    if (place.mode !== undefined) await chmod(temporary, place.mode).catch(() => undefined);
    signal.throwIfAborted();
    await told(rename(temporary, place.file));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await removeLeftovers(place.file);
}

/** Where a file is to stand, and the permissions of the one that stands there. */
interface Place {
  readonly file: string;
  readonly mode: number | undefined;
}

/** Where a path leads to: a link stays, and what it points to is replaced. */
async function placeOf(target: string): Promise<Place> {
  try {
    const file = await realpath(target);
    const there = await stat(file);
    if (!there.isFile()) throw new FileError('notAFile');
    await access(file, constants.W_OK);
    return { file, mode: there.mode & 0o7777 };
  } catch (error) {
    const problem = asFileError(error);
    if (problem.code === 'ENOENT') return { file: await destinationOf(target), mode: undefined };
    throw problem;
  }
}

/** Where a link leads to at which nothing stands yet; a file's own path where it is no link. */
async function destinationOf(file: string): Promise<string> {
  const destination = await readlink(file).catch(() => '');
  return path.resolve(path.dirname(file), destination === '' ? file : destination);
}

async function told<T>(operation: Promise<T>): Promise<T> {
  try {
    return await operation;
  } catch (error) {
    throw asFileError(error);
  }
}
