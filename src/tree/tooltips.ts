import * as vscode from 'vscode';
import { readUser } from '../api/luminary.ts';
import type { LuminarySession, Session } from '../connections/session.ts';
import type { Sessions } from '../connections/sessions.ts';
import type { ConnectionStore } from '../connections/store.ts';
import { isJsonObject } from '../http/json.ts';
import { explain, explanationText } from '../words/errors.ts';
import { dateTimeText } from '../words/format.ts';
import { nameWithService } from '../words/names.ts';
import { accountName, accountStatus } from './accountRow.ts';
import { connectionRow, failureOf, readAt } from './connectionRow.ts';
import { accountFields, userFields } from './fields.ts';
import { messageRow } from './messageRow.ts';
import { connectionOf } from './nodes.ts';
import type { Node, PageNode } from './nodes.ts';
import { fieldTooltip, recordTooltip, unreadableTooltip } from './tooltipMarkdown.ts';
import { userLabel } from './userRow.ts';

type Tooltip = vscode.MarkdownString | string | undefined;

/** A row's tooltip at a time in ms since the epoch, made when someone looks at it. */
export function tooltipOf(
  node: Node,
  sessions: Pick<Sessions, 'get'>,
  store: Pick<ConnectionStore, 'get'>,
  now: number,
): Tooltip {
  const session = sessions.get(connectionOf(node)?.id ?? '');
  switch (node.kind) {
    case 'connection': {
      const connection = store.get(node.id);
      if (connection === undefined) return undefined;
      return [
        nameWithService(connection),
        connectionRow(connection, session, now).description,
        failureText(session),
        connection.sample === true ? undefined : connection.address,
        readText(session),
      ]
        .filter((line) => line !== undefined && line !== '')
        .join('\n');
    }
    case 'account': {
      if (session?.kind !== 'luma') return undefined;
      const account = session.accounts.get(node.key);
      if (account === undefined || !isJsonObject(account.shown)) return undefined;
      const status = accountStatus(account, now);
      // What is wrong stands in the status, in full.
      const fields = accountFields(account.shown).filter(
        ([name, value]) => name !== 'error' || typeof value !== 'string' || !status.includes(value),
      );
      return recordTooltip(accountName(account), status, fields, now);
    }
    case 'page':
      return session?.kind === 'luminary' ? pageTooltip(node, session) : undefined;
    case 'pinned':
      return vscode.l10n.t('Users and accounts that are pinned');
    case 'pin':
      return undefined;
    case 'lookedUp':
      return vscode.l10n.t('Users that were asked for by their IDs');
    case 'user':
      return recordTooltip(userLabel(readUser(node.record)), [], userFields(node.record), now);
    case 'field':
      return fieldTooltip(node.name, node.value, now);
    case 'unreadable':
      return unreadableTooltip(node.record);
    case 'message':
      return messageRow(node.message).spoken;
    case 'unreadableConnection':
      return vscode.l10n.t(
        'The secret of this connection is there, but the editor can’t decrypt it. Below stands what to do.',
      );
  }
}

function pageTooltip(node: PageNode, { pages }: LuminarySession): string {
  return pages.state(node.index).kind === 'loaded' && pages.list.readAt !== undefined
    ? vscode.l10n.t('Read {0}', dateTimeText(pages.list.readAt))
    : vscode.l10n.t('Its users are loaded when it is opened');
}

function failureText(session: Session | undefined): string {
  const error = failureOf(session);
  return error === undefined ? '' : explanationText(explain(error));
}

function readText(session: Session | undefined): string {
  const at = session && readAt(session);
  return at === undefined ? '' : vscode.l10n.t('Read {0}', dateTimeText(at));
}
