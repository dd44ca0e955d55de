import { l10n } from 'vscode';
import { counted, numberText } from './format.ts';

/** How many users there are, such as `2,500 users`. */
export function usersText(count: number): string {
  return counted(count, l10n.t('1 user'), l10n.t('{0} users', numberText(count)));
}
