import { inSlices } from '../slices.ts';
import type { SliceOptions } from '../slices.ts';
import type { RecordFormat } from './format.ts';

/** No text for the clipboard or an editor is longer, in UTF-16 units: that is what files are for. */
export const MAX_LENGTH = 50_000_000;

/** Says that a text would be longer than {@link MAX_LENGTH}. */
export class TextTooLong extends Error {
  override readonly name = 'TextTooLong';
}

/**
 * Records as one text, put together in short slices.
 *
 * @throws {@link TextTooLong}, what the format throws, or the signal's reason
 */
export async function recordText<T>(
  records: readonly T[],
  { head, separator, tail, text }: RecordFormat<T>,
  options: SliceOptions = {},
): Promise<string> {
  let whole = head;
  let before = '';
  const add = (record: T) => {
    whole += before + text(record);
    before = separator;
    if (whole.length > MAX_LENGTH) throw new TextTooLong();
  };
  await inSlices(records, add, options);
  return whole + tail;
}
