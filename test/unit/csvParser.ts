import assert from 'node:assert/strict';
import { isJsonObject } from '../../src/http/json.ts';
import type { Json } from '../../src/http/json.ts';

/** The fields that have a column of their own. */
export const columns = [
  'id',
  'email',
  'first_name',
  'last_name',
  'created_at',
  'updated_at',
] as const;

/** A cell of a CSV file; whether it stood in quotation marks tells an empty text from none. */
export interface Cell {
  readonly text: string;
  readonly quoted: boolean;
}

/** Reads CSV as RFC 4180 has it, strictly: lines end with CRLF, the last one too. */
export function parseCsv(text: string): Cell[][] {
  const rows: Cell[][] = [];
  let row: Cell[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const match = cell.exec(text);
    if (match === null)
      throw new Error(`No CSV at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`);
    const [, quoted, bare = '', end] = match;
    row.push({ text: quoted?.replaceAll('""', '"') ?? bare, quoted: quoted !== undefined });
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) throw new Error('The last line has no end.');
  return rows;
}

/** The records that a CSV file was made of, by what its doc comment says. */
export function parseUsers(file: string): Json[] {
  assert.ok(file.startsWith('\ufeff'));
  const [head, ...rows] = parseCsv(file.slice(1));
  assert.deepEqual(
    head?.map(({ text }) => text),
    [...columns, 'extra'],
  );
  return rows.map((cells) => {
    assert.equal(cells.length, 7);
    const values = cells.map(({ text, quoted }) =>
      text === '' && !quoted
        ? undefined
        : text.replace(/^'(?='*(?:[\s\0-\x1f]*[=+\-@＝＋－＠]|[\t\r\n]))/, ''),
    );
    const extra = values.pop();
    const other = extra === undefined ? {} : (JSON.parse(extra) as Json);
    if (!isJsonObject(other)) return other;
    const own = columns.flatMap((name, index): [string, Json][] => {
      const value = values[index];
      return value === undefined ? [] : [[name, value]];
    });
    return Object.fromEntries([...own, ...Object.entries(other)]);
  });
}
