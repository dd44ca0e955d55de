import { l10n } from 'vscode';

/** What a connection is called, with its service. */
export function connectionLabel({
  kind,
  name,
}: {
  readonly kind: 'luma' | 'luminary';
  readonly name: string;
}): string {
  return kind === 'luma' ? l10n.t('Luma: {0}', name) : l10n.t('Luminary: {0}', name);
}
