import * as vscode from 'vscode';
import type { Connection } from '../connections/connection.ts';
import { MAX_LABEL, labelColors, readLabel } from '../connections/label.ts';
import type { Label, LabelColor } from '../connections/label.ts';
import type { ConnectionStore } from '../connections/store.ts';
import { Wizard } from '../connections/wizard.ts';
import type { Choice, Step } from '../connections/wizard.ts';
import { oneLine } from '../http/text.ts';
import { nameWithService } from '../words/names.ts';
import { plain } from '../words/plain.ts';
import type { Ask } from './ask.ts';
import type { Run } from './register.ts';
import type { Services } from './services.ts';

/** The command that gives a connection a label, or takes it away. */
export function labelCommand(
  { store }: Pick<Services, 'store'>,
  ask: Ask,
): Record<'setLabel', Run> {
  return {
    async setLabel({ first }) {
      const connection = await ask.connectionFor(first, vscode.l10n.t('Label which connection?'));
      const label = connection && (await askLabel(connection, store));
      // Another window may have changed or removed it meanwhile.
      const current = connection && store.get(connection.id);
      if (label === undefined || current === undefined) return;
      await store.save({ ...current, label: undefined, color: undefined, ...label });
    },
  };
}

/** Asks for a label and its colour; an empty one to take it away, undefined if the person left. */
async function askLabel(
  connection: Connection,
  store: ConnectionStore,
): Promise<Label | undefined> {
  let chosen: Label = {};
  const known = knownLabels(connection, store);
  const first: Step = async (wizard) => {
    const answer = await wizard.suggest({
      placeholder: vscode.l10n.t(
        'A word that tells this connection from others, such as {0}',
        TEST,
      ),
      choices: labelChoices(connection, known),
      typed: typedChoice,
    });
    if (answer.kind !== 'given') return answer;
    chosen = answer.value;
    return chosen.label === undefined ? { kind: 'done' } : { kind: 'next', step: second };
  };
  const second: Step = async (wizard) => {
    const { label = '', color } = { ...chosen, ...known.get(chosen.label ?? '') };
    const question = vscode.l10n.t('Color of {0}', plain(label));
    const answer = await wizard.pick(question, colorChoices(), undefined, color);
    if (answer.kind !== 'given') return answer;
    chosen = readLabel(label, answer.value);
    return { kind: 'done' };
  };
  const title = vscode.l10n.t('Label of {0}', nameWithService(connection));
  return (await new Wizard(title).run(first)) ? chosen : undefined;
}

const [PRODUCTION, STAGING, TEST, DEVELOPMENT] = [
  'PRODUCTION',
  'STAGING',
  'TEST',
  'DEVELOPMENT',
] as const;

/** Labels by their text: its own first, then those of other connections, then usual ones. */
function knownLabels({ id, ...own }: Connection, store: ConnectionStore): Map<string, Label> {
  const usual: readonly Label[] = [
    { label: PRODUCTION, color: 'red' },
    { label: STAGING, color: 'yellow' },
    { label: TEST, color: 'green' },
    { label: DEVELOPMENT, color: 'blue' },
  ];
  const labels = [own, ...store.readable.filter((other) => other.id !== id), ...usual];
  const known = new Map<string, Label>();
  for (const { label, color } of labels) {
    if (label !== undefined && !known.has(label)) known.set(label, readLabel(label, color));
  }
  return known;
}

function labelChoices({ label: own }: Connection, known: Map<string, Label>): Choice<Label>[] {
  const choices = [...known].map(([text, label]) => ({
    label: plain(text),
    iconPath: colorIcon(label.color),
    ...(text === own && { description: vscode.l10n.t('its label now') }),
    value: label,
  }));
  if (own === undefined) return choices;
  return [
    ...choices,
    { label: vscode.l10n.t('No label'), iconPath: new vscode.ThemeIcon('close'), value: {} },
  ];
}

/** What is typed as a choice, or what is wrong with it. */
function typedChoice(text: string): Choice<Label> | string {
  const line = oneLine(text);
  if (line === '' || line !== text.trim()) return vscode.l10n.t('Use one line of plain text.');
  if (line.length > MAX_LABEL) return vscode.l10n.t('Use at most {0} characters.', MAX_LABEL);
  return {
    label: plain(line),
    description: vscode.l10n.t('use this text'),
    iconPath: new vscode.ThemeIcon('tag'),
    value: { label: line },
  };
}

function colorChoices(): Choice<LabelColor | undefined>[] {
  const colors = labelColors.map((color) => ({
    label: colorName(color),
    iconPath: colorIcon(color),
    value: color,
  }));
  return [
    ...colors,
    { label: vscode.l10n.t('No color'), iconPath: colorIcon(undefined), value: undefined },
  ];
}

/** A quick pick shows its icons without their colours: those of the usual themes are drawn here. */
function colorIcon(color: LabelColor | undefined): vscode.IconPath {
  if (color === undefined) return new vscode.ThemeIcon('circle-outline');
  const [light, dark] = shades[color];
  return { light: dot(light), dark: dot(dark) };
}

/** The colours of charts in the editor's light and dark themes. */
const shades: Readonly<Record<LabelColor, readonly [light: string, dark: string]>> = {
  red: ['#e51400', '#f14c4c'],
  yellow: ['#bf8803', '#cca700'],
  green: ['#388a34', '#89d185'],
  blue: ['#1a85ff', '#3794ff'],
  purple: ['#652d90', '#b180d7'],
};

function dot(color: string): vscode.Uri {
  const circle = `<circle cx="8" cy="8" r="4.5" fill="${color}"/>`;
  const image = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16">${circle}</svg>`;
  return vscode.Uri.parse(`data:image/svg+xml;base64,${Buffer.from(image).toString('base64')}`);
}

function colorName(color: LabelColor): string {
  switch (color) {
    case 'red':
      return vscode.l10n.t('Red');
    case 'yellow':
      return vscode.l10n.t('Yellow');
    case 'green':
      return vscode.l10n.t('Green');
    case 'blue':
      return vscode.l10n.t('Blue');
    case 'purple':
      return vscode.l10n.t('Purple');
  }
}
