import { ownText } from '../../http/json.ts';
import type { Json, JsonObject } from '../../http/json.ts';
import { jsonLine } from './json.ts';

/** A record on its way into a text, with what it doesn't say itself. */
export interface TextRecord {
  /** What identifies it in code: a user's `id`, an account's `user_id` or else its key. */
  readonly id: string;
  /** What identifies it in its service's paths. */
  readonly key: string;
  readonly record: JsonObject;
  readonly service: 'luma' | 'luminary';
  /** The id of the connection that it came from. */
  readonly connection: string;
}

/** A record's email, if it has one. */
export function emailOf(record: JsonObject): string | undefined {
  return ownText(record, 'email') || undefined;
}

/** A record's first and last name; empty if it has none. */
export function fullNameOf(record: JsonObject): string {
  const names = [ownText(record, 'first_name'), ownText(record, 'last_name')];
  return names.filter((name) => name !== '').join(' ');
}

/** A field's value in the midst of a text: nothing where there is none, and no text as JSON. */
export function fieldText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : jsonLine(value);
}
