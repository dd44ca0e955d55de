import { l10n } from 'vscode';

/** What a connection is called, with its service and without its label. */
export function nameWithService({
  kind,
  name,
}: {
  readonly kind: 'luma' | 'luminary';
  readonly name: string;
}): string {
  return kind === 'luma' ? l10n.t('Luma: {0}', name) : l10n.t('Luminary: {0}', name);
}

/** What a connection is called, with its service, and with its label where it has one. */
export function labelledName(connection: Parameters<typeof nameWithService>[0] & Labelled): string {
  return withLabel(nameWithService(connection), connection);
}

/** A connection's name where its service is clear, with its label where it has one. */
export function shortName(connection: { readonly name: string } & Labelled): string {
  return withLabel(connection.name, connection);
}

interface Labelled {
  readonly label?: string | undefined;
}

function withLabel(name: string, { label }: Labelled): string {
  return label === undefined ? name : l10n.t('{0} ({1})', name, label);
}
