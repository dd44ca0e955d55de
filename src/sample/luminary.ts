import { type SampleAnswer, decodePathPart, jsonAnswer } from './answer.ts';

/** A list of users that can be made while it is read. */
export interface UserSource {
  readonly size: number;
  /** The user at a position from 0 to `size - 1`. */
  at(index: number): unknown;
  /** The user with an id, or undefined. */
  find(id: string): unknown;
}

/** What Luminary says to a wrong token. */
export const luminaryUnauthorized = failure(401, 'unauthorized', 'The access token is not valid.');

const defaultLimit = 50;
const largestLimit = 1000;

/** Luminary's answer to a GET on a path below its address, such as `/users`. */
export function luminaryAnswer(
  users: UserSource,
  path: string,
  query: URLSearchParams,
): SampleAnswer {
  if (path === '/users') {
    return listUsers(users, query);
  }
  const part = /^\/users\/([^/]+)$/.exec(path)?.[1];
  const id = part === undefined ? undefined : decodePathPart(part);
  const user = id === undefined ? undefined : users.find(id);
  return user === undefined
    ? failure(404, 'not_found', part === undefined ? 'No such resource.' : 'No such user.')
    : jsonAnswer(200, user);
}

/** A cursor for the row at a position. Where another with the same meaning is needed, a salt helps. */
export function cursorAt(position: number, salt?: number): string {
  return btoa(JSON.stringify({ row: position, salt }));
}

/** The position that a cursor stands for, or undefined where this server never gave such a cursor. */
export function positionAt(cursor: string): number | undefined {
  try {
    const content: unknown = JSON.parse(atob(cursor));
    const row = (content as { row?: unknown } | null)?.row;
    return typeof row === 'number' && Number.isInteger(row) && row >= -1 ? row : undefined;
  } catch {
    return undefined;
  }
}

function listUsers(users: UserSource, query: URLSearchParams): SampleAnswer {
  const limit = limitOf(query.get('limit'));
  if (limit === undefined) {
    return failure(400, 'bad_request', 'The query is not valid.', {
      field: 'limit',
      message: `must be a whole number from 1 to ${largestLimit}`,
    });
  }
  const after = boundOf(query.get('after'), -1);
  const before = boundOf(query.get('before'), users.size);
  if (after === undefined || before === undefined) {
    return failure(400, 'bad_request', 'The query is not valid.', {
      field: after === undefined ? 'after' : 'before',
      message: 'is not a cursor of this list',
    });
  }
  const backwards = query.has('before') && !query.has('after');
  const last = Math.min(before, users.size);
  const start = backwards ? Math.max(last - limit, 0) : Math.min(after + 1, users.size);
  const end = Math.max(start, Math.min(start + limit, last));
  return jsonAnswer(200, pageOf(users, start, end));
}

function pageOf(users: UserSource, start: number, end: number) {
  const empty = start === end;
  return {
    data: Array.from({ length: end - start }, (_, row) => users.at(start + row)),
    page_info: {
      has_next_page: end < users.size,
      has_previous_page: start > 0,
      end_cursor: empty ? null : cursorAt(end - 1),
      start_cursor: empty ? null : cursorAt(start),
    },
    total_count: users.size,
  };
}

function limitOf(text: string | null): number | undefined {
  const limit = text === null ? defaultLimit : /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= largestLimit ? limit : undefined;
}

function boundOf(cursor: string | null, otherwise: number): number | undefined {
  return cursor === null ? otherwise : positionAt(cursor);
}

function failure(
  status: number,
  code: string,
  message: string,
  detail?: { readonly field: string; readonly message: string },
): SampleAnswer {
  return jsonAnswer(status, { code, message, details: detail === undefined ? null : [detail] });
}
