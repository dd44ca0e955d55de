import * as v from 'valibot';
import { ownValue } from '../http/json.ts';
import type { Json, JsonObject } from '../http/json.ts';

/** Where an answer of a list stands in it. */
export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Opaque; undefined where the service gave none. */
  readonly startCursor: string | undefined;
  readonly endCursor: string | undefined;
}

const FIELD = 'page_info';

/** In how many bytes at an answer's end its page info is looked for. */
const END = 2048;

const cursor = v.fallback(v.nullish(v.pipe(v.string(), v.nonEmpty())), undefined);

const schema = v.object({
  has_next_page: v.boolean(),
  has_previous_page: v.fallback(v.boolean(), false),
  start_cursor: cursor,
  end_cursor: cursor,
});

/** The `page_info` of an answer; undefined if there is none that can be read. */
export function pageInfoOf(answer: JsonObject): PageInfo | undefined {
  const info = v.safeParse(schema, ownValue(answer, FIELD));
  if (!info.success) return undefined;
  return {
    hasNextPage: info.output.has_next_page,
    hasPreviousPage: info.output.has_previous_page,
    startCursor: info.output.start_cursor ?? undefined,
    endCursor: info.output.end_cursor ?? undefined,
  };
}

/**
 * The page info of an answer that has not been read, from its last bytes, where the service puts it.
 * If the answer is JSON at all, this is what {@link pageInfoOf} gives: from the name on, the rest
 * is an object without its opening brace only where the name is one of the outermost object's.
 */
export function pageInfoAtEnd(body: Uint8Array): PageInfo | undefined {
  const end = Buffer.from(body.buffer, body.byteOffset, body.byteLength).subarray(-END);
  const at = end.lastIndexOf(`"${FIELD}"`);
  if (at === -1) return undefined;
  try {
    return pageInfoOf(JSON.parse(`{${end.toString('utf8', at)}`) as Json & JsonObject);
  } catch {
    return undefined;
  }
}
