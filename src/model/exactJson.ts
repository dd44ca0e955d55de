import { ServiceError } from '../http/errors.ts';
import type { Json } from '../http/json.ts';
import { TextTooLong } from './textTooLong.ts';

/** JSON.rawJSON, which every Node that runs this has and TypeScript does not know yet. */
const { rawJSON } = JSON as typeof JSON & { readonly rawJSON: (text: string) => Json };

/** The widest indentation that JSON.stringify writes, in characters. */
const WIDEST = 10;

/**
 * JSON that JSON.parse reads as the very same value: JSON.stringify alone turns -0 into 0, and a
 * number too large for a double, which is read as infinite, into null.
 *
 * @param indent one step of indentation, however wide; without one, all is one line
 * @throws {@link ServiceError} `unexpectedAnswer` for a value of thousands of levels, which can be
 * read but not written; {@link TextTooLong} where no text can hold it
 */
export function exactJson(value: Json, indent = ''): string {
  return writing(() => {
    if (indent.length <= WIDEST) return written(value, indent);
    // Within a text, JSON writes a tab as its number: those that stand there are indentation.
    return written(value, '\t').replaceAll('\t', () => indent);
  });
}

/**
 * Writes a value into a text by recursion.
 *
 * @throws as {@link exactJson}
 */
export function writing(write: () => string): string {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw /string length/i.test(error.message)
      ? new TextTooLong()
      : new ServiceError('unexpectedAnswer');
  }
}

function written(value: Json, indent: string): string {
  // Asking JSON.stringify about each value makes it several times slower, and few need that.
  return isPlain(value)
    ? JSON.stringify(value, undefined, indent)
    : JSON.stringify(value, (_, inner: Json) => exactNumber(inner), indent);
}

function isPlain(value: Json | undefined): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object' || value === null) return true;
  for (const inner of Array.isArray(value) ? value : Object.values(value)) {
    if (!isPlain(inner)) return false;
  }
  return true;
}

function exactNumber(value: Json): Json {
  if (Object.is(value, -0)) return rawJSON('-0');
  if (value === Infinity) return rawJSON('1e999');
  return value === -Infinity ? rawJSON('-1e999') : value;
}
