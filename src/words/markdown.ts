import { l10n } from 'vscode';
import type { MarkdownString } from 'vscode';
import { oneLine } from '../http/text.ts';

/**
 * Appends text that stays text: appendText escapes Markdown, but neither tags and entities, nor
 * what the editor makes into a link by itself, as `https://…`, `www.…` and emails, nor icons as
 * `$(trash)`.
 */
export function appendPlain(markdown: MarkdownString, text: string): void {
  for (const part of text.split(/([&:@.$<])/)) {
    if (/^[&:@.$<]$/.test(part)) markdown.appendMarkdown(`&#${String(part.charCodeAt(0))};`);
    else markdown.appendText(part);
  }
}

/** How much of a text is shown in full, in UTF-16 units: more than anybody reads under the mouse. */
const LONGEST = 10_000;

/** Appends a text as paragraphs, one for each of its lines, that stay text and break between words. */
export function appendParagraphs(markdown: MarkdownString, text: string): void {
  const whole = text.length <= LONGEST;
  for (const line of text.slice(0, LONGEST).split(/[\r\n\u0085\u2028\u2029]+/)) {
    const words = oneLine(line, LONGEST).split(' ');
    if (words.join('') === '') continue;
    words.forEach((word, index) => {
      // A space that is escaped keeps words together.
      if (index > 0) markdown.appendMarkdown(' ');
      appendPlain(markdown, word);
    });
    markdown.appendMarkdown('\n\n');
  }
  if (!whole) markdown.appendMarkdown(`*${l10n.t('The rest is left out.')}*\n\n`);
}
