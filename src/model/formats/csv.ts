import { isJsonObject } from '../../http/json.ts';
import type { Json } from '../../http/json.ts';
import { exactJson } from '../exactJson.ts';
import type { RecordFormat } from './format.ts';

const columns: readonly string[] = [
  'id',
  'email',
  'first_name',
  'last_name',
  'created_at',
  'updated_at',
];
const known: ReadonlySet<string> = new Set(columns);

/**
 * A table for spreadsheets, as RFC 4180 has it: the known fields, then `extra`, JSON of all that has
 * no column or doesn't fit into one. Nothing is lost:
 *
 * - A field without a value is nothing between two commas; an empty text is two quotation marks.
 * - A known field that is no text, a text that no UTF-8 file can hold, or one that a spreadsheet
 *   with other separators would calculate in part, stands in `extra`.
 * - What is no object at all stands in `extra` as it is.
 * - A cell that a spreadsheet would calculate has an apostrophe before it; so has one that begins
 *   with apostrophes and would be calculated without them. To take one away from just these gives
 *   back each cell.
 *
 * A file begins with a byte-order mark, without which Excel takes it for text in an older encoding.
 */
export const csv: RecordFormat = {
  mark: '\ufeff',
  head: `${[...columns, 'extra'].join(',')}\r\n`,
  separator: '',
  tail: '',
  text: (record) => `${cellsOf(record).join(',')}\r\n`,
};

function cellsOf(record: Json): string[] {
  if (!isJsonObject(record)) return [...columns.map(() => ''), jsonCell(record)];
  const cells = columns.map((name) => {
    const value = Object.hasOwn(record, name) ? record[name] : undefined;
    return fitsColumn(value) ? cell(value) : '';
  });
  return [...cells, extraOf(record)];
}

function extraOf(record: Readonly<Record<string, Json | undefined>>): string {
  const others = Object.entries(record).filter(
    (entry): entry is [string, Json] => !known.has(entry[0]) || !fitsColumn(entry[1]),
  );
  return others.length === 0 ? '' : jsonCell(Object.fromEntries(others));
}

function fitsColumn(value: Json | undefined): value is string {
  return typeof value === 'string' && value.isWellFormed() && !calculatedWithin.test(value);
}

/** The signs that begin a formula, wide ones too, after any space; and what some programs skip. */
const calculated = /^'*(?:[\s\u0000-\u001f]*[=+\-@＝＋－＠]|[\t\r\n])/;

/** The same behind what separates cells where a spreadsheet's language has no commas for that. */
const calculatedWithin = /([;|\t]['\s\u0000-\u001f]*)([=+\-@＝＋－＠])/;

/** JSON in which such a sign is written as its number: only a text can hold one there. */
function jsonCell(value: Json): string {
  const everywhere = new RegExp(calculatedWithin, 'g');
  const escaped = (_: string, before: string, sign: string) =>
    `${before}\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return cell(exactJson(value, 0).replaceAll(everywhere, escaped));
}

function cell(value: string): string {
  const inert = calculated.test(value) ? `'${value}` : value;
  return value === '' || /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
