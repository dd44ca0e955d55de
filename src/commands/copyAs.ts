import * as vscode from 'vscode';
import { oneLine } from '../http/text.ts';
import { recordText } from '../model/formats/recordText.ts';
import { contentsOf } from '../model/formats/textFormats.ts';
import type { TextRecord } from '../model/formats/textRecord.ts';
import type { TextStyle } from '../model/formats/textStyle.ts';
import type { Node } from '../tree/nodes.ts';
import { counted, numberText } from '../words/format.ts';
import { withUserProgress } from '../words/userProgress.ts';
import type { ProgressOptions } from '../words/userProgress.ts';
import { plain } from '../words/plain.ts';
import { copy, unlessTooLong } from './clipboard.ts';
import { FormatChoice, choiceLabel, problemOf, tellTemplates } from './formatChoice.ts';
import type { Choice, Use } from './formatChoice.ts';
import { editorForText, insertText } from './insert.ts';
import type { Run } from './register.ts';
import { tellNothing } from './rows.ts';
import type { Rows } from './rows.ts';
import type { Services } from './services.ts';
import { activeStyle } from './style.ts';
import { subjectText } from './subjectText.ts';

/** From so many records on, it is shown how far their text is. */
const MANY = 10_000;

/** No question calls what it is about by a longer name, in characters. */
const SUBJECT = 80;

/** The commands that put records into a text of a format that the person chooses. */
export function copyAsCommands(
  services: Pick<Services, 'memory' | 'store' | 'sessions'>,
  rows: Rows,
): Record<'copyAs' | 'insertAs', Run> {
  const formats = new FormatChoice(services);

  /** Asks for a format and makes the text; undefined where there is none, which the person knows. */
  async function textOf(
    chosen: readonly Node[],
    use: Use,
    style: TextStyle,
  ): Promise<Made | undefined> {
    const [first, ...others] = rows.records.of(chosen);
    if (first === undefined) {
      if (chosen.length > 0) tellNothing();
      return undefined;
    }
    const title = use === 'copy' ? vscode.l10n.t('Copy As') : vscode.l10n.t('Insert As');
    const known = [first, ...others] as const;
    const subject = plain(oneLine(subjectText(chosen, known, services), SUBJECT));
    const choice = await formats.ask(use, `${title} · ${subject}`, known, style);
    if (choice === undefined) return undefined;
    const records = await rows.allRecords(chosen);
    // They may have gone while the format was chosen.
    if (records.length === 0) {
      tellNothing();
      return undefined;
    }
    const text = await unlessTooLong(() =>
      shown(records.length, (options) => written(records, choice, style, options)),
    );
    if (text === '') tellNothing();
    return text ? { text, choice, count: records.length } : undefined;
  }

  async function written(
    records: readonly TextRecord[],
    choice: Choice,
    style: TextStyle,
    { signal, progress }: ProgressOptions,
  ): Promise<string | undefined> {
    const contents = await contentsOf(records, signal);
    const problem = problemOf(choice, contents);
    if (problem !== undefined) {
      void tellTemplates(problem);
      return undefined;
    }
    const told = (done: number) => {
      progress(done, records.length);
    };
    const format = formats.format(choice, contents, style);
    return recordText(records, format, { signal, told });
  }

  return {
    async copyAs({ nodes }) {
      const style = activeStyle();
      const chosen = await rows.chosen(nodes, vscode.l10n.t('Copy the record of…'));
      const made = await textOf(chosen, 'copy', style);
      if (made === undefined) return;
      const label = choiceLabel(made.choice);
      const said = counted(
        made.count,
        vscode.l10n.t('Copied as {0}', label),
        vscode.l10n.t('Copied {0} records as {1}', numberText(made.count), label),
      );
      await copy(made.text, rows.told(chosen, said));
    },

    async insertAs({ nodes }) {
      const editor = await editorForText();
      if (editor === undefined) return;
      // As that editor has it, whichever is in front when all has been read.
      const style = activeStyle(editor);
      const chosen = await rows.chosen(nodes, vscode.l10n.t('Insert the record of…'));
      const made = await textOf(chosen, 'insert', style);
      if (made === undefined) return;
      const label = choiceLabel(made.choice);
      const said = counted(
        made.count,
        vscode.l10n.t('Inserted as {0}', label),
        vscode.l10n.t('Inserted {0} records as {1}', numberText(made.count), label),
      );
      await insertText(editor, made.text, rows.told(chosen, said));
    },
  };
}

/** A text, and of what it was made. */
interface Made {
  readonly text: string;
  readonly choice: Choice;
  readonly count: number;
}

/** Shows how far a text of many records is. */
async function shown(
  count: number,
  make: (options: ProgressOptions) => Promise<string | undefined>,
): Promise<string | undefined> {
  if (count >= MANY) return withUserProgress(vscode.l10n.t('Writing the records'), make);
  return make({ signal: new AbortController().signal, progress: () => undefined });
}
