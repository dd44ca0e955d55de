import * as vscode from 'vscode';
import { readLumaAccount } from '../api/luma.ts';
import { readUser } from '../api/luminary.ts';
import type { TextRecord } from '../model/formats/textRecord.ts';
import { accountLabel } from '../tree/accountRow.ts';
import type { Node } from '../tree/nodes.ts';
import { connectionOf } from '../tree/nodes.ts';
import { pageLabel } from '../tree/pageRow.ts';
import { userLabel } from '../tree/userRow.ts';
import { counted, listText, numberText } from '../words/format.ts';
import { labelledName } from '../words/names.ts';
import type { Services } from './services.ts';

/**
 * What a question calls the rows that it is about: whole connections and a page by their names, else
 * the records by theirs or, where they are several, by their number.
 */
export function subjectText(
  nodes: readonly Node[],
  records: readonly TextRecord[],
  { store, sessions }: Pick<Services, 'store' | 'sessions'>,
): string {
  const whole = nodes.flatMap((node) => {
    const connection = node.kind === 'connection' ? store.get(node.id) : undefined;
    return connection === undefined ? [] : [labelledName(connection)];
  });
  // How many records a tenant has is not known before all of them are loaded.
  if (whole.length > 0) return listText(whole, 'and');
  const [node, ...others] = nodes;
  const pages = sessions.luminary(node && connectionOf(node)?.id)?.pages;
  if (node?.kind === 'page' && others.length === 0 && pages !== undefined) {
    return pageLabel(pages, node.index);
  }
  const [first] = records;
  return counted(
    records.length,
    first === undefined ? '' : nameOf(first),
    vscode.l10n.t('{0} records', numberText(records.length)),
  );
}

function nameOf({ service, key, record }: TextRecord): string {
  return service === 'luma'
    ? accountLabel(key, readLumaAccount(record))
    : userLabel(readUser({ ...record, id: key }));
}
