import * as vscode from 'vscode';
import { isServiceError } from '../http/errors.ts';
import { oneLine } from '../http/text.ts';
import type { RecordFormat } from '../model/formats/format.ts';
import { readTemplates, templateFormat } from '../model/formats/template.ts';
import type { Template } from '../model/formats/template.ts';
import { contentsOf, textFormat, textFormatNames } from '../model/formats/textFormats.ts';
import type { Contents, TextFormatName } from '../model/formats/textFormats.ts';
import type { TextRecord } from '../model/formats/textRecord.ts';
import type { TextStyle } from '../model/formats/textStyle.ts';
import { explain } from '../words/errors.ts';
import { counted, listText } from '../words/format.ts';
import { plain } from '../words/plain.ts';
import { formatText } from './exportTarget.ts';
import type { Services } from './services.ts';
import { tell } from './tell.ts';
import { unknownNamesText } from './templateNames.ts';

/** The name of the setting that holds a person's templates. */
const TEMPLATES_SETTING = 'lumaLuminary.copyTemplates';

/** What a text is for: each use has its own latest choice. */
export type Use = 'copy' | 'insert';

/** Where the latest choice is kept. */
const latestOf: Readonly<Record<Use, string>> = {
  copy: 'copyAs.latest',
  insert: 'insertAs.latest',
};

/** How long the preview of a format may be. */
const PREVIEW = 120;

/** A format, or a template of the person's own. */
export type Choice =
  | { readonly kind: 'format'; readonly name: TextFormatName }
  | { readonly kind: 'template'; readonly template: Template };

/** Asks for a format, beginning with the one that was chosen last for the same use. */
export class FormatChoice {
  readonly #memory: Services['memory'];
  readonly #store: Services['store'];
  /** The setting of which the person has been told. */
  #told: string | undefined;

  constructor({ memory, store }: Pick<Services, 'memory' | 'store'>) {
    this.#memory = memory;
    this.#store = store;
  }

  /**
   * Shows what each format makes of the first of some records; undefined if none was chosen, or one
   * that can't be used for them, which the person is told.
   */
  async ask(
    use: Use,
    title: string,
    records: readonly [TextRecord, ...TextRecord[]],
    style: TextStyle,
  ): Promise<Choice | undefined> {
    const [record] = records;
    const contents = await contentsOf([record]);
    const sample = records.some(({ connection }) => this.#store.get(connection)?.sample === true);
    const all = this.#choices();
    const latest = all.find((choice) => keyOf(choice) === this.#memory.get(latestOf[use]));
    const others = all.filter((choice) => choice !== latest);
    const items = [...(latest === undefined ? [] : [latest]), ...others].map((choice) => ({
      label: plain(choiceLabel(choice)),
      description: choice === latest ? vscode.l10n.t('last used') : '',
      detail: plain(
        sampleProblem(choice, sample) ?? this.#preview(choice, record, contents, style),
      ),
      choice,
    }));
    const placeHolder = vscode.l10n.t('In which format?');
    const chosen = await vscode.window.showQuickPick(items, { title, placeHolder });
    const problem = chosen && sampleProblem(chosen.choice, sample);
    if (problem !== undefined) {
      tell(problem);
      return undefined;
    }
    if (chosen !== undefined && problemOf(chosen.choice, contents) === undefined) {
      await this.#memory.update(latestOf[use], keyOf(chosen.choice));
    }
    return chosen?.choice;
  }

  /** How records become text in a format that was chosen. */
  format(choice: Choice, contents: Contents, style: TextStyle): RecordFormat<TextRecord> {
    if (choice.kind === 'template') return templateFormat(choice.template.template, style.eol);
    const addressOf = (id: string) => this.#store.get(id)?.address ?? '';
    return textFormat(choice.name, contents, style, addressOf);
  }

  /** The person's templates, who is told once if some of them can't be used, then all formats. */
  #choices(): Choice[] {
    const setting: unknown = vscode.workspace.getConfiguration().get(TEMPLATES_SETTING);
    const { templates, wrong } = readTemplates(setting);
    const told = JSON.stringify(setting);
    if (wrong.length > 0 && told !== this.#told) {
      this.#told = told;
      void tellTemplates(wrongText(wrong));
    }
    return [
      ...templates.map((template): Choice => ({ kind: 'template', template })),
      ...textFormatNames.map((name): Choice => ({ kind: 'format', name })),
    ];
  }

  #preview(choice: Choice, record: TextRecord, contents: Contents, style: TextStyle): string {
    const problem = problemOf(choice, contents);
    if (problem !== undefined) return problem;
    try {
      return oneLine(this.format(choice, contents, style).text(record), PREVIEW);
    } catch (error) {
      if (!isServiceError(error)) throw error;
      return explain(error).sentence;
    }
  }
}

/** Warns of templates that can't be used, and leads to them. */
export async function tellTemplates(problem: string): Promise<void> {
  const open = vscode.l10n.t('Open Settings');
  if ((await vscode.window.showWarningMessage(problem, open)) !== open) return;
  await vscode.commands.executeCommand('workbench.action.openSettings', TEMPLATES_SETTING);
}

function wrongText(wrong: readonly number[]): string {
  return counted(
    wrong.length,
    vscode.l10n.t(
      'Copy template {0} can’t be used: it needs a name and a template, both of them text.',
      wrong.join(', '),
    ),
    vscode.l10n.t(
      'Copy templates {0} can’t be used: each needs a name and a template, both of them text.',
      listText(wrong.map(String), 'and'),
    ),
  );
}

/** Why a choice can't be used for records; undefined if it can. */
export function problemOf(choice: Choice, contents: Contents): string | undefined {
  return choice.kind === 'template' ? unknownNamesText(choice.template, contents) : undefined;
}

/** Why a choice can't be used where some of the records are sample data; undefined if it can. */
function sampleProblem(choice: Choice, sample: boolean): string | undefined {
  return sample && choice.kind === 'format' && choice.name === 'curl'
    ? vscode.l10n.t('cURL can’t ask for sample data: no service has it.')
    : undefined;
}

/** What a choice is called. */
export function choiceLabel(choice: Choice): string {
  return choice.kind === 'template' ? oneLine(choice.template.name) : formatLabel(choice.name);
}

function keyOf(choice: Choice): string {
  return choice.kind === 'template' ? `template:${choice.template.name}` : choice.name;
}

function formatLabel(name: TextFormatName): string {
  switch (name) {
    case 'idList':
      return vscode.l10n.t('ID list');
    case 'quotedList':
      return vscode.l10n.t('Quoted list');
    case 'json':
    case 'jsonLines':
    case 'csv':
      return formatText(name);
    case 'markdown':
      return vscode.l10n.t('Markdown table');
    case 'typescript':
      return vscode.l10n.t('TypeScript constant');
    case 'curl':
      return vscode.l10n.t('cURL command');
  }
}
