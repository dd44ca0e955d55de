import { l10n } from 'vscode';
import { oneLine } from '../http/text.ts';
import { isJsonObject } from '../http/json.ts';
import type { Json, JsonObject } from '../http/json.ts';
import { userFieldNames } from '../api/luminary.ts';
import { parseInstant } from '../api/time.ts';
import { exactJson } from '../model/exactJson.ts';
import { creditsText } from '../words/credits.ts';
import { dateTimeText, numberText, relativeText } from '../words/format.ts';
import type { Row } from './row.ts';
import { fieldSentence } from './sentences.ts';

/** A field's name and its value as received. */
export type Field = readonly [name: string, value: Json];

/** The fields of an account that are known, in the order in which they are shown. */
export const accountFieldNames: readonly string[] = [
  'email',
  'account',
  'user_id',
  'error',
  'sessionValid',
  'luma_session_expires',
  'concurrency',
  'executing',
  'credits',
  'refresh_last',
  'refresh_count',
  'updated',
];

/** A user's fields: those that are known first, then any others. */
export function userFields(record: JsonObject): Field[] {
  return ordered(record, userFieldNames);
}

/** An account's fields: those that are known first, then any others. */
export function accountFields(record: JsonObject): Field[] {
  return ordered(record, accountFieldNames);
}

function ordered(record: JsonObject, order: readonly string[]): Field[] {
  const fields = Object.entries(record).map(([name, value]): Field => [name, value ?? null]);
  const place = ([name]: Field) => {
    const index = order.indexOf(name);
    return index === -1 ? order.length : index;
  };
  return fields.sort((a, b) => place(a) - place(b));
}

/** What a field is called: known ones in words, any other as the service calls it. */
export function fieldLabel(name: string): string {
  switch (name) {
    case 'id':
      return l10n.t('ID');
    case 'email':
      return l10n.t('Email');
    case 'first_name':
      return l10n.t('First name');
    case 'last_name':
      return l10n.t('Last name');
    case 'created_at':
      return l10n.t('Created');
    case 'updated_at':
    case 'updated':
      return l10n.t('Updated');
    case 'account':
      return l10n.t('Account');
    case 'user_id':
      return l10n.t('User ID');
    case 'error':
      return l10n.t('Error');
    case 'sessionValid':
      return l10n.t('Session valid');
    case 'luma_session_expires':
      return l10n.t('Session end');
    case 'concurrency':
      return l10n.t('Slots');
    case 'executing':
      return l10n.t('Running');
    case 'credits':
      return l10n.t('Credits');
    case 'refresh_last':
      return l10n.t('Session refreshed');
    case 'refresh_count':
      return l10n.t('Session refreshes');
    default:
      return oneLine(name) || '…';
  }
}

/** The row of a field at a time in ms since the epoch. */
export function fieldRow(name: string, value: Json, now: number): Row {
  const label = fieldLabel(name);
  const description = oneLine(valueText(name, value, now));
  const spoken = fieldSentence(label, value, description);
  return { label, description, context: 'field', spoken };
}

/**
 * A value as it is copied: text as it is, anything else as JSON.
 *
 * @throws as {@link exactJson}
 */
export function valueForCopy(value: Json): string {
  return typeof value === 'string' ? value : exactJson(value);
}

/** A value in words. */
export function valueText(name: string, value: Json, now: number): string {
  if (value === null) return l10n.t('none');
  if (name === 'credits') return creditsValueText(value) ?? shownValue(value);
  if (value === '') return l10n.t('empty');
  if (typeof value === 'boolean') return value ? l10n.t('yes') : l10n.t('no');
  if (typeof value === 'number') return numberText(value);
  const at = typeof value === 'string' ? parseInstant(value) : undefined;
  if (at !== undefined) return `${relativeText(at, now)} · ${dateTimeText(at)}`;
  return shownValue(value);
}

function shownValue(value: Json): string {
  return typeof value === 'string' ? value : jsonText(value);
}

/** A value as JSON to look at: of one with thousands of levels, which can't be written, a sign. */
export function jsonText(value: Json): string {
  try {
    return exactJson(value);
  } catch {
    return '…';
  }
}

function creditsValueText(value: Json): string | undefined {
  if (!isJsonObject(value)) return undefined;
  const { usage, limit } = value;
  if (typeof usage !== 'number' || typeof limit !== 'number') return undefined;
  return creditsText(usage, limit);
}
