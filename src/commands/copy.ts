import * as vscode from 'vscode';
import { ownValue } from '../http/json.ts';
import type { Json } from '../http/json.ts';
import { emailOf } from '../model/formats/textRecord.ts';
import { fieldLabel, valueForCopy } from '../tree/fields.ts';
import type { FieldNode, Node } from '../tree/nodes.ts';
import { counted, numberText } from '../words/format.ts';
import type { Ask } from './ask.ts';
import { copy, jsonText, unlessTooLong } from './clipboard.ts';
import type { Records } from './records.ts';
import type { Run } from './register.ts';
import { tellNothing } from './rows.ts';
import type { Rows } from './rows.ts';
import type { Services } from './services.ts';

/** The commands that copy, and the one that opens what would be copied. */
export function copyCommands(
  { documents }: Pick<Services, 'documents'>,
  rows: Rows,
  ask: Ask,
): Record<'copyId' | 'copyEmail' | 'copyJson' | 'copyValue' | 'openJson', Run> {
  const { records } = rows;

  /** What rows are as JSON: one as it is, several as an array of their records. */
  function jsonOf(nodes: readonly Node[]): Json | undefined {
    const [first, ...others] = nodes;
    if (first === undefined) return undefined;
    if (others.length === 0) return records.json(first);
    const found = records.of(nodes).map(({ record }) => record);
    return found.length === 0 ? undefined : found;
  }

  return {
    async copyId({ nodes }) {
      const chosen = await rows.chosen(nodes, vscode.l10n.t('Copy the ID of…'));
      const ids = records.of(chosen).map(({ id }) => id);
      await copyLines(chosen, ids, (n) =>
        rows.told(
          chosen,
          counted(n, vscode.l10n.t('Copied ID'), vscode.l10n.t('Copied {0} IDs', numberText(n))),
        ),
      );
    },

    async copyEmail({ nodes }) {
      const chosen = await rows.chosen(nodes, vscode.l10n.t('Copy the email of…'));
      const emails = records.of(chosen).flatMap(({ record }) => emailOf(record) ?? []);
      await copyLines(chosen, emails, (n) =>
        rows.told(
          chosen,
          counted(
            n,
            vscode.l10n.t('Copied email'),
            vscode.l10n.t('Copied {0} emails', numberText(n)),
          ),
        ),
      );
    },

    async copyJson({ nodes }) {
      const chosen = await rows.chosen(nodes, vscode.l10n.t('Copy the JSON of…'));
      if (chosen.length === 0) return;
      const json = jsonOf(chosen);
      if (json === undefined) {
        tellNothing();
        return;
      }
      const said = rows.told(chosen, vscode.l10n.t('Copied JSON'));
      await unlessTooLong(() => copy(jsonText(json), said));
    },

    async copyValue({ nodes }) {
      const fields = await fieldsOf(nodes, ask, vscode.l10n.t('Copy a value of…'));
      if (fields === undefined) return;
      const [first] = fields;
      const said =
        fields.length === 1 && first !== undefined
          ? vscode.l10n.t('Copied {0}', fieldLabel(first.name))
          : vscode.l10n.t('Copied {0} values', numberText(fields.length));
      await copyLines(
        fields,
        fields.map(({ value }) => valueForCopy(value)),
        () => said,
      );
    },

    async openJson({ nodes }) {
      const chosen = await rows.chosen(nodes, vscode.l10n.t('Open the JSON of…'));
      if (chosen.length === 0) return;
      const json = jsonOf(chosen);
      if (json === undefined) {
        tellNothing();
        return;
      }
      const name = `${documentName(chosen, records)}.json`;
      await unlessTooLong(() => documents.open(name, jsonText(json)));
    },
  };
}

/**
 * The field rows among rows, or one field of each record row: which one is asked for. Undefined if
 * none was chosen.
 */
async function fieldsOf(
  nodes: readonly Node[],
  ask: Ask,
  question: string,
): Promise<readonly FieldNode[] | undefined> {
  const fields = nodes.filter((node) => node.kind === 'field');
  if (fields.length > 0) return fields;
  const rows = await ask.rows(nodes, question);
  const parents = rows.filter((node) => node.kind === 'account' || node.kind === 'user');
  if (parents.length > 0) return ask.fields(parents);
  if (rows.length > 0) tellNothing();
  return undefined;
}

async function copyLines(
  nodes: readonly Node[],
  lines: readonly string[],
  said: (count: number) => string,
): Promise<void> {
  if (lines.length > 0) await copy(lines.join('\n'), said(lines.length));
  else if (nodes.length > 0) tellNothing();
}

/** What a document is called: by IDs alone, since its name may be logged or shared. */
function documentName(nodes: readonly Node[], records: Records): string {
  const [node, ...others] = nodes;
  if (others.length > 0) return 'records';
  switch (node?.kind) {
    case 'account':
    case 'user':
    case 'field': {
      const [known] = records.of([node]);
      const id = known && ownValue(known.record, node.kind === 'account' ? 'user_id' : 'id');
      return typeof id === 'string' ? id : 'account';
    }
    case 'page':
      return `users-page-${String(node.index + 1)}`;
    case 'lookedUp':
      return 'looked-up-users';
    case 'connection':
      return node.service === 'luma' ? 'accounts' : 'users';
    case 'pinned':
    case 'pin':
    case 'unreadable':
    case 'unreadableConnection':
    case 'message':
    case undefined:
      return 'record';
  }
}
