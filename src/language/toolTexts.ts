import { readLumaAccount } from '../api/luma.ts';
import { readUser } from '../api/luminary.ts';
import type { UserRecord } from '../api/luminary.ts';
import type { Connection } from '../connections/connection.ts';
import { isJsonObject, ownValue } from '../http/json.ts';
import type { JsonObject } from '../http/json.ts';
import { oneLine } from '../http/text.ts';
import type { Account } from '../model/accounts.ts';
import { accountLabel, accountText } from '../tree/accountRow.ts';

// Keys, numbers and times are the same in every language, so that a model can reckon with them. How an
// account is, and why something failed, stands there in the words of the tree: what the model says of
// it is what the person finds on the screen.

/**
 * An account as a line for a language model, at a time in ms since the epoch; `number` tells one
 * without an id from others. Without leave to hand on emails, none stands in it.
 */
export function accountLine(
  account: Account,
  number: number,
  emails: boolean,
  now: number,
): string {
  const status = accountText(emails ? account : withoutEmailInError(account), now);
  const leave = emails ? cut : (text: string) => cut(withoutEmails(text));
  const { userId, sessionExpires, credits } = isJsonObject(account.shown)
    ? readLumaAccount(account.shown)
    : nothing;
  return lineOf({
    ...(userId === undefined ? { account: number } : { id: leave(userId) }),
    ...(emails && { email: emailOf(account) }),
    status: leave(status),
    ...(credits && { credits: `${String(credits.usage)} of ${String(credits.limit)} used` }),
    ...(sessionExpires !== undefined && { session_ends: new Date(sessionExpires).toISOString() }),
  });
}

const nothing = { userId: undefined, sessionExpires: undefined, credits: undefined };

/** A user as a line for a language model. */
export function userLine(record: UserRecord, { name }: Pick<Connection, 'name'>): string {
  const { id, email, firstName, lastName } = readUser(record);
  return lineOf({
    id: cut(id),
    name: cut(`${firstName} ${lastName}`),
    email: cut(email),
    tenant: name,
  });
}

/** A user as a line for a language model, with when it was made and changed. */
export function fullUserLine(record: UserRecord, tenant: Pick<Connection, 'name'>): string {
  const times = Object.fromEntries(
    ['created_at', 'updated_at'].flatMap((key) => {
      const value = ownValue(record, key);
      return typeof value === 'string' ? [[key, cut(value)]] : [];
    }),
  );
  return lineOf({ ...(JSON.parse(userLine(record, tenant)) as JsonObject), ...times });
}

/** JSON, so that what a service sent can't be taken for anything but a value. */
function lineOf(values: JsonObject): string {
  return JSON.stringify(values);
}

function emailOf({ key, shown }: Account): string {
  return isJsonObject(shown) ? accountLabel(key, readLumaAccount(shown)) : cut(key);
}

function cut(text: string): string {
  return oneLine(text, 200);
}

/** An error is cut where it is shown, which might leave a part of an email that can't be told then. */
function withoutEmailInError(account: Account): Account {
  const { shown } = account;
  const error = isJsonObject(shown) ? ownValue(shown, 'error') : undefined;
  if (!isJsonObject(shown) || typeof error !== 'string') return account;
  return { ...account, shown: { ...shown, error: withoutEmails(error) } };
}

function withoutEmails(text: string): string {
  return text.replaceAll(/[^\s<>"'(),;]+@[^\s<>"'(),;]+/g, '…');
}
