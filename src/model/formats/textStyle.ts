/** The sign that texts stand between in code. */
export type Quote = "'" | '"';

/** How a text is written, so that it fits where it goes. */
export interface TextStyle {
  /** One step of indentation. */
  readonly indent: string;
  readonly quote: Quote;
  /** Whether that sign is written twice within a text, where a backslash has no meaning: in SQL. */
  readonly doubled?: boolean;
  /** What ends a line. */
  readonly eol: '\n' | '\r\n';
}

/** Languages in which a text, or one of several characters, stands between double quotes only. */
const doubleOnly: ReadonlySet<string> = new Set([
  'json',
  'jsonc',
  'jsonl',
  'json5',
  'c',
  'cpp',
  'csharp',
  'go',
  'java',
  'kotlin',
  'rust',
  'swift',
]);

/** How much of a document is looked at, in UTF-16 units. */
const LOOKED_AT = 100_000;

/**
 * The quote of a document: what its language demands, else what the person prefers (`single` or
 * `double`), else what the document has more of.
 */
export function quoteIn(text: string, language: string, preferred?: unknown): Quote {
  if (doubleOnly.has(language)) return '"';
  if (doublesQuotes(language)) return "'";
  if (preferred === 'single') return "'";
  if (preferred === 'double') return '"';
  const texts = text
    .slice(0, LOOKED_AT)
    .match(/"(?:[^"\\\r\n]|\\.){0,200}"|'(?:[^'\\\r\n]|\\.){0,200}'/g);
  const double = (texts ?? []).filter((one) => one.startsWith('"')).length;
  return double > (texts?.length ?? 0) / 2 ? '"' : "'";
}

/** Whether quotes are {@link TextStyle.doubled} in a language. */
export function doublesQuotes(language: string): boolean {
  return language === 'sql';
}

/** A text whose lines after the first begin as the line does that it is put into. */
export function continuedWith(lead: string, text: string): string {
  return lead === '' ? text : text.replaceAll(/\r?\n/g, (end) => end + lead);
}
