import { accountPath } from '../../api/luma.ts';
import { userPath } from '../../api/luminary.ts';
import { list } from './format.ts';
import type { RecordFormat } from './format.ts';
import type { TextRecord } from './textRecord.ts';

/**
 * The requests that give records, as commands for a POSIX shell, which puts the token in the place
 * of `$TOKEN`.
 *
 * @param addressOf a connection's address, without a slash at its end, by the connection's id
 * @throws {@link ServiceError} `invalidAddress` for a record that can't be asked for
 */
export function curl(
  eol: string,
  addressOf: (connection: string) => string,
): RecordFormat<TextRecord> {
  return list(eol, ({ connection, service, key }) =>
    command(addressOf(connection) + (service === 'luma' ? accountPath(key) : userPath(key))),
  );
}

function command(url: string): string {
  // To curl these signs mean several addresses.
  const options = /[[\]{}]/.test(url) ? ['--globoff'] : [];
  const header = '"Authorization: Bearer $TOKEN"';
  return ['curl', ...options, '--header', header, shellQuoted(url)].join(' ');
}

/** A text as one word for a POSIX shell, in which nothing has a meaning. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
