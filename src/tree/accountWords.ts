import { readLumaAccount } from '../api/luma.ts';
import { parseInstant } from '../api/time.ts';
import { isJsonObject } from '../http/json.ts';
import type { Account } from '../model/accounts.ts';
import { SOON } from '../model/health.ts';
import { relativeChange } from '../words/format.ts';
import { accountRow } from './accountRow.ts';
import { accountFields, fieldRow } from './fields.ts';
import type { Field } from './fields.ts';

/** Everything that an account's rows say at a time in ms since the epoch, to tell whether it changes. */
export function accountWords(account: Account, now: number): string {
  const { icon, description, spoken } = accountRow(account, now);
  const fields = shownFields(account).map(
    ([name, value]) => fieldRow(name, value, now).description,
  );
  return [icon?.id, description, spoken, ...fields].join('\n');
}

/** When what an account's rows say may change by itself; in ms since the epoch, Infinity for never. */
export function nextChange(account: Account, now: number): number {
  if (!isJsonObject(account.shown)) return Infinity;
  const { sessionExpires: end } = readLumaAccount(account.shown);
  const times = shownFields(account)
    .flatMap(([, value]) => (typeof value === 'string' ? (parseInstant(value) ?? []) : []))
    .concat(end ?? []);
  // The end changes the health; that a session ends soon is said from a whole number of days on.
  const changes = times
    .map((at) => relativeChange(at, now))
    .concat(end !== undefined && end > now ? end : []);
  return Math.min(Infinity, ...changes);
}

/** When an account's health changes by itself; in ms since the epoch, Infinity for never. */
export function nextTurn({ shown }: Account, now: number): number {
  if (!isJsonObject(shown)) return Infinity;
  const { sessionExpires: end } = readLumaAccount(shown);
  if (end === undefined) return Infinity;
  return [end - SOON, end].find((at) => at > now) ?? Infinity;
}

/** The fields whose rows may stand under an account: it has been opened. */
function shownFields({ shown, details }: Account): readonly Field[] {
  return isJsonObject(shown) && details.kind !== 'notLoaded' ? accountFields(shown) : [];
}
