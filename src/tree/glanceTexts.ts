import { l10n } from 'vscode';
import { oneLine } from '../http/text.ts';
import { counted, numberText } from '../words/format.ts';
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
  return [l10n.t('{0}: {1}', count, namesText(names)), slotsFreeText(free)]
    .filter((part) => part !== '')
    .join('; ');
}

function namesText(names: readonly string[]): string {
  const named = names
    .slice(0, NAMED)
    .map((name) => plain(oneLine(name, 60)))
    .join(', ');
  const more = names.length - NAMED;
  return more > 0 ? l10n.t('{0} and {1} more', named, numberText(more)) : named;
}
