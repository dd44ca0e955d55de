import { setImmediate as turn } from 'node:timers/promises';
import { MAX_LIMIT } from '../api/luminary.ts';
import type { LuminaryClient, UsersAnswer, UsersQuery } from '../api/luminary.ts';
import { abortable } from '../http/singleFlight.ts';
import type { ListEnd } from './passEnd.ts';

/** One way through a list of users, as far as it is to be read on. */
export interface Pass {
  /** The cursor to ask with next; undefined before the first answer. */
  readonly cursor: string | undefined;
  /** Why the list goes no further; undefined while it does. */
  readonly end: ListEnd | undefined;
  /** Whether an answer that has not been taken yet has a cursor that leads on. */
  leadsOn(answer: UsersAnswer): boolean;
  /** Takes the answer to a request with {@link cursor} and the given limit. */
  take(answer: UsersAnswer, limit: number): void;
}

/**
 * Reads a pass on. While more is wanted, the next request leaves as soon as the cursor for it has
 * come, before the answer that brought it is worked on. Never more than one is under way.
 */
export class PassReader<P extends Pass> {
  readonly pass: P;
  readonly #client: Pick<LuminaryClient, 'users'>;
  #ahead: Asked | undefined;
  #arrived: { readonly answer: UsersAnswer; readonly limit: number } | undefined;

  constructor(client: Pick<LuminaryClient, 'users'>, pass: P) {
    this.#client = client;
    this.pass = pass;
  }

  /**
   * Takes one more answer into the pass.
   *
   * @param missing how many elements are wanted beyond those that the pass has; asked again when
   * the answer has come
   * @throws {@link ServiceError}, or the signal's reason; the pass is as it was
   */
  async next(missing: () => number, signal: AbortSignal): Promise<void> {
    if (this.#takeArrived()) return;
    const asked = this.#ahead ?? this.#ask(this.pass.cursor, missing());
    this.#ahead = undefined;
    const answer = await heard(asked, signal);
    this.#arrived = { answer, limit: asked.limit };
    const rest = missing() - answer.data.length;
    if (rest > 0 && this.pass.leadsOn(answer)) {
      this.#ahead = this.#ask(answer.endCursor, rest);
      await turn(); // HTTP libraries write a request only after the caller has yielded.
    }
    this.#takeArrived();
  }

  /** Ends the request that was sent ahead, if there is one. */
  stop(): void {
    this.#ahead?.stop.abort();
    this.#ahead = undefined;
  }

  /** An answer that has come is kept, even if whoever waited for it leaves before it is worked on. */
  #takeArrived(): boolean {
    const arrived = this.#arrived;
    this.#arrived = undefined;
    if (arrived === undefined) return false;
    this.pass.take(arrived.answer, arrived.limit);
    if (this.pass.end !== undefined) this.stop();
    return true;
  }

  #ask(after: string | undefined, missing: number): Asked {
    const limit = Math.min(Math.max(missing, 1), MAX_LIMIT);
    return ask(this.#client, { after, limit });
  }
}

/** A request that has been sent and may be ended. */
interface Asked {
  readonly limit: number;
  readonly stop: AbortController;
  readonly answer: Promise<UsersAnswer>;
}

function ask(
  client: Pick<LuminaryClient, 'users'>,
  query: UsersQuery & { readonly limit: number },
): Asked {
  const stop = new AbortController();
  const answer = client.users(query, stop.signal);
  answer.catch(() => undefined); // Whoever waits for it hears of it; it may be that nobody does.
  return { limit: query.limit, stop, answer };
}

/** The answer, unless the signal ends the request. */
async function heard({ answer, stop }: Asked, signal: AbortSignal): Promise<UsersAnswer> {
  try {
    return await abortable(answer, signal);
  } catch (error) {
    stop.abort();
    throw error;
  }
}
