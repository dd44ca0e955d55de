import * as vscode from 'vscode';
import { oneLine } from '../http/text.ts';
import type { Json } from '../http/json.ts';
import { appendParagraphs, appendPlain } from '../words/markdown.ts';
import { fieldLabel, jsonText, valueForCopy, valueText } from './fields.ts';
import type { Field } from './fields.ts';

/**
 * How a record's subject is, in paragraphs, and its fields as a table. What a service sent is
 * escaped: it is text and nothing else.
 */
export function recordTooltip(
  title: string,
  status: readonly string[],
  fields: readonly Field[],
  now: number,
): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendMarkdown('**');
  appendPlain(text, title);
  text.appendMarkdown('**\n\n');
  for (const paragraph of status) appendParagraphs(text, paragraph);
  text.appendMarkdown('| | |\n|---|---|\n');
  for (const [name, value] of fields) {
    text.appendMarkdown('| ');
    cell(text, fieldLabel(name));
    text.appendMarkdown(' | ');
    cell(text, exact(name, value, now));
    text.appendMarkdown(' |\n');
  }
  return text;
}

/** A field's value in full, and exactly as received where the row shows it in words. */
export function fieldTooltip(name: string, value: Json, now: number): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  appendPlain(text, `${fieldLabel(name)}: ${oneLine(exact(name, value, now), 2000)}`);
  return text;
}

/** A record that can't be read, as it came. */
export function unreadableTooltip(record: Json): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  appendPlain(text, oneLine(jsonText(record), 2000));
  return text;
}

function exact(name: string, value: Json, now: number): string {
  const words = valueText(name, value, now);
  // Neither a boolean nor what holds several values says anything more as it came.
  if (typeof value !== 'string' && typeof value !== 'number') return words;
  const raw = valueForCopy(value);
  return raw === words || raw === '' ? words : `${raw} (${words})`;
}

/** What is escaped as text may still not hold what ends a table's cell or row. */
function cell(text: vscode.MarkdownString, value: string): void {
  appendPlain(text, oneLine(value, 500).replaceAll('|', '¦'));
}
