import { env } from 'vscode';
import type { AccountOrder } from '../connections/settings.ts';
import type { Account } from '../model/accounts.ts';
import { accountHealth, needsAttention, rankOf } from '../model/health.ts';
import { accountName } from './accountRow.ts';

/** Accounts as a person wants them sorted, at a time in ms since the epoch. */
export function inOrder(
  accounts: readonly Account[],
  order: AccountOrder,
  now: number,
): readonly Account[] {
  switch (order) {
    case 'service':
      return accounts;
    case 'name':
      return byName(accounts);
    case 'attention':
      return byAttention(accounts, now);
  }
}

function byName(accounts: readonly Account[]): readonly Account[] {
  const { compare } = new Intl.Collator(env.language, { numeric: true });
  return accounts
    .map((account) => ({ account, name: accountName(account) }))
    .sort((a, b) => compare(a.name, b.name))
    .map(({ account }) => account);
}

/**
 * The worst first; of sessions that end soon, the one that ends first. Those that need nobody stay in
 * the service's order: sorted by what runs, rows would jump with every job.
 */
function byAttention(accounts: readonly Account[], now: number): readonly Account[] {
  return accounts
    .map((account) => {
      const health = accountHealth(account, now);
      const rank = health === undefined || needsAttention(health) ? rankOf(health) : Infinity;
      return { account, rank, end: health?.kind === 'endsSoon' ? health.at : 0 };
    })
    .sort((a, b) => (a.rank === b.rank ? a.end - b.end : a.rank - b.rank))
    .map(({ account }) => account);
}
