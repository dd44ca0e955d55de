import type { MarkdownString } from 'vscode';

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
