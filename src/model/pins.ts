import { createHash } from 'node:crypto';
import { readLumaAccount } from '../api/luma.ts';
import { isJsonObject, ownValue } from '../http/json.ts';
import type { Json } from '../http/json.ts';
import { stepped } from './order.ts';

/** A user or an account that is kept at hand. It holds no name, no email and no record. */
export interface Pin {
  /** The id of the connection that knows it. */
  readonly connection: string;
  readonly kind: 'account' | 'user';
  /** A user's id, or what {@link accountPinId} gives. */
  readonly id: string;
}

/**
 * What an account is pinned by: its Luma user id. Without one it is a digest of its key, which
 * mostly is an email.
 */
export function accountPinId(key: string, record: Json): string {
  return userIdOf(record) ?? digestOf(key);
}

/** Whether an account is the one with a {@link accountPinId}, which may be from before it had a user id. */
export function isPinnedAs(id: string, key: string, record: Json): boolean {
  return id === userIdOf(record) || id === digestOf(key);
}

function userIdOf(record: Json): string | undefined {
  return isJsonObject(record) ? readLumaAccount(record).userId : undefined;
}

function digestOf(key: string): string {
  return `sha256:${createHash('sha256').update(key).digest('hex')}`;
}

/** Whether an account is pinned by its key's digest, which nobody can read. */
export function isDigest({ kind, id }: Pin): boolean {
  return kind === 'account' && id.startsWith('sha256:');
}

/** The same text for the same pin. */
export function pinKey({ connection, kind, id }: Pin): string {
  return JSON.stringify([connection, kind, id]);
}

/** Reads stored pins, whatever was stored: each once, and only what is one. */
export function readPins(stored: unknown): Pin[] {
  if (!Array.isArray(stored)) return [];
  return withPins([], stored.flatMap(readPin));
}

function readPin(stored: unknown): Pin[] {
  if (!isJsonObject(stored)) return [];
  const [connection, kind, id] = ['connection', 'kind', 'id'].map((key) => ownValue(stored, key));
  const isKind = kind === 'account' || kind === 'user';
  return isKind && isText(connection) && isText(id) ? [{ connection, kind, id }] : [];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Pins with others at their end; those that are there stay where they are. */
export function withPins(pins: readonly Pin[], added: readonly Pin[]): Pin[] {
  return [...new Map([...pins, ...added].map((pin) => [pinKey(pin), pin])).values()];
}

/** Pins without some of them. */
export function withoutPins(pins: readonly Pin[], removed: readonly Pin[]): Pin[] {
  const gone = new Set(removed.map(pinKey));
  return pins.filter((pin) => !gone.has(pinKey(pin)));
}

/**
 * Pins of which some have moved by one place among those that are shown; the others, whose
 * connection can't be read now, stay where they are.
 */
export function movePins(
  pins: readonly Pin[],
  moved: readonly Pin[],
  direction: 'up' | 'down',
  isShown: (pin: Pin) => boolean,
): Pin[] {
  const moving = new Set(moved.map(pinKey));
  const shown = pins.filter(isShown);
  const order = stepped(shown, (pin) => moving.has(pinKey(pin)), direction).values();
  return pins.map((pin) => (isShown(pin) ? (order.next().value ?? pin) : pin));
}
