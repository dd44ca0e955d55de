import * as vscode from 'vscode';
import { userFieldNames } from '../api/luminary.ts';
import { oneLine } from '../http/text.ts';
import { namesIn, templateNames } from '../model/formats/template.ts';
import type { Template } from '../model/formats/template.ts';
import type { Contents } from '../model/formats/textFormats.ts';
import { accountFieldNames } from '../tree/fields.ts';
import { plain } from '../words/plain.ts';

/** So many names are told at most. */
const TOLD = 30;

/** Says which names of a template no record has, and which it can use; undefined if all are known. */
export function unknownNamesText(
  { name, template }: Template,
  { fields, service }: Contents,
): string | undefined {
  const any = new Set([...templateNames, ...userFieldNames, ...accountFieldNames, ...fields]);
  const unknown = namesIn(template).filter((used) => !any.has(used));
  if (unknown.length === 0) return undefined;
  const known = service === 'luma' ? accountFieldNames : userFieldNames;
  const usable = [...new Set([...templateNames, ...known, ...fields])];
  const told = usable.slice(0, TOLD).map((one) => oneLine(one, 60));
  return vscode.l10n.t(
    'The template “{0}” uses {1}, which nothing here has. It can use {2}.',
    plain(oneLine(name)),
    plain(oneLine(unknown.map((one) => `\${${one}}`).join(', '))),
    plain([...told, ...(usable.length > TOLD ? ['…'] : [])].join(', ')),
  );
}
