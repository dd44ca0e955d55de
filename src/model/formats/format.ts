import type { Json } from '../../http/json.ts';

/** How a list of records is put into a text: a head, each record, a separator between, a tail. */
export interface RecordFormat<T = Json> {
  /** What a file begins with, and no other text. */
  readonly mark: string;
  readonly head: string;
  readonly separator: string;
  readonly tail: string;
  /** One record, whatever the service sent in its place. */
  readonly text: (record: T) => string;
}

/** Each record with a separator between, and nothing around. */
export function list<T>(separator: string, text: (record: T) => string): RecordFormat<T> {
  return { mark: '', head: '', separator, tail: '', text };
}

/** The texts that make up a file, one for each batch of records and what stands around them. */
export async function* fileTexts(
  batches: AsyncIterable<readonly Json[]>,
  { mark, head, separator, tail, text }: RecordFormat,
): AsyncGenerator<string, void, undefined> {
  yield mark + head;
  let before = '';
  for await (const batch of batches) {
    let added = '';
    for (const record of batch) {
      added += before + text(record);
      before = separator;
    }
    yield added;
  }
  yield tail;
}
