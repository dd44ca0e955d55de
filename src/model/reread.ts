import { MAX_LIMIT } from '../api/luminary.ts';
import type { LuminaryClient, UsersAnswer } from '../api/luminary.ts';
import { isServiceError } from '../http/errors.ts';
import { UserPass } from './userPass.ts';
import type { Segment } from './userPass.ts';

/** How many requests a refresh has under way at once. */
const AT_ONCE = 4;

/** Elements of a pass, `from` up to, but without, `to`. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/**
 * Begins a pass with what the cursors of an older one lead to, asked for side by side. It goes as
 * far as each answer's end is the cursor that the next one was asked with: where the service's list
 * has shifted, the rest has to be read on from there.
 *
 * @param count how many elements are wanted
 * @param told hears how many elements have been read before each answer
 * @throws {@link ServiceError}, or the signal's reason
 */
export async function reread(
  client: Pick<LuminaryClient, 'users'>,
  old: UserPass,
  count: number,
  signal: AbortSignal,
  told: (read: number) => void,
): Promise<UserPass> {
  const fresh = new UserPass();
  const requests = requestsFor(old.segments, count);
  const stop = new AbortController();
  const scope = AbortSignal.any([signal, stop.signal]);
  const answers = requests.slice(0, AT_ONCE).map((request) => quiet(client.users(request, scope)));
  try {
    for (const [index, { after, limit }] of requests.entries()) {
      const answer = answers[index];
      if (answer === undefined || fresh.end !== undefined || fresh.cursor !== after) break;
      told(fresh.elements.length);
      fresh.take(await answer, limit);
      const next = requests[index + AT_ONCE];
      if (next !== undefined) answers.push(quiet(client.users(next, scope)));
    }
  } catch (error) {
    if (fresh.segments.length === 0 || !isUnknownCursor(error)) throw error;
  } finally {
    stop.abort();
  }
  return fresh;
}

/**
 * A pass in which the answers that cover a part are fresh and the others are those of the old pass.
 * Undefined where they don't fit together, since the service's list has shifted.
 *
 * @throws {@link ServiceError}, or the signal's reason
 */
export async function rereadPart(
  client: Pick<LuminaryClient, 'users'>,
  old: UserPass,
  part: Part,
  signal: AbortSignal,
): Promise<UserPass | undefined> {
  const covered = ({ from, to }: Segment) => from < part.to && to > part.from;
  if (!old.segments.some(covered)) return undefined;
  const fitted = new UserPass();
  for (const segment of old.segments) {
    const { after, limit } = segment;
    if (fitted.cursor !== after || fitted.end !== undefined) return undefined;
    const known = { ...answerOf(segment, old), totalCount: fitted.total ?? old.total };
    const answer = covered(segment) ? await answerAfter(client, { after, limit }, signal) : known;
    if (answer === undefined) return undefined;
    fitted.take(answer, limit);
    signal.throwIfAborted();
  }
  const [last, previous] = [fitted.segments.at(-1), old.segments.at(-1)];
  return last?.hasNextPage === previous?.hasNextPage ? fitted : undefined;
}

interface Request {
  readonly after: string | undefined;
  readonly limit: number;
}

/**
 * The requests that read a pass again, answers that lie side by side in one as far as it may be, and
 * altogether no more than so many elements.
 */
function requestsFor(segments: readonly Segment[], count: number): Request[] {
  const requests: (Request & { readonly from: number })[] = [];
  for (const { after, limit, from } of segments) {
    const last = requests.at(-1);
    if (last === undefined || last.limit + limit > MAX_LIMIT) requests.push({ after, limit, from });
    else requests.splice(-1, 1, { ...last, limit: last.limit + limit });
  }
  return requests.map(({ after, limit, from }) => ({
    after,
    limit: Math.max(Math.min(limit, count - from), 1),
  }));
}

/** One answer; undefined where the service doesn't know the cursor any more. */
async function answerAfter(
  client: Pick<LuminaryClient, 'users'>,
  request: Request,
  signal: AbortSignal,
): Promise<UsersAnswer | undefined> {
  try {
    return await client.users(request, signal);
  } catch (error) {
    if (request.after !== undefined && isUnknownCursor(error)) return undefined;
    throw error;
  }
}

/** A cursor's row may be gone: then the service may not know the cursor any more. */
function isUnknownCursor(error: unknown): boolean {
  return isServiceError(error) && (error.reason === 'badRequest' || error.reason === 'notFound');
}

/** An answer that perhaps nobody waits for in the end. */
function quiet(answer: Promise<UsersAnswer>): Promise<UsersAnswer> {
  answer.catch(() => undefined);
  return answer;
}

function answerOf(segment: Segment, pass: UserPass): UsersAnswer {
  return {
    data: pass.elements.slice(segment.from, segment.to),
    hasNextPage: segment.hasNextPage,
    hasPreviousPage: segment.from > 0,
    startCursor: undefined,
    endCursor: segment.endCursor,
    totalCount: undefined,
  };
}
