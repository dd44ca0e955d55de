import { l10n } from 'vscode';
import type { Connection } from '../connections/connection.ts';
import { themeColor } from '../connections/label.ts';
import type { Session } from '../connections/session.ts';
import { accountsText, needingText } from '../words/accounts.ts';
import { timeText } from '../words/format.ts';
import { nameWithService } from '../words/names.ts';
import { slotsFreeText } from '../words/slots.ts';
import { usersText } from '../words/users.ts';
import { warning } from './row.ts';
import type { Row } from './row.ts';
import { sentences } from './sentences.ts';

/** The row of a connection at a time in ms since the epoch. */
export function connectionRow(
  connection: Connection,
  session: Session | undefined,
  now: number,
): Row {
  const label = nameWithService(connection);
  const parts = [
    // First, so that a narrow view shows it.
    connection.label ?? '',
    session === undefined ? '' : stale(session, now),
    ...(session === undefined ? [] : summary(session, now)),
  ].filter((part) => part !== '');
  return {
    label,
    description: parts.join(' · '),
    icon:
      failureOf(session) === undefined
        ? {
            id: connection.kind === 'luma' ? 'sparkle' : 'organization',
            ...(connection.color && { color: themeColor(connection.color) }),
          }
        : warning,
    opens: connection.kind === 'luma' ? 'open' : 'closed',
    context: `connection.${connection.kind}${connection.sample === true ? '.sample' : ''}`,
    spoken: spokenOf(label, connection, session, now),
  };
}

function spokenOf(
  label: string,
  connection: Connection,
  session: Session | undefined,
  now: number,
): string {
  const known = session === undefined ? '' : inSentence(summary(session, now));
  const old = session === undefined ? '' : stale(session, now);
  return sentences(
    known === ''
      ? l10n.t('{0} is a connection.', label)
      : l10n.t('{0} is a connection with {1}.', label, known),
    failureOf(session) === undefined ? '' : l10n.t('It could not be read.'),
    old === '' ? '' : l10n.t('What it shows is {0}.', old),
    connection.label === undefined ? '' : l10n.t('Its label is {0}.', connection.label),
  );
}

/** The row of a connection whose secret can't be read. */
export function unreadableConnectionRow(): Row {
  return {
    label: l10n.t('A connection that can’t be read'),
    description: l10n.t('the editor can’t decrypt its secret'),
    icon: { id: 'lock', color: 'list.warningForeground' },
    opens: 'open',
    context: 'unreadableConnection',
    spoken: l10n.t('A connection can’t be read: the editor can’t decrypt its secret.'),
  };
}

/** When what a session shows was read, in ms since the epoch; undefined if nothing was. */
export function readAt(session: Session): number | undefined {
  if (session.kind === 'luminary') return session.pages.list.readAt;
  const { state } = session.accounts;
  return state.kind === 'loaded' ? state.readAt : undefined;
}

/** Why the latest reading of what a session shows has failed; undefined if it hasn't. */
export function failureOf(session: Session | undefined): unknown {
  if (session === undefined) return undefined;
  const known = session.kind === 'luma' ? session.accounts : session.pages;
  const first = session.kind === 'luma' ? session.accounts.state : session.pages.state(0);
  return known.refreshError ?? (first.kind === 'failed' ? first.error : undefined);
}

/** Marks what an unsuccessful refresh has left standing with when it was read. */
function stale(session: Session, now: number): string {
  const { refreshError } = session.kind === 'luma' ? session.accounts : session.pages;
  const at = readAt(session);
  return refreshError === undefined || at === undefined
    ? ''
    : l10n.t('as of {0}', timeText(at, now));
}

/** What a session has, of which the first tells most: a narrow view cuts the others off. */
function summary(session: Session, now: number): string[] {
  if (session.kind === 'luminary') {
    const { known, total } = session.pages;
    return known && total !== undefined ? [usersText(total)] : [];
  }
  const { state, all } = session.accounts;
  if (state.kind !== 'loaded') return [];
  return [
    needingText(session.accounts.attention(now)),
    slotsFreeText(session.accounts.freeSlots(now)),
    accountsText(all.length),
  ].filter((part) => part !== '');
}

/** A sentence says first how many there are. */
function inSentence(parts: readonly string[]): string {
  return [...parts.slice(-1), ...parts.slice(0, -1)].join(', ');
}
