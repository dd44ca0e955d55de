import type { Json } from '../../http/json.ts';
import { asNumber } from '../../http/text.ts';
import { exactJson } from '../exactJson.ts';
import { list } from './format.ts';
import type { RecordFormat } from './format.ts';
import type { TextStyle } from './textStyle.ts';

/** One JSON array, a record on each line: as good to read as indented, and half as large. */
export const json: RecordFormat = {
  mark: '',
  head: '[\n',
  separator: ',\n',
  tail: '\n]\n',
  text: jsonLine,
};

/** A JSON document for each line. */
export const jsonLines: RecordFormat = list('', (record) => `${jsonLine(record)}\n`);

/** Records as JSON that is indented, for people to read: an array of them, or one by itself. */
export function indentedJson({ indent, eol }: TextStyle, many: boolean): RecordFormat {
  const before = many ? indent : '';
  return {
    mark: '',
    head: many ? `[${eol}${before}` : '',
    separator: `,${eol}${before}`,
    tail: many ? `${eol}]` : '',
    // A line break within a text is escaped: those that are left are between lines.
    text: (record) => withoutOddEnds(exactJson(record, indent)).replaceAll('\n', `${eol}${before}`),
  };
}

/** A record as JSON that is one line to everybody. */
export function jsonLine(record: Json): string {
  return withoutOddEnds(exactJson(record));
}

/** Some programs, this editor among them, also take these characters for the end of a line. */
function withoutOddEnds(text: string): string {
  return text.replace(/[\u0085\u2028\u2029]/g, asNumber);
}
