import { l10n } from 'vscode';
import { numberText, percentText } from './format.ts';

/** How many credits are used, such as `1,840 of 3,200 used (57%)`. */
export function creditsText(usage: number, limit: number): string {
  const share = usedPercent(usage, limit);
  const text = l10n.t('{0} of {1} used', numberText(usage), numberText(limit));
  return share === undefined ? text : `${text} (${percentText(share)})`;
}

/**
 * How many per cent are used, in whole ones that are: 100 only if nothing is left. Undefined where
 * there is no such share.
 */
export function usedPercent(usage: number, limit: number): number | undefined {
  if (!Number.isFinite(usage) || !Number.isFinite(limit) || usage < 0 || limit <= 0)
    return undefined;
  // Fractions are no whole numbers of per cent by a hair: 0.29 * 100 is 28.999999999999996.
  const percent = Math.floor(Number(((usage * 100) / limit).toPrecision(12)));
  return usage < limit ? Math.min(percent, 99) : percent;
}
