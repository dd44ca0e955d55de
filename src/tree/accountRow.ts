import { l10n } from 'vscode';
import { escapedText, oneLine } from '../http/text.ts';
import { readLumaAccount } from '../api/luma.ts';
import type { LumaAccount } from '../api/luma.ts';
import { isJsonObject } from '../http/json.ts';
import type { Json } from '../http/json.ts';
import type { Account } from '../model/accounts.ts';
import { accountHealth, freeSlots } from '../model/health.ts';
import type { Health } from '../model/health.ts';
import { counted, numberText, relativeText } from '../words/format.ts';
import { slotBar, slotsFreeText } from '../words/slots.ts';
import { unreadableRow } from './messageRow.ts';
import { warning } from './row.ts';
import type { Icon, Row } from './row.ts';
import { accountSentence } from './sentences.ts';

/** The row of a Luma account at a time in ms since the epoch. */
export function accountRow(account: Account, now: number): Row {
  const health = accountHealth(account, now);
  if (health === undefined || !isJsonObject(account.shown)) {
    return unreadableAccountRow(account.key, account.shown);
  }
  return readableRow(account.key, readLumaAccount(account.shown), health, now);
}

function readableRow(key: string, account: LumaAccount, health: Health, now: number): Row {
  const label = accountLabel(key, account);
  return {
    label,
    description: described(account, health, now, briefWords),
    icon: icons[health.kind],
    opens: 'closed',
    context: 'account',
    spoken: accountSentence(label, account, health, now),
  };
}

/** The row of an account whose record can't be read: the account is called as ever. */
export function unreadableAccountRow(key: string, record: Json): Row {
  const [label, row] = [keyName(key), unreadableRow(record)];
  const problem = row.description ?? '';
  return {
    ...row,
    label,
    description: `${l10n.t('can’t be read')} · ${problem}`,
    spoken: l10n.t('Luma account {0} can’t be read: {1}.', label, problem),
  };
}

/** How an account is at a time in ms since the epoch, in words that need no row around them. */
export function accountText(account: Account, now: number): string {
  const health = accountHealth(account, now);
  return health === undefined || !isJsonObject(account.shown)
    ? (unreadableRow(account.shown).description ?? '')
    : described(readLumaAccount(account.shown), health, now, healthWords);
}

function described(
  account: LumaAccount,
  health: Health,
  now: number,
  words: (health: Health, now: number) => string,
): string {
  return [
    healthText(health, now, account, words),
    ...runningText(account, health),
    ...endText(account, health, now),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/**
 * How an account is at a time in ms since the epoch, in paragraphs that hold all that the service
 * says of it, with a bar of its slots.
 */
export function accountStatus(account: Account, now: number): string[] {
  const health = accountHealth(account, now);
  if (health === undefined || !isJsonObject(account.shown)) return [];
  const known = readLumaAccount(account.shown);
  return [
    [healthWords(health, now), ...endText(known, health, now)].join(' · '),
    ...(health.kind === 'error' ? [health.message] : []),
    ...slotsText(known, health, freeSlots(account, now)),
  ];
}

function slotsText(
  { executing = 0, concurrency }: LumaAccount,
  { kind }: Health,
  free: number | undefined,
): string[] {
  if (concurrency === undefined) return [];
  const running = numberText(executing);
  const used = counted(
    concurrency,
    l10n.t('{0} of 1 slot in use', running),
    l10n.t('{0} of {1} slots in use', running, numberText(concurrency)),
  );
  const bar = `${slotBar(executing, concurrency)} ${used}`;
  // What does not work has nothing free, however few jobs run: why stands above.
  return [kind === 'error' || kind === 'expired' ? bar : `${bar} · ${slotsFreeText(free)}`];
}

/** What an account is called, whatever can be read of it. */
export function accountName({ key, shown }: Account): string {
  return isJsonObject(shown) ? accountLabel(key, readLumaAccount(shown)) : keyName(key);
}

function keyName(key: string): string {
  return oneLine(key) || escapedText(key);
}

/** What an account is called. */
export function accountLabel(key: string, account: LumaAccount): string {
  return oneLine(account.email ?? account.account ?? key) || keyName(key);
}

const icons: Readonly<Record<Health['kind'], Icon>> = {
  error: { id: 'error', color: 'list.errorForeground' },
  expired: { id: 'circle-slash', color: 'list.errorForeground' },
  endsSoon: warning,
  busy: { id: 'circle-filled', color: 'list.warningForeground' },
  running: { id: 'play-circle', color: 'charts.blue' },
  idle: { id: 'circle-outline', color: 'charts.green' },
};

/** An account's health at a time in ms since the epoch, without what the service says of it. */
export function healthWords(health: Health, now: number): string {
  switch (health.kind) {
    case 'error':
      return l10n.t('error');
    case 'running':
      return l10n.t('running');
    case 'expired':
      return health.at === undefined
        ? l10n.t('session expired')
        : l10n.t('session expired {0}', relativeText(health.at, now));
    case 'endsSoon':
      return l10n.t('session ends {0}', relativeText(health.at, now));
    case 'busy':
      return l10n.t('busy');
    case 'idle':
      return l10n.t('idle');
  }
}

/** The same in few words, of which the first tells most: a narrow view cuts the others off. */
function briefWords(health: Health, now: number): string {
  switch (health.kind) {
    case 'expired':
      return health.at === undefined
        ? l10n.t('expired')
        : l10n.t('expired {0}', relativeText(health.at, now));
    case 'endsSoon':
      return l10n.t('ends {0}', relativeText(health.at, now));
    case 'error':
    case 'busy':
    case 'running':
    case 'idle':
      return healthWords(health, now);
  }
}

function healthText(
  health: Health,
  now: number,
  account: LumaAccount,
  words: (health: Health, now: number) => string,
): string {
  if (health.kind === 'error') return l10n.t('error: {0}', oneLine(health.message, 80));
  // How many run says it better, where that is known.
  if (health.kind === 'running' && account.concurrency !== undefined) return '';
  return words(health, now);
}

function runningText({ executing, concurrency }: LumaAccount, { kind }: Health): string[] {
  if (executing === undefined || concurrency === undefined) return [];
  const slots = `${numberText(executing)}/${numberText(concurrency)}`;
  switch (kind) {
    case 'busy':
    case 'idle':
      return [slots]; // The word before it says the rest.
    case 'running':
      return [l10n.t('{0} running', slots)];
    case 'error':
    case 'expired':
    case 'endsSoon':
      return executing > 0 ? [l10n.t('{0} running', slots)] : [];
  }
}

function endText({ sessionExpires: at }: LumaAccount, { kind }: Health, now: number): string[] {
  const healthy = kind === 'busy' || kind === 'running' || kind === 'idle';
  return healthy && at !== undefined ? [l10n.t('session ends {0}', relativeText(at, now))] : [];
}
