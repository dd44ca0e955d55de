import { l10n } from 'vscode';
import type { Connection } from '../connections/connection.ts';
import { escapedText, oneLine } from '../http/text.ts';
import { isDigest } from '../model/pins.ts';
import type { Pin } from '../model/pins.ts';
import { explain } from '../words/errors.ts';
import { counted, numberText } from '../words/format.ts';
import type { PinState } from './pinned.ts';
import { warning } from './row.ts';
import type { Icon, Row } from './row.ts';
import { pinnedSentence, sentences } from './sentences.ts';

/** The row above so much that is pinned. */
export function pinnedNodeRow(count: number): Row {
  return {
    label: l10n.t('Pinned'),
    description: numberText(count),
    icon: { id: 'pinned' },
    opens: 'closed',
    context: 'pinned',
    spoken: counted(
      count,
      l10n.t('1 user or account is pinned.'),
      l10n.t('{0} users and accounts are pinned.', numberText(count)),
    ),
  };
}

/** The row of a pinned user or account, which tells whose it is. */
export function pinnedRow(row: Row, connection: Connection | undefined, error: unknown): Row {
  const where = connectionParts(connection);
  const failure =
    error === undefined ? '' : l10n.t('could not be read again: {0}', explain(error).sentence);
  const parts = [row.description ?? '', failure, ...where];
  const description = parts.filter((part) => part !== '').join(' · ');
  return {
    ...row,
    description,
    context: `${row.context}.pinned.row`,
    spoken: sentences(
      row.spoken,
      error === undefined ? '' : l10n.t('It could not be read again.'),
      error === undefined ? '' : explain(error).sentence,
      pinnedSentence(where),
    ),
  };
}

/** The row of something pinned that there is no record of. */
export function pinRow(pin: Pin, state: PinState, connection: Connection | undefined): Row {
  const label = pinLabel(pin);
  const name = connection?.name ?? '';
  const where = connectionParts(connection);
  const say = (said: string, icon: Icon, sentence: string, context = 'pin'): Row => {
    const description = [said, ...where].filter((part) => part !== '').join(' · ');
    const spoken = sentences(l10n.t('{0} is pinned, from {1}.', label, where.join(', ')), sentence);
    return { label, description, icon, context, spoken };
  };
  switch (state.kind) {
    case 'unknown':
    case 'asking':
      return say(
        l10n.t('Loading…'),
        { id: 'loading~spin' },
        l10n.t('It is being loaded.'),
        'pin.loading',
      );
    case 'absent': {
      // A narrow view shows the label alone: it has to say so.
      const said = l10n.t('Not in {0} any more', name);
      const sentence = l10n.t('It is not in {0} any more.', name);
      return { ...say('', warning, sentence), label: said, description: label };
    }
    case 'failed': {
      const reason = explain(state.error).sentence;
      return { ...say(reason, warning, reason), opens: 'open' };
    }
    case 'cancelled': {
      const icon = { id: 'circle-slash' };
      return { ...say(l10n.t('not loaded'), icon, l10n.t('It is not loaded.')), opens: 'open' };
    }
    case 'found':
    case 'account':
      return say('', { id: 'account' }, ''); // The record's own row stands in its place.
  }
}

/** What something pinned is called where there is no record of it. */
export function pinLabel(pin: Pin): string {
  const id = oneLine(pin.id) || escapedText(pin.id);
  if (pin.kind === 'user') return id;
  return isDigest(pin) ? l10n.t('Luma account') : l10n.t('Luma account {0}', id);
}

function connectionParts(connection: Connection | undefined): string[] {
  return connection === undefined
    ? []
    : [connection.name, connection.label ?? ''].filter((part) => part !== '');
}
