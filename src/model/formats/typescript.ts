import type { Json, JsonObject } from '../../http/json.ts';
import { asNumber } from '../../http/text.ts';
import { exactJson, writing } from '../exactJson.ts';
import type { RecordFormat } from './format.ts';
import type { Quote, TextStyle } from './textStyle.ts';

/** Records as an exported constant, which TypeScript compiles whatever they hold. */
export function typescript(name: string, many: boolean, style: TextStyle): RecordFormat {
  const { indent, eol } = style;
  const before = many ? indent : '';
  return {
    mark: '',
    head: `export const ${name} = ${many ? `[${eol}${before}` : ''}`,
    separator: `,${eol}${before}`,
    tail: many ? `,${eol}];` : ';',
    text: (record) => writing(() => literal(record, before, style)),
  };
}

/** A text between quotes, as JavaScript and its like read it. */
export function stringLiteral(text: string, quote: Quote): string {
  // JSON.stringify writes everything that ends a line or is half of a character as its number.
  const inner = JSON.stringify(text).slice(1, -1).replace(unseen, asNumber);
  return quote === '"' ? `"${inner}"` : `'${inner.replace(/\\.|'/g, requoted)}'`;
}

/** What ends lines to some, and what turns the direction of writing or isn't there to the eye. */
const unseen = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

function requoted(part: string): string {
  if (part === '\\"') return '"';
  return part === "'" ? "\\'" : part;
}

function literal(value: Json, lead: string, style: TextStyle): string {
  if (typeof value === 'string') return stringLiteral(value, style.quote);
  if (typeof value !== 'object' || value === null) return exactJson(value);
  const inner = lead + style.indent;
  const parts = Array.isArray(value)
    ? value.map((one) => literal(one, inner, style))
    : Object.entries(value).map(
        ([name, one]) =>
          `${propertyName(name, style.quote)}: ${literal(one ?? null, inner, style)}`,
      );
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  const lines = [open, ...parts.map((part) => `${inner}${part},`), lead + close];
  return lines.join(style.eol) + (hidesInherited(value) ? ' as Record<string, unknown>' : '');
}

/** What every object inherits in TypeScript's eyes. */
const inherited = [
  'constructor',
  'toString',
  'toLocaleString',
  'valueOf',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
];

/**
 * Whether an object has a key of that kind. In an array with others that inherit it, TypeScript
 * would make up a type that these don't fit.
 */
function hidesInherited(value: Json[] | JsonObject): boolean {
  return !Array.isArray(value) && inherited.some((name) => Object.hasOwn(value, name));
}

function propertyName(name: string, quote: Quote): string {
  // Without brackets, this one sets the prototype.
  if (name === '__proto__') return `[${stringLiteral(name, quote)}]`;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : stringLiteral(name, quote);
}
