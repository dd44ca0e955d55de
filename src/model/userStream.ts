import { isUser } from '../api/luminary.ts';
import type { LuminaryClient, UsersAnswer } from '../api/luminary.ts';
import type { PageInfo } from '../api/pageInfo.ts';
import type { Json } from '../http/json.ts';
import { IdMap } from './idMap.ts';
import { PassEnd } from './passEnd.ts';
import type { ListEnd } from './passEnd.ts';
import { PassReader } from './passReader.ts';
import type { Pass } from './passReader.ts';

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
  const reader = new PassReader(client, new PassingUsers());
  const { pass } = reader;
  try {
    while (pass.end === undefined) {
      await reader.next(() => Infinity, signal);
      signal.throwIfAborted();
      yield { elements: pass.elements, total: pass.total };
    }
    if (pass.end !== 'complete') throw new IncompleteList(pass.end);
  } finally {
    reader.stop();
  }
}

/** A way through the list that holds on to its latest answer and, of those before, to the ids. */
class PassingUsers implements Pass {
  readonly #seen = new IdMap();
  readonly #passEnd = new PassEnd();
  elements: readonly Json[] = [];
  total: number | undefined;
  cursor: string | undefined;
  end: ListEnd | undefined;

  leadsOn(info: PageInfo): boolean {
    return this.#passEnd.leadsOn(info);
  }

  take(answer: UsersAnswer): void {
    this.elements = answer.data.filter((one) => !isUser(one) || this.#seen.add(one.id, 0));
    this.total = answer.totalCount ?? this.total;
    this.end = this.#passEnd.after(answer, this.elements.length);
    this.cursor = answer.endCursor;
  }
}
