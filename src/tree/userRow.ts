import { l10n } from 'vscode';
import { escapedText, oneLine } from '../http/text.ts';
import { readUser } from '../api/luminary.ts';
import type { LuminaryUser, UserRecord } from '../api/luminary.ts';
import type { Row } from './row.ts';

/** The row of a Luminary user. */
export function userRow(record: UserRecord): Row {
  const user = readUser(record);
  const label = userLabel(user);
  const email = oneLine(user.email);
  const description = email === label ? '' : email;
  return {
    label,
    description,
    icon: { id: 'account' },
    opens: 'closed',
    context: 'user',
    spoken:
      description === ''
        ? l10n.t('{0} is a user.', label)
        : l10n.t('{0} is a user with the email {1}.', label, description),
  };
}

/** What a user is called: the full name, else the email, else the ID. */
export function userLabel({ id, email, firstName, lastName }: LuminaryUser): string {
  return oneLine(`${firstName} ${lastName}`) || oneLine(email) || oneLine(id) || escapedText(id);
}
