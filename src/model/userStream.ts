import { setImmediate } from 'node:timers/promises';
import { MAX_LIMIT, isUser } from '../api/luminary.ts';
import type { LuminaryClient } from '../api/luminary.ts';
import type { Json } from '../http/json.ts';
import { IdSet } from './idSet.ts';
import { PassEnd } from './passEnd.ts';
import type { ListEnd } from './passEnd.ts';

/** The users of one answer that none before it had. */
export interface UserBatch {
  /** As received, in the service's order, what can't be read as a user among them. */
  readonly elements: readonly Json[];
  /** How many there are, in the service's latest words: a label, not a bound. */
  readonly total: number | undefined;
}

/** Says that a service did not give its whole list. */
export class IncompleteList extends Error {
  override readonly name = 'IncompleteList';
  readonly end: Exclude<ListEnd, 'complete'>;

  constructor(end: Exclude<ListEnd, 'complete'>) {
    super(end);
    this.end = end;
  }
}

/** Whether a value is an {@link IncompleteList}, whichever bundle made it. */
export function isIncompleteList(error: unknown): error is IncompleteList {
  return error instanceof Error && error.name === 'IncompleteList' && 'end' in error;
}

/**
 * All users of a tenant, read anew, each once. Of what has been handed out it keeps the ids alone.
 * The next answer is under way while whoever asks works on one; it is given up where they stop.
 *
 * @throws {@link ServiceError}, {@link IncompleteList}, or the signal's reason
 */
export async function* allUsers(
  client: Pick<LuminaryClient, 'users'>,
  signal: AbortSignal,
): AsyncGenerator<UserBatch, void, undefined> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const ask = (after: string | undefined) => {
    const answer = client.users({ after, limit: MAX_LIMIT }, either);
    answer.catch(() => undefined); // It is looked at later, or, where nobody goes on, never.
    return answer;
  };
  const passEnd = new PassEnd();
  const seen = new IdSet();
  let total: number | undefined;
  try {
    for (let next = ask(undefined); ;) {
      const answer = await next;
      signal.throwIfAborted();
      total = answer.totalCount ?? total;
      const elements = answer.data.filter((element) => isNew(element, seen));
      const end = passEnd.after(answer, elements.length);
      if (end === undefined) {
        next = ask(answer.endCursor);
        await setImmediate(); // undici sends a request only once its caller has yielded.
      }
      yield { elements, total };
      if (end === 'complete') return;
      if (end !== undefined) throw new IncompleteList(end);
    }
  } finally {
    stop.abort();
  }
}

function isNew(element: Json, seen: IdSet): boolean {
  return !isUser(element) || seen.add(element.id);
}
