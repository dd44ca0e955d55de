import { userFieldNames } from '../../api/luminary.ts';
import { inSlices } from '../slices.ts';
import { accountColumns, csvText } from './csv.ts';
import { curl } from './curl.ts';
import { list } from './format.ts';
import type { RecordFormat } from './format.ts';
import { indentedJson, jsonLine } from './json.ts';
import { markdown } from './markdown.ts';
import type { TextRecord } from './textRecord.ts';
import type { TextStyle } from './textStyle.ts';
import { stringLiteral, typescript } from './typescript.ts';

/** A way to put records into a text. */
export type TextFormatName =
  'idList' | 'quotedList' | 'json' | 'jsonLines' | 'csv' | 'markdown' | 'typescript' | 'curl';

/** All ways, in the order in which they are offered. */
export const textFormatNames: readonly TextFormatName[] = [
  'idList',
  'quotedList',
  'json',
  'jsonLines',
  'csv',
  'markdown',
  'typescript',
  'curl',
];

/** What a format must know of all records before it begins with the first. */
export interface Contents {
  readonly many: boolean;
  /** Undefined where they come from both. */
  readonly service: TextRecord['service'] | undefined;
  /** Every field that one of them has, in the order of their first appearance. */
  readonly fields: readonly string[];
}

/** Looks through records, in short slices. */
export async function contentsOf(
  records: readonly TextRecord[],
  signal?: AbortSignal,
): Promise<Contents> {
  const fields = new Set<string>();
  const services = new Set<TextRecord['service']>();
  const look = ({ record, service }: TextRecord) => {
    services.add(service);
    for (const name of Object.keys(record)) fields.add(name);
  };
  await inSlices(records, look, { signal });
  const [service, ...others] = services;
  return {
    many: records.length > 1,
    service: others.length === 0 ? service : undefined,
    fields: [...fields],
  };
}

/**
 * The format of a name. No text has a line end at its end.
 *
 * @param addressOf as {@link curl} takes it
 */
export function textFormat(
  name: TextFormatName,
  contents: Contents,
  style: TextStyle,
  addressOf: (connection: string) => string,
): RecordFormat<TextRecord> {
  const { many, service, fields } = contents;
  const { eol } = style;
  switch (name) {
    case 'idList':
      return list(eol, ({ id }) => id);
    case 'quotedList':
      return list(`,${eol}`, ({ id }) => quoted(id, style));
    case 'json':
      return ofRecord(indentedJson(style, many));
    case 'jsonLines':
      return list(eol, ({ record }) => jsonLine(record));
    case 'csv':
      return ofRecord(csvText(service === 'luma' ? accountColumns : userFieldNames, eol));
    case 'markdown':
      return ofRecord(markdown(fields, eol));
    case 'typescript':
      return ofRecord(typescript(constantName(contents), many, style));
    case 'curl':
      return curl(eol, addressOf);
  }
}

function quoted(text: string, { quote, doubled = false }: TextStyle): string {
  return doubled
    ? quote + text.replaceAll(quote, quote + quote) + quote
    : stringLiteral(text, quote);
}

function ofRecord(format: RecordFormat<TextRecord['record']>): RecordFormat<TextRecord> {
  return { ...format, text: ({ record }) => format.text(record) };
}

const constants = { luma: 'account', luminary: 'user', both: 'record' } as const;

function constantName({ service, many }: Contents): string {
  return constants[service ?? 'both'] + (many ? 's' : '');
}
