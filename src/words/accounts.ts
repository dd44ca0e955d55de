import { l10n } from 'vscode';
import { counted, numberText } from './format.ts';

/** How many accounts there are, such as `3 accounts`. */
export function accountsText(count: number): string {
  return counted(count, l10n.t('1 account'), l10n.t('{0} accounts', numberText(count)));
}

/** How many of them need attention, such as `1 needs attention`; empty where none does. */
export function needingText(count: number): string {
  if (count === 0) return '';
  return counted(
    count,
    l10n.t('1 needs attention'),
    l10n.t('{0} need attention', numberText(count)),
  );
}
