import { l10n } from 'vscode';
import { numberText } from './format.ts';

interface Named {
  readonly kind: 'luma' | 'luminary';
  readonly name: string;
}

interface Labelled {
  readonly label?: string | undefined;
}

/** What a connection is called, with its service and without its label. */
export function nameWithService({ kind, name }: Named): string {
  return kind === 'luma' ? l10n.t('Luma: {0}', name) : l10n.t('Luminary: {0}', name);
}

/** What a connection is called, with its service, and with its label where it has one. */
export function labelledName(connection: Named & Labelled): string {
  return withLabel(nameWithService(connection), connection);
}

/** A connection's name where its service is clear, with its label where it has one. */
export function shortName(connection: Pick<Named, 'name'> & Labelled): string {
  return withLabel(connection.name, connection);
}

/** The first so many names of a list, with commas between, and how many more there are. */
export function firstNames(names: readonly string[], most: number): string {
  const first = names.slice(0, most).join(', ');
  const more = names.length - most;
  return more > 0 ? l10n.t('{0} and {1} more', first, numberText(more)) : first;
}

function withLabel(name: string, { label }: Labelled): string {
  return label === undefined ? name : l10n.t('{0} ({1})', name, label);
}
