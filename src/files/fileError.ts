/**
 * Why a file could not be written.
 *
 * - `full`: the disk, or what one may have of it
 * - `denied`: no permission, or the file or its folder is write-protected
 * - `noFolder`: the folder is not there
 * - `notAFile`: a folder stands there, or something else that is no file
 * - `tooLong`: the system does not take a name or path as long as that
 * - `inUse`: another program holds it
 * - `leftBeside`: neither the new file nor the old one could be put in its place: both stand beside
 *   it, with `.new` and `.old` at the end of their names
 * - `other`: see the code
 */
export type FileErrorReason =
  'full' | 'denied' | 'noFolder' | 'notAFile' | 'tooLong' | 'inUse' | 'leftBeside' | 'other';

/** Says why a file could not be written. Names no path, so that it may be logged. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly reason: FileErrorReason;
  /** What the system or the file's provider calls it, such as `ENOSPC`. */
  readonly code: string | undefined;

  constructor(reason: FileErrorReason, code?: string) {
    super(code === undefined ? reason : `${reason} ${code}`);
    this.reason = reason;
    this.code = code;
  }
}

/** Whether a value is a {@link FileError}, whichever bundle made it. */
export function isFileError(error: unknown): error is FileError {
  return error instanceof Error && error.name === 'FileError' && 'reason' in error;
}

const reasons: ReadonlyMap<string | undefined, FileErrorReason> = new Map([
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  ['EFBIG', 'full'],
  ['EACCES', 'denied'],
  ['EPERM', 'denied'],
  ['EROFS', 'denied'],
  ['NoPermissions', 'denied'],
  ['ENOENT', 'noFolder'],
  ['ENOTDIR', 'noFolder'],
  ['FileNotFound', 'noFolder'],
  ['FileNotADirectory', 'noFolder'],
  ['EISDIR', 'notAFile'],
  ['FileIsADirectory', 'notAFile'],
  ['ENAMETOOLONG', 'tooLong'],
  ['EBUSY', 'inUse'],
  ['ETXTBSY', 'inUse'],
]);

/** The {@link FileError} for what the system, or the editor's file system, has thrown. */
export function asFileError(error: unknown): FileError {
  if (isFileError(error)) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const known = typeof code === 'string' && /^\w{1,40}$/.test(code) ? code : undefined;
  return new FileError(reasons.get(known) ?? 'other', known);
}
