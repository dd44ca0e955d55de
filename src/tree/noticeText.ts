import { l10n } from 'vscode';
import { oneLine } from '../http/text.ts';
import type { Sighting } from '../model/notices.ts';
import { numberText, relativeText } from '../words/format.ts';
import { firstNames } from '../words/names.ts';
import { plain } from '../words/plain.ts';

/** How an account is, with what it is called. */
export interface NamedSighting extends Sighting {
  readonly label: string;
}

/** How many accounts are named in one message. */
const NAMED = 3;

/** What a person is told of one account, or of several at once; the time is in ms since the epoch. */
export function noticeText(told: readonly NamedSighting[], now: number): string {
  const [first] = told;
  return plain(
    first !== undefined && told.length === 1
      ? sentence(first, now)
      : l10n.t(
          '{0} Luma accounts need attention: {1}',
          numberText(told.length),
          firstNames(
            told.map(({ label }) => label),
            NAMED,
          ),
        ),
  );
}

function sentence({ label, health }: NamedSighting, now: number): string {
  switch (health.kind) {
    case 'error':
      return l10n.t('The Luma account {0} reports an error: {1}', label, oneLine(health.message));
    case 'endsSoon':
      return l10n.t(
        'The session of the Luma account {0} ends {1}.',
        label,
        relativeText(health.at, now),
      );
    case 'expired':
    case 'busy':
    case 'running':
    case 'idle':
      return l10n.t('The session of the Luma account {0} has ended.', label);
  }
}
