import { ServiceError } from '../http/errors.ts';
import type { Json } from '../http/json.ts';

/** JSON.rawJSON, which every Node that runs this has and TypeScript does not know yet. */
const { rawJSON } = JSON as typeof JSON & { readonly rawJSON: (text: string) => Json };

/**
 * JSON that JSON.parse reads as the very same value: JSON.stringify alone turns -0 into 0, and a
 * number too large for a double, which is read as infinite, into null.
 *
 * @throws {@link ServiceError} `unexpectedAnswer` for a value of thousands of levels, which can be
 * read but not written
 */
export function exactJson(value: Json, indent: string | number): string {
  try {
    return written(value, indent);
  } catch (error) {
    if (error instanceof RangeError) throw new ServiceError('unexpectedAnswer');
    throw error;
  }
}

function written(value: Json, indent: string | number): string {
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
