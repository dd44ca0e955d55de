import { l10n } from 'vscode';
import { counted, numberText } from './format.ts';

/** How many slots are free; empty where that isn't known. */
export function slotsFreeText(free: number | undefined): string {
  if (free === undefined) return '';
  if (free === 0) return l10n.t('no slot free');
  return counted(free, l10n.t('1 slot free'), l10n.t('{0} slots free', numberText(free)));
}

/** How many slots a bar shows one by one; of more it shows the share. */
const LONGEST = 10;

/** A bar of so many jobs that run in so many slots, such as `▰▰▱▱`: full only if all are taken. */
export function slotBar(running: number, slots: number): string {
  const length = Math.min(Math.ceil(slots), LONGEST);
  const share = Math.round((running / slots) * length);
  const full =
    running >= slots ? length : running <= 0 ? 0 : Math.min(Math.max(share, 1), length - 1);
  return '▰'.repeat(full) + '▱'.repeat(length - full);
}
