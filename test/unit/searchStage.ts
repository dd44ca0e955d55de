import type { Json } from '../../src/http/json.ts';
import type { Found } from '../../src/model/search/best.ts';
import { parseQuery } from '../../src/model/search/query.ts';
import { UserIndex } from '../../src/model/search/userIndex.ts';
import { personAt } from '../../src/sample/people.ts';

/** A user with this name, and with further fields. */
export function named(
  first: string,
  last: string,
  more: Readonly<Record<string, Json>> = {},
): Json {
  return { id: 'user_1', email: 'x@example.com', first_name: first, last_name: last, ...more };
}

/** What a new index over these elements finds. */
export function find(elements: readonly Json[], text: string, limit = 200): Found {
  return new UserIndex(() => elements).search(parseQuery(text), limit);
}

/** Invented people, as JSON gives them. */
export function people(from: number, to: number): Json[] {
  const list = Array.from({ length: to - from }, (_, i) => personAt(from + i));
  return JSON.parse(JSON.stringify(list)) as Json[];
}
