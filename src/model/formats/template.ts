import { isJsonObject, ownValue } from '../../http/json.ts';
import { list } from './format.ts';
import type { RecordFormat } from './format.ts';
import { jsonLine } from './json.ts';
import { emailOf, fieldText, fullNameOf } from './textRecord.ts';
import type { TextRecord } from './textRecord.ts';

/** A person's own way to put a record into a text. */
export interface Template {
  readonly name: string;
  /** Text with `${…}` for what a record has; `$${` stands for `${` itself. */
  readonly template: string;
}

/** What a setting gives: its templates, and the numbers of the entries that are none, from 1 on. */
export interface Templates {
  readonly templates: readonly Template[];
  readonly wrong: readonly number[];
}

/** Names that a template may use for more than the field of that name. */
const values: Readonly<Record<string, (record: TextRecord) => string>> = {
  id: ({ id }) => id,
  email: ({ record }) => emailOf(record) ?? '',
  name: ({ record }) => fullNameOf(record),
  json: ({ record }) => jsonLine(record),
};

/** The names that every template may use. */
export const templateNames: readonly string[] = Object.keys(values);

/** Reads a setting, whatever is in it. */
export function readTemplates(setting: unknown): Templates {
  if (setting === undefined || setting === null) return { templates: [], wrong: [] };
  const entries: readonly unknown[] = Array.isArray(setting) ? setting : [setting];
  const wrong: number[] = [];
  const templates = entries.flatMap((entry, index) => {
    const name = isJsonObject(entry) ? ownValue(entry, 'name') : undefined;
    const template = isJsonObject(entry) ? ownValue(entry, 'template') : undefined;
    const fits = typeof name === 'string' && name.trim() !== '' && typeof template === 'string';
    if (fits) return [{ name: name.trim(), template }];
    wrong.push(index + 1);
    return [];
  });
  return { templates, wrong };
}

/** The names that a template uses. */
export function namesIn(template: string): string[] {
  return [...new Set(partsOf(template).flatMap((part) => ('name' in part ? [part.name] : [])))];
}

/** Puts each record into a template; a field that a record doesn't have leaves nothing. */
export function templateFormat(template: string, eol: string): RecordFormat<TextRecord> {
  const parts = partsOf(template.replaceAll(/\r\n|\r|\n/g, eol));
  return list(eol, (record) =>
    parts.map((part) => ('name' in part ? valueOf(record, part.name) : part.text)).join(''),
  );
}

function valueOf(record: TextRecord, name: string): string {
  return Object.hasOwn(values, name)
    ? (values[name]?.(record) ?? '')
    : fieldText(ownValue(record.record, name));
}

type Part = { readonly text: string } | { readonly name: string };

function partsOf(template: string): Part[] {
  return [...template.matchAll(/\$\$\{|\$\{([^{}]*)\}|\$|[^$]+/g)].map(([whole, name]) => {
    if (name !== undefined) return { name: name.trim() };
    return { text: whole === '$${' ? '${' : whole };
  });
}
