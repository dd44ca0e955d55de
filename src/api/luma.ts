import * as v from 'valibot';
import { ServiceError } from '../http/errors.ts';
import { isJsonObject, ownValue } from '../http/json.ts';
import type { Json, JsonObject } from '../http/json.ts';
import type { TokenSource } from '../http/oauth.ts';
import type { Transport } from '../http/transport.ts';
import { Service, pathPart } from './service.ts';
import { parseInstant } from './time.ts';

/** Where useapi.net answers, unless a person runs a mock or a gateway. */
export const LUMA_ADDRESS = 'https://api.useapi.net/v1/luma';

/** One entry of the account list. */
export interface LumaEntry {
  /** The entry's key in the service's map: the account's identity, mostly its email. */
  readonly key: string;
  /** The account as received, without its session fields; not an object if it can't be read. */
  readonly record: Json;
}

const sessionFields: ReadonlySet<string> = new Set(['session', 'luma_session']);

/**
 * Reads Luma accounts, https://useapi.net/docs/api-luma-v1. The fields `session` and `luma_session`
 * hold parts of a secret; they never leave this class.
 */
export class LumaClient {
  readonly #service: Service;

  constructor(transport: Transport, address: string, tokens: TokenSource) {
    this.#service = new Service(transport, address, tokens);
  }

  /**
   * `GET /accounts`: every configured account, in the service's order. A 404 without a body is how
   * the service says that there are none.
   *
   * @throws {@link ServiceError}; `unexpectedAnswer` if no value of the map is an account
   */
  async accounts(signal?: AbortSignal): Promise<LumaEntry[]> {
    const reply = await this.#service.ask({ path: '/accounts', template: '/accounts', signal });
    if (reply.response.status === 404 && reply.response.body.byteLength === 0) return [];
    const json = this.#service.read(reply);
    if (!isJsonObject(json)) throw unexpected();
    const entries = Object.entries(json).map(([key, value]) => ({
      key,
      record: withoutSession(value ?? null),
    }));
    // An error's body is an object too, on sibling APIs as `{"error": {"message": …}}`.
    const isAccount = ({ key, record }: LumaEntry) => key !== 'error' && isJsonObject(record);
    if (entries.length > 0 && !entries.some(isAccount)) throw unexpected();
    // An account may have any key; what is no account under these ones is a session field.
    return entries.filter(({ key, record }) => !sessionFields.has(key) || isJsonObject(record));
  }

  /**
   * `GET /accounts/{key}`: one account with its live details.
   *
   * @throws {@link ServiceError}; `notFound` if the account is not configured any more
   */
  async account(key: string, signal?: AbortSignal): Promise<JsonObject> {
    const path = accountPath(key);
    const json = await this.#service.json({ path, template: '/accounts/{key}', signal });
    const record = withoutSession(json);
    if (!isJsonObject(record)) throw unexpected();
    return record;
  }
}

/**
 * Where one account stands below the service's address.
 *
 * @throws {@link ServiceError} `invalidAddress` for a key that can stand in no path
 */
export function accountPath(key: string): string {
  return `/accounts/${pathPart(key)}`;
}

function unexpected(): ServiceError {
  return new ServiceError('unexpectedAnswer', { status: 200 });
}

/** The same value, freed of session fields at any depth: what JSON.parse gave is nobody else's yet. */
function withoutSession(value: Json): Json {
  const rest: (Json | undefined)[] = [value];
  while (rest.length > 0) {
    const next = rest.pop();
    if (typeof next !== 'object' || next === null) continue;
    for (const field of sessionFields) Reflect.deleteProperty(next, field);
    for (const inner of Object.values(next)) rest.push(inner);
  }
  return value;
}

/** What can be read of an account's record. A field that is missing or of a wrong type is undefined. */
export interface LumaAccount {
  readonly email: string | undefined;
  readonly account: string | undefined;
  readonly userId: string | undefined;
  /** How many jobs may run at once. */
  readonly concurrency: number | undefined;
  /** How many jobs run now; may exceed `concurrency` for a moment. */
  readonly executing: number | undefined;
  /** When the session ends, in ms since the epoch. */
  readonly sessionExpires: number | undefined;
  /** What is wrong with the account, in the service's words. */
  readonly error: string | undefined;
  /** Live details only: whether the session works. */
  readonly sessionValid: boolean | undefined;
  /** Live details only. */
  readonly credits: { readonly usage: number; readonly limit: number } | undefined;
}

const text = v.fallback(v.optional(v.string()), undefined);
const count = v.fallback(v.optional(v.pipe(v.number(), v.minValue(0))), undefined);

/** Free text, or in the form in which a sister of this service sends its errors. */
const errorText = v.fallback(
  v.optional(
    v.union([
      v.string(),
      v.pipe(
        v.object({ message: v.string() }),
        v.transform(({ message }) => message),
      ),
    ]),
  ),
  undefined,
);

const accountSchema = v.object({
  email: text,
  account: text,
  user_id: text,
  concurrency: count,
  executing: count,
  luma_session_expires: text,
  error: errorText,
  sessionValid: v.fallback(v.optional(v.boolean()), undefined),
  credits: v.fallback(v.optional(v.object({ usage: v.number(), limit: v.number() })), undefined),
});

/** Reads an account's record: whatever can be used of it, whatever else it holds. */
export function readLumaAccount(record: JsonObject): LumaAccount {
  const own = Object.fromEntries(
    Object.keys(accountSchema.entries).map((key) => [key, ownValue(record, key)]),
  );
  const fields = v.parse(accountSchema, own);
  return {
    email: nonEmpty(fields.email),
    account: nonEmpty(fields.account),
    userId: nonEmpty(fields.user_id),
    concurrency: fields.concurrency,
    executing: fields.executing,
    sessionExpires: parseInstant(fields.luma_session_expires ?? ''),
    error: nonEmpty(fields.error),
    sessionValid: fields.sessionValid,
    credits: fields.credits,
  };
}

function nonEmpty(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value;
}
