import * as vscode from 'vscode';
import { doublesQuotes, quoteIn } from '../model/formats/textStyle.ts';
import type { Quote, TextStyle } from '../model/formats/textStyle.ts';

/**
 * How texts are written in an editor, the active one if none is named; without one, indented as
 * editors are set to be, and else as most are.
 */
export function activeStyle(editor = vscode.window.activeTextEditor): TextStyle {
  const document = editor?.document;
  return {
    indent: activeIndent(editor),
    quote: document === undefined ? "'" : quoteOf(document),
    doubled: doublesQuotes(document?.languageId ?? ''),
    eol: document?.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n',
  };
}

/**
 * One step of indentation as it is in an editor, the active one if none is named, or as editors are
 * set to have it.
 */
export function activeIndent(editor = vscode.window.activeTextEditor): string {
  const active = editor?.options;
  const settings = vscode.workspace.getConfiguration('editor');
  const spaces: unknown = active?.insertSpaces ?? settings.get('insertSpaces');
  if (spaces === false) return '\t';
  // A step may be narrower than a tab; where it is not set, it says in words that it isn't.
  const widths: unknown[] =
    active === undefined
      ? [settings.get('indentSize'), settings.get('tabSize')]
      : [active.indentSize, active.tabSize];
  return ' '.repeat(widths.find((width) => typeof width === 'number') ?? 2);
}

/** As many lines of a document as show which quotes it has. */
const LINES = 2000;

function quoteOf(document: vscode.TextDocument): Quote {
  const text = document.getText(new vscode.Range(0, 0, LINES, 0));
  return quoteIn(text, document.languageId, preferredQuote(document));
}

/** What the person prefers in JavaScript and TypeScript; newer editors have one setting for both. */
function preferredQuote(document: vscode.TextDocument): unknown {
  const [language] = /^(?:java|type)script/.exec(document.languageId) ?? [];
  if (language === undefined) return undefined;
  const inSection = (section: string): unknown =>
    vscode.workspace.getConfiguration(section, document).get('preferences.quoteStyle');
  return [inSection('js/ts'), inSection(language)].find(
    (set) => set === 'single' || set === 'double',
  );
}
