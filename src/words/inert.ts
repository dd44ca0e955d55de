import { oneLine } from '../http/text.ts';
import { explain } from './errors.ts';

/**
 * Text of any origin as Markdown code, which nothing in it can end: neither links, which previews
 * make of emails even where they are escaped, nor tags, pictures, formulas or cells of a table. It
 * is one line of at most so many UTF-16 units.
 */
export function code(text: string, length = 300): string {
  return `\`${oneLine(text, length).replaceAll('`', 'ʼ').replaceAll('|', '¦') || '…'}\``;
}

/** Says in Markdown what went wrong, with the facts, among which are a service's own words, as code. */
export function failureText(error: unknown): string {
  const { sentence, facts } = explain(error);
  return facts === '' ? sentence : `${sentence} ${code(facts)}`;
}
