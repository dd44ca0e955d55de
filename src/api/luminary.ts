import * as v from 'valibot';
import { ServiceError } from '../http/errors.ts';
import { isJsonObject, ownText, ownValue } from '../http/json.ts';
import type { Json, JsonObject } from '../http/json.ts';
import { requestsLeave } from '../http/leave.ts';
import type { TokenSource } from '../http/oauth.ts';
import type { Transport } from '../http/transport.ts';
import { pageInfoAtEnd, pageInfoOf } from './pageInfo.ts';
import type { PageInfo } from './pageInfo.ts';
import { Service, pathPart } from './service.ts';

/** The largest number of users that one request may ask for. */
export const MAX_LIMIT = 1000;

/** Which part of the user list is asked for. */
export interface UsersQuery {
  /** Only what follows this cursor. */
  readonly after?: string | undefined;
  /** Only what precedes this cursor. */
  readonly before?: string | undefined;
  /** 1 to {@link MAX_LIMIT}; the service's default is 50. */
  readonly limit?: number | undefined;
}

/** One answer of the user list. */
export interface UsersAnswer extends PageInfo {
  /** The list's elements as received; see {@link isUser}. */
  readonly data: readonly Json[];
  /** A label, not a bound: it may differ from answer to answer. Undefined where unusable. */
  readonly totalCount: number | undefined;
}

/** A user as received, with all its fields. Only the id is certain. */
export interface UserRecord extends JsonObject {
  readonly id: string;
}

const totalSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Reads the users of one Luminary tenant, https://SUBDOMAIN.withluminary.com/api/public/v1. */
export class LuminaryClient {
  readonly #service: Service;

  constructor(transport: Transport, address: string, tokens: TokenSource) {
    this.#service = new Service(transport, address, tokens);
  }

  /**
   * `GET /users`: one answer of the list.
   *
   * @param arrived hears where the answer stands in the list, if that can be told before it is read,
   * so that what follows can be asked for at once; the answer may still turn out to be none
   * @throws {@link ServiceError}; `unexpectedAnswer` if it is no list
   */
  async users(
    query: UsersQuery,
    signal?: AbortSignal,
    arrived?: (info: PageInfo) => void,
  ): Promise<UsersAnswer> {
    const { after, before, limit } = query;
    const reply = await this.#service.ask({
      path: '/users',
      template: '/users',
      query: { after, before, limit },
      signal,
    });
    const { status, body } = reply.response;
    const info = arrived !== undefined && status === 200 ? pageInfoAtEnd(body) : undefined;
    if (info !== undefined) {
      arrived?.(info);
      await requestsLeave();
    }
    return readUsers(this.#service.read(reply));
  }

  /**
   * `GET /users/{id}`: one user.
   *
   * @throws {@link ServiceError}; `notFound` if there is none with this id
   */
  async user(id: string, signal?: AbortSignal): Promise<UserRecord> {
    const path = userPath(id);
    const json = await this.#service.json({ path, template: '/users/{id}', signal });
    if (!isUser(json)) throw new ServiceError('unexpectedAnswer', { status: 200 });
    return json;
  }
}

/**
 * Where one user stands below the service's address.
 *
 * @throws {@link ServiceError} `invalidAddress` for an id that can stand in no path
 */
export function userPath(id: string): string {
  return `/users/${pathPart(id)}`;
}

/** Whether an element of the list is a user: an object with an id. Anything else can't be read. */
export function isUser(element: Json): element is UserRecord {
  if (!isJsonObject(element)) return false;
  const id = ownValue(element, 'id');
  return typeof id === 'string' && id !== '';
}

/** The fields that every user has, in the order in which they are shown and written. */
export const userFieldNames: readonly string[] = [
  'id',
  'email',
  'first_name',
  'last_name',
  'created_at',
  'updated_at',
];

/** What can be read of a user. A field that is missing or of a wrong type is empty. */
export interface LuminaryUser {
  readonly id: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
}

/** Reads a user's record when it is drawn; for 100,000 users, nothing is read ahead. */
export function readUser(record: UserRecord): LuminaryUser {
  return {
    id: record.id,
    email: ownText(record, 'email'),
    firstName: ownText(record, 'first_name'),
    lastName: ownText(record, 'last_name'),
  };
}

function readUsers(json: Json): UsersAnswer {
  const data = isJsonObject(json) ? ownValue(json, 'data') : undefined;
  const info = isJsonObject(json) ? pageInfoOf(json) : undefined;
  if (!isJsonObject(json) || !Array.isArray(data) || info === undefined) {
    throw new ServiceError('unexpectedAnswer', { status: 200 });
  }
  const total = v.safeParse(totalSchema, ownValue(json, 'total_count'));
  return { data, ...info, totalCount: total.success ? total.output : undefined };
}
