import { l10n } from 'vscode';
import { oneLine } from '../http/text.ts';
import type { Json } from '../http/json.ts';
import type { LumaAccount } from '../api/luma.ts';
import type { Health } from '../model/health.ts';
import { counted, numberText, relativeText } from '../words/format.ts';

// What screen readers say of a row. Each begins with what the row is called, so that whoever goes
// through many rows hears that first, and can go on.

/** How an account is at a time in ms since the epoch. */
export function accountSentence(
  label: string,
  account: LumaAccount,
  health: Health,
  now: number,
): string {
  const { executing, concurrency, sessionExpires: at } = account;
  return sentences(
    healthSentence(label, health, now),
    executing === undefined || concurrency === undefined
      ? ''
      : counted(
          concurrency,
          l10n.t('It uses {0} of 1 slot.', numberText(executing)),
          l10n.t('It uses {0} of {1} slots.', numberText(executing), numberText(concurrency)),
        ),
    health.kind === 'expired' || health.kind === 'endsSoon' || at === undefined || at <= now
      ? ''
      : l10n.t('Its session ends {0}.', relativeText(at, now)),
  );
}

function healthSentence(label: string, health: Health, now: number): string {
  switch (health.kind) {
    case 'error':
      return l10n.t(
        'Luma account {0} has an error: {1}.',
        label,
        oneLine(health.message, 80).replace(/[.\s]+$/, ''),
      );
    case 'expired':
      return health.at === undefined
        ? l10n.t('Luma account {0} has no valid session: it has expired.', label)
        : l10n.t(
            'Luma account {0} has no valid session: it expired {1}.',
            label,
            relativeText(health.at, now),
          );
    case 'endsSoon':
      return l10n.t(
        'Luma account {0} has a session that ends {1}.',
        label,
        relativeText(health.at, now),
      );
    case 'busy':
      return l10n.t('Luma account {0} is busy.', label);
    case 'running':
      return l10n.t('Luma account {0} is running.', label);
    case 'idle':
      return l10n.t('Luma account {0} is idle.', label);
  }
}

/** A field and its value, which `text` has in words. */
export function fieldSentence(label: string, value: Json, text: string): string {
  if (value === null) return l10n.t('{0} has no value.', label);
  if (value === '') return l10n.t('{0} is empty.', label);
  return l10n.t('{0} has the value {1}.', label, text.replaceAll(' · ', ', '));
}

/** Whose something pinned is. */
export function pinnedSentence(where: readonly string[]): string {
  return where.length === 0
    ? l10n.t('It is pinned.')
    : l10n.t('It is pinned, from {0}.', where.join(', '));
}

/** Several sentences as one text; those that are empty are left out. */
export function sentences(...all: readonly string[]): string {
  return all.filter((sentence) => sentence !== '').join(' ');
}
