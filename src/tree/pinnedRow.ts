import { l10n } from 'vscode';
import type { Connection } from '../connections/connection.ts';
import { oneLine } from '../http/text.ts';
import { isDigest } from '../model/pins.ts';
import type { Pin } from '../model/pins.ts';
import { explain } from '../words/errors.ts';
import { numberText } from '../words/format.ts';
import type { PinState } from './pinned.ts';
import type { Icon, Row } from './row.ts';

/** The row above so much that is pinned. */
export function pinnedNodeRow(count: number): Row {
  const label = l10n.t('Pinned');
  return {
    label,
    description: numberText(count),
    icon: { id: 'pinned' },
    opens: 'closed',
    context: 'pinned',
    spoken: l10n.t('{0}: {1}', label, numberText(count)),
  };
}

/** The row of a pinned user or account, which tells whose it is. */
export function pinnedRow(row: Row, connection: Connection | undefined, error: unknown): Row {
  const parts = [
    row.description ?? '',
    error === undefined ? '' : l10n.t('could not be read again: {0}', explain(error).sentence),
    ...connectionParts(connection),
  ];
  const description = parts.filter((part) => part !== '').join(' · ');
  return {
    ...row,
    description,
    context: `${row.context}.pinned.row`,
    spoken: l10n.t('{0}, pinned', [row.label, ...parts].filter((part) => part !== '').join(', ')),
  };
}

/** The row of something pinned that there is no record of. */
export function pinRow(pin: Pin, state: PinState, connection: Connection | undefined): Row {
  const label = pinLabel(pin);
  const name = connection?.name ?? '';
  const say = (said: string, icon: Icon, context = 'pin'): Row => {
    const description = [said, ...connectionParts(connection)]
      .filter((part) => part !== '')
      .join(' · ');
    return { label, description, icon, context, spoken: `${label}: ${description}` };
  };
  switch (state.kind) {
    case 'unknown':
    case 'asking':
      return say(l10n.t('Loading…'), { id: 'loading~spin' }, 'pin.loading');
    case 'absent': {
      // A narrow view shows the label alone: it has to say so.
      const said = l10n.t('Not in {0} any more', name);
      return { ...say('', problem), label: said, description: label, spoken: `${said}: ${label}` };
    }
    case 'failed':
      return { ...say(explain(state.error).sentence, problem), opens: 'open' };
    case 'cancelled':
      return { ...say(l10n.t('not loaded'), { id: 'circle-slash' }), opens: 'open' };
    case 'found':
    case 'account':
      return say('', { id: 'account' }); // The record's own row stands in its place.
  }
}

/** What something pinned is called where there is no record of it. */
export function pinLabel(pin: Pin): string {
  const id = oneLine(pin.id) || JSON.stringify(pin.id);
  if (pin.kind === 'user') return id;
  return isDigest(pin) ? l10n.t('Luma account') : l10n.t('Luma account {0}', id);
}

const problem: Icon = { id: 'warning', color: 'list.warningForeground' };

function connectionParts(connection: Connection | undefined): string[] {
  return connection === undefined ? [] : [connection.name, connection.label ?? ''];
}
