import fc from 'fast-check';
import { isJsonObject } from '../../src/http/json.ts';
import type { Json, JsonObject } from '../../src/http/json.ts';
import type { TextRecord } from '../../src/model/formats/textRecord.ts';
import { oddNames, sparseUsers, unreadableUsers, usersWithOddNames } from '../server/oddRecords.ts';
import { columns } from './csvParser.ts';

/** Everything odd that the loopback server can send. */
export const oddRecords = [
  ...usersWithOddNames(),
  ...Object.values(sparseUsers()),
  ...Object.values(unreadableUsers()),
  [-0, 1e21, 5e-324],
  JSON.parse('{"id":"a","balance":-0,"limit":1e999,"__proto__":{"id":"b"},"extra":"own"}'),
  -17,
  '=1+1',
  true,
] as Json[];

/** Records that are users in part: known fields of any type, others of any name. */
export const anyRecord = fc
  .oneof(
    fc.json(),
    fc
      .dictionary(
        fc.oneof(fc.constantFrom(...columns), fc.string({ unit: 'binary' })),
        fc.oneof(
          fc.jsonValue(),
          fc.string({ unit: 'binary' }),
          fc.constantFrom(...Object.values(oddNames)),
          fc.string({
            unit: fc.constantFrom('=', '+', '-', '@', "'", ' ', '"', ',', '\t', '\r', '\n', '1'),
          }),
        ),
      )
      .map((record) => JSON.stringify(record)),
  )
  .map((text) => JSON.parse(text) as Json);

/** Objects among these. */
export const anyObject = anyRecord.filter(isJsonObject);

/** A user on its way into a text, whatever its record holds. */
export function textUser(record: Json, id = 'user_00000000000000000000000001'): TextRecord {
  return { id, key: id, record: record as JsonObject, service: 'luminary', connection: 'acme' };
}

/** An account on its way into a text. */
export function textAccount(record: Json, key = 'jane.doe@example.com'): TextRecord {
  return { id: key, key, record: record as JsonObject, service: 'luma', connection: 'studio' };
}
