import { userFieldNames } from '../../api/luminary.ts';
import { isJsonObject, ownValue } from '../../http/json.ts';
import type { Json } from '../../http/json.ts';
import { asNumber } from '../../http/text.ts';
import type { RecordFormat } from './format.ts';
import { jsonLine } from './json.ts';

/** The fields of an account that have a column of their own where there are only accounts. */
export const accountColumns: readonly string[] = [
  'email',
  'account',
  'user_id',
  'error',
  'luma_session_expires',
  'updated',
];

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
  head: `${headOf(userFieldNames)}\r\n`,
  separator: '',
  tail: '',
  text: (record) => `${rowOf(record, userFieldNames, fitsColumn)}\r\n`,
};

/**
 * The same in a text, with columns for these fields and a line for each record. An editor makes all
 * ends of lines alike, and a clipboard may end at a control character: a value with one of them
 * stands in `extra`, where it is escaped.
 */
export function csvText(columns: readonly string[], eol: string): RecordFormat {
  return {
    mark: '',
    head: headOf(columns) + eol,
    separator: eol,
    tail: '',
    text: (record) => rowOf(record, columns, fitsLine),
  };
}

function headOf(columns: readonly string[]): string {
  return [...columns, 'extra'].join(',');
}

function rowOf(
  record: Json,
  columns: readonly string[],
  fits: (value: Json | undefined) => value is string,
): string {
  if (!isJsonObject(record)) return [...columns.map(() => ''), jsonCell(record)].join(',');
  const cells = columns.map((name) => {
    const value = ownValue(record, name);
    return fits(value) ? cell(value) : '';
  });
  const others = Object.entries(record).filter(
    (entry): entry is [string, Json] => !columns.includes(entry[0]) || !fits(entry[1]),
  );
  const extra = others.length === 0 ? '' : jsonCell(Object.fromEntries(others));
  return [...cells, extra].join(',');
}

function fitsColumn(value: Json | undefined): value is string {
  return typeof value === 'string' && value.isWellFormed() && !calculatedWithin.test(value);
}

function fitsLine(value: Json | undefined): value is string {
  return fitsColumn(value) && !/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]/.test(value);
}

/** The signs that begin a formula, wide ones too, after any space; and what some programs skip. */
const calculated = /^'*(?:[\s\u0000-\u001f]*[=+\-@＝＋－＠]|[\t\r\n])/;

/** The same behind what separates cells where a spreadsheet's language has no commas for that. */
const calculatedWithin = /([;|\t]['\s\u0000-\u001f]*)([=+\-@＝＋－＠])/;

/** JSON in which such a sign is written as its number: only a text can hold one there. */
function jsonCell(value: Json): string {
  const everywhere = new RegExp(calculatedWithin, 'g');
  const escaped = (_: string, before: string, sign: string) => before + asNumber(sign);
  return cell(jsonLine(value).replaceAll(everywhere, escaped));
}

function cell(value: string): string {
  const inert = calculated.test(value) ? `'${value}` : value;
  return value === '' || /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
