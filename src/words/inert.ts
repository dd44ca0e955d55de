import { oneLine } from '../http/text.ts';

/**
 * Text of any origin as Markdown code, which nothing in it can end: neither links, which previews
 * make of emails even where they are escaped, nor tags, pictures, formulas or cells of a table. It
 * is one line of at most so many UTF-16 units.
 */
export function code(text: string, length = 300): string {
  return `\`${oneLine(text, length).replaceAll('`', 'ʼ').replaceAll('|', '¦') || '…'}\``;
}

/** A sentence that may hold a service's words, free of what Markdown would make more of. */
export function inert(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>#|!~]/g, '\\$&');
}
