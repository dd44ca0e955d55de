import { l10n } from 'vscode';
import { readLumaAccount } from '../api/luma.ts';
import type { Connection } from '../connections/connection.ts';
import type { AccountOrder } from '../connections/settings.ts';
import { isJsonObject } from '../http/json.ts';
import type { Account, Accounts } from '../model/accounts.ts';
import { accountHealth, freeSlotsOf, needsAttention } from '../model/health.ts';
import type { Health } from '../model/health.ts';
import { inOrder } from '../tree/accountOrder.ts';
import { accountName, healthWords } from '../tree/accountRow.ts';
import { accountsText, needingText } from '../words/accounts.ts';
import { usedPercent } from '../words/credits.ts';
import {
  counted,
  dateText,
  dateTimeText,
  numberText,
  percentText,
  relativeText,
  unbroken,
} from '../words/format.ts';
import { code, failureText } from '../words/inert.ts';
import { nameWithService } from '../words/names.ts';
import { slotsFreeText } from '../words/slots.ts';

/** One connection and what is known of its accounts. */
export interface Compared {
  readonly connection: Connection;
  /** Undefined where nobody has asked for them. */
  readonly accounts: Accounts | undefined;
}

/** Everything that the document on the accounts tells. */
export interface ComparisonFacts {
  readonly compared: readonly Compared[];
  /** How many connections there are whose secrets can't be read. */
  readonly unreadable: number;
  /** Whether the editor can read no secret at all. */
  readonly locked?: boolean;
  readonly order: AccountOrder;
}

/**
 * The document in Markdown, at a time in ms since the epoch. What comes from a service or is a name
 * stands in it as code: it makes no links, and ends no cell.
 */
export function comparisonText(facts: ComparisonFacts, now: number): string {
  const { compared, unreadable, order } = facts;
  const owners = new Map(
    compared.flatMap((owner) =>
      (owner.accounts?.all ?? []).map((account) => [account, owner] as const),
    ),
  );
  const rows = inOrder([...owners.keys()], order, now).flatMap((account) => {
    const owner = owners.get(account);
    return owner === undefined ? [] : [tableRow(accountCells(account, owner, now))];
  });
  const parts = [
    `# ${l10n.t('Luma accounts')}`,
    ...introduction(facts, now),
    ...(rows.length === 0 ? [] : [[...tableHead(), ...rows].join('\n')]),
    [
      ...compared.map(({ connection, accounts }) => `- ${noteOn(connection, accounts)}`),
      ...(unreadable === 0 ? [] : [`- ✘ ${unreadableText(unreadable)}`]),
    ].join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** How the accounts are that are known, and what to do where others may be. */
function introduction(
  { compared, unreadable, locked = false }: ComparisonFacts,
  now: number,
): string[] {
  const known = compared.flatMap(({ accounts }) =>
    accounts?.state.kind === 'loaded' ? accounts : [],
  );
  return [
    ...(known.length === 0 ? [] : [summary(known, now)]),
    ...(compared.length === 0 && unreadable === 0 ? [noneText(locked)] : []),
    ...(compared.some(({ accounts }) => isMissing(accounts))
      ? [
          l10n.t(
            'Not everything is loaded: Refresh Comparison of Accounts, the button above this document, reads it.',
          ),
        ]
      : []),
  ];
}

function noneText(locked: boolean): string {
  return locked
    ? l10n.t('The editor can’t read its secrets: is the system’s keyring running?')
    : l10n.t('There is no Luma token yet. Connect one in the Luma & Luminary view.');
}

function isMissing(accounts: Accounts | undefined): boolean {
  if (accounts === undefined || accounts.state.kind === 'cancelled') return true;
  return accounts.state.kind === 'notLoaded' || withoutDetails(accounts).length > 0;
}

/** The keys of the accounts whose live details nobody has read to the end. */
export function withoutDetails({ all }: Accounts): string[] {
  return all
    .filter(({ record }) => isJsonObject(record))
    .filter(({ details }) => details.kind === 'notLoaded' || details.kind === 'cancelled')
    .map(({ key }) => key);
}

function summary(known: readonly Accounts[], now: number): string {
  const all = known.flatMap((accounts) => accounts.all);
  const sick = known.reduce((sum, accounts) => sum + accounts.attention(now), 0);
  return [
    accountsText(all.length),
    sick === 0 ? '' : `**${needingText(sick)}**`,
    slotsFreeText(freeSlotsOf(all, now)),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function tableHead(): string[] {
  const titles = [
    l10n.t('Account'),
    l10n.t('Connection'),
    l10n.t('Health'),
    l10n.t('Running'),
    l10n.t('Slots'),
    l10n.t('Credits used'),
    l10n.t('Session end'),
  ];
  const numbers = [3, 4];
  return [
    tableRow(titles.map(unbroken)),
    tableRow(titles.map((_, index) => (numbers.includes(index) ? '---:' : '---'))),
  ];
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

const unknown = '–';

function accountCells(account: Account, { connection, accounts }: Compared, now: number): string[] {
  const { shown } = account;
  const health = accountHealth(account, now);
  const errors = errorsOf(account, health, accounts?.refreshError);
  const names = [[code(accountName(account)), ...errors].join('<br>'), connectionCell(connection)];
  if (health === undefined || !isJsonObject(shown)) {
    const says = l10n.t('can’t be read');
    return [...names, `**${says}**`, unknown, unknown, unknown, unknown];
  }
  const { executing, concurrency, credits, sessionExpires } = readLumaAccount(shown);
  return [
    ...names,
    healthCell(health, now),
    executing === undefined ? unknown : numberText(executing),
    concurrency === undefined ? unknown : numberText(concurrency),
    credits === undefined ? unknown : creditsCell(credits.usage, credits.limit),
    sessionExpires === undefined ? unknown : timeCell(sessionExpires, now),
  ];
}

function connectionCell({ name, label }: Connection): string {
  return label === undefined ? code(name) : `${code(name)} · ${code(label)}`;
}

function creditsCell(usage: number, limit: number): string {
  const share = usedPercent(usage, limit);
  const text = `${numberText(usage)}/${numberText(limit)}`;
  return share === undefined ? text : `${text} ${together(`(${percentText(share)})`)}`;
}

/** A time in words and as a date, with its hour where that matters. */
function timeCell(at: number, now: number): string {
  const date = Math.abs(at - now) < DAY ? dateTimeText(at) : dateText(at);
  return `${together(relativeText(at, now))} ${together(`(${date})`)}`;
}

const DAY = 24 * 3600_000;

/** Words that stay on one line: the columns are narrow. */
function together(words: string): string {
  return words.replaceAll(' ', '\u00a0');
}

/** Those that need attention stand out without a colour. When a session ends has a column of its own. */
function healthCell(health: Health, now: number): string {
  const words =
    health.kind === 'expired'
      ? l10n.t('expired')
      : health.kind === 'endsSoon'
        ? l10n.t('ends soon')
        : healthWords(health, now);
  return needsAttention(health) ? `**${unbroken(words)}**` : unbroken(words);
}

/** How much of an error stands in the table: it stands in full in the tree. */
const ERROR_LENGTH = 200;

/**
 * What the service says is wrong with an account, and why its details could not be read, unless that
 * is said of the whole connection. It stands under the account's name: the last of so many columns
 * would be out of sight.
 */
function errorsOf(
  { details }: Account,
  health: Health | undefined,
  ofConnection: unknown,
): string[] {
  const missing = details.kind === 'failed' ? failureText(details.error) : undefined;
  const known = ofConnection === undefined ? undefined : failureText(ofConnection);
  return [
    ...(health?.kind === 'error' ? [code(health.message, ERROR_LENGTH)] : []),
    ...(missing === undefined || missing === known ? [] : [missing]),
  ].map((error) => `✘ ${error}`);
}

/** How it stands with a connection. */
function noteOn(connection: Connection, accounts: Accounts | undefined): string {
  const name = code(nameWithService(connection));
  if (accounts === undefined) return l10n.t('{0}: not loaded yet', name);
  const { state, refreshError, all } = accounts;
  switch (state.kind) {
    case 'notLoaded':
    case 'loading':
      return l10n.t('{0}: not loaded yet', name);
    case 'cancelled':
      return l10n.t('{0}: loading was cancelled', name);
    case 'failed':
      return `✘ ${name}: ${failureText(state.error)}`;
    case 'loaded': {
      const count = accountsText(all.length);
      const read = l10n.t('{0}: {1}, read {2}', name, count, dateTimeText(state.readAt));
      return refreshError === undefined
        ? read
        : `✘ ${read}. ${l10n.t('Since then: {0}', failureText(refreshError))}`;
    }
  }
}

function unreadableText(count: number): string {
  return counted(
    count,
    l10n.t('1 connection can’t be read: disconnect it and connect again.'),
    l10n.t('{0} connections can’t be read: disconnect them and connect again.', numberText(count)),
  );
}
