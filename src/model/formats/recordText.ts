import { inSlices } from '../slices.ts';
import type { SliceOptions } from '../slices.ts';
import { MAX_LENGTH, TextTooLong } from '../textTooLong.ts';
import type { RecordFormat } from './format.ts';

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
