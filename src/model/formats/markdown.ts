import { ownValue } from '../../http/json.ts';
import type { JsonObject } from '../../http/json.ts';
import type { RecordFormat } from './format.ts';
import { fieldText } from './textRecord.ts';

/** A table in Markdown with a column for each of these fields, in which values do nothing. */
export function markdown(fields: readonly string[], eol: string): RecordFormat<JsonObject> {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return {
    mark: '',
    head: row(fields.map(cell)) + eol + row(fields.map(() => '---')) + eol,
    separator: eol,
    tail: '',
    text: (record) => row(fields.map((name) => cell(fieldText(ownValue(record, name))))),
  };
}

const references: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Signs of Markdown; those within a word and those of the beginning of a line have no meaning. */
const signs = /[\\`*~[\]|$]|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])|:(?=\/\/)|(?<=www)\./gi;

function cell(text: string): string {
  return text
    .replace(/[&<>]/g, (sign) => references[sign] ?? sign)
    .replace(signs, '\\$&')
    .replace(/\r\n|[\n\r\u000b\u000c\u0085\u2028\u2029]/g, '<br>')
    .replace(/[\u0000-\u0008\u000e-\u001f\u007f]/g, '\ufffd');
}
