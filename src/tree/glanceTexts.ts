import { l10n } from 'vscode';
import { oneLine } from '../http/text.ts';
import { counted, numberText } from '../words/format.ts';
import { firstNames } from '../words/names.ts';
import { plain } from '../words/plain.ts';
import { slotsFreeText } from '../words/slots.ts';

/** How many accounts are named where they are many. */
const NAMED = 10;

/**
 * Which accounts need attention, and how many slots are free. It is no Markdown, whatever the names
 * hold.
 */
export function attentionText(names: readonly string[], free: number | undefined): string {
  const count = counted(
    names.length,
    l10n.t('1 Luma account needs attention'),
    l10n.t('{0} Luma accounts need attention', numberText(names.length)),
  );
  const short = names.map((name) => plain(oneLine(name, 60)));
  return [l10n.t('{0}: {1}', count, firstNames(short, NAMED)), slotsFreeText(free)]
    .filter((part) => part !== '')
    .join('; ');
}
