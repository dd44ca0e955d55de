import { l10n } from 'vscode';
import type { UserPages } from '../model/userPages.ts';
import { counted, numberText } from '../words/format.ts';
import { usersText } from '../words/users.ts';
import type { Row } from './row.ts';

/** The row of a page. */
export function pageRow(pages: Pick<UserPages, 'range' | 'count'>, index: number): Row {
  const label = pageLabel(pages, index);
  return {
    label,
    icon: { id: 'list-unordered' },
    opens: index === 0 ? 'open' : 'closed',
    context: 'page',
    spoken: l10n.t(
      '{0} is page {1} of {2}.',
      label,
      numberText(index + 1),
      numberText(pages.count),
    ),
  };
}

/** The row of so many users that were asked for by their ids. */
export function lookedUpRow(count: number): Row {
  const label = l10n.t('Looked up');
  return {
    label,
    description: usersText(count),
    icon: { id: 'search' },
    opens: 'open',
    context: 'lookedUp',
    spoken: counted(
      count,
      l10n.t('1 user was looked up by ID.'),
      l10n.t('{0} users were looked up by ID.', numberText(count)),
    ),
  };
}

/** What a page is called: the range of its users, counted from 1. */
export function pageLabel(pages: Pick<UserPages, 'range'>, index: number): string {
  const { from, to } = pages.range(index);
  const first = numberText(from + 1);
  if (to === undefined) return l10n.t('Users {0}–…', first);
  return to === from + 1
    ? l10n.t('User {0}', first)
    : l10n.t('Users {0}–{1}', first, numberText(to));
}
