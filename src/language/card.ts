import * as vscode from 'vscode';
import { readUser } from '../api/luminary.ts';
import type { Connection } from '../connections/connection.ts';
import { isJsonObject, ownValue } from '../http/json.ts';
import type { JsonObject } from '../http/json.ts';
import { oneLine } from '../http/text.ts';
import type { Account } from '../model/accounts.ts';
import { accountName, accountText } from '../tree/accountRow.ts';
import { fieldLabel, valueText } from '../tree/fields.ts';
import { userLabel } from '../tree/userRow.ts';
import { explain } from '../words/errors.ts';
import { listText } from '../words/format.ts';
import { appendPlain } from '../words/markdown.ts';
import { labelledName, nameWithService, shortName } from '../words/names.ts';
import type { Answer, Found } from './people.ts';
import type { Reference } from './reference.ts';

/** The commands that a card's links run; nothing else in it runs anything. */
const linked = ['lumaLuminary.copyId', 'lumaLuminary.copyJson', 'lumaLuminary.lookUpSelection'];

/** No name and no other value stands on a card with more characters than this. */
const LENGTH = 100;

/** The answer to the question whose an id is, at a time in ms since the epoch. */
export function answerCard(id: string, answer: Answer, now: number): vscode.MarkdownString {
  switch (answer.kind) {
    case 'found':
      return foundCard(id, answer.found, now);
    case 'absent': {
      const names = listText(answer.in.map(shortName), 'or');
      return plainCard(vscode.l10n.t('No user with this ID in {0}', names));
    }
    case 'failed': {
      const { sentence } = explain(answer.error);
      return plainCard(`${labelledName(answer.connection)}: ${sentence}`);
    }
  }
}

/** Who has an id: what hovers and what completions and hints show of it. */
export function foundCard(id: string, found: Found, now: number): vscode.MarkdownString {
  const card = new vscode.MarkdownString('', true);
  card.isTrusted = { enabledCommands: linked };
  const name = foundName(found);
  card.appendMarkdown('**');
  appendPlain(card, name);
  card.appendMarkdown('**\n\n');
  const lines =
    found.kind === 'user' ? userLines(found.record, now) : accountLines(found.account, now);
  const tenants = [found.connection, ...(found.kind === 'user' ? (found.also ?? []) : [])];
  for (const line of [...lines, ...tenants.map(connectionText)]) {
    if (line !== name) appendLine(card, line);
  }
  card.appendMarkdown(`\n${links({ connection: found.connection.id, id })}`);
  return card;
}

/** What somebody is called. */
export function foundName(found: Found): string {
  return oneLine(
    found.kind === 'user' ? userLabel(readUser(found.record)) : accountName(found.account),
    LENGTH,
  );
}

/** A connection, with its label where it has one. */
export function connectionText(connection: Connection): string {
  const { label = '' } = connection;
  return label === '' ? nameWithService(connection) : `${nameWithService(connection)} · ${label}`;
}

function userLines(record: JsonObject, now: number): string[] {
  const email = ownValue(record, 'email');
  return [
    typeof email === 'string' ? email : '',
    ...['created_at', 'updated_at'].map((name) => fieldText(record, name, now)),
  ];
}

function accountLines(account: Account, now: number): string[] {
  const updated = isJsonObject(account.shown) ? fieldText(account.shown, 'updated', now) : '';
  return [accountText(account, now), updated];
}

function fieldText(record: JsonObject, name: string, now: number): string {
  const value = ownValue(record, name);
  return value == null || value === '' ? '' : `${fieldLabel(name)} ${valueText(name, value, now)}`;
}

/** Two blanks end a line within a paragraph. */
function appendLine(card: vscode.MarkdownString, text: string): void {
  const line = oneLine(text, LENGTH);
  if (line === '') return;
  appendPlain(card, line);
  card.appendMarkdown('  \n');
}

function plainCard(text: string): vscode.MarkdownString {
  const card = new vscode.MarkdownString();
  appendPlain(card, oneLine(text));
  return card;
}

function links(reference: Reference): string {
  const [copyId, copyJson, reveal] = linked;
  const link = (command = '', icon: string, label: string) =>
    `[$(${icon}) ${label}](command:${command}?${argumentsText(reference)})`;
  return [
    link(copyId, 'copy', vscode.l10n.t('Copy ID')),
    link(copyJson, 'json', vscode.l10n.t('Copy JSON')),
    link(reveal, 'list-tree', vscode.l10n.t('Reveal')),
  ].join(' · ');
}

/** Brackets would end the link, and the editor decodes what is left of it once more. */
function argumentsText(reference: Reference): string {
  const json = JSON.stringify([reference]).replaceAll('%', '\\u0025');
  return encodeURIComponent(json).replaceAll(
    /[()]/g,
    (bracket) => `%${bracket.charCodeAt(0).toString(16)}`,
  );
}
