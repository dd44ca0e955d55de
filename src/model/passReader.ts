import { MAX_LIMIT } from '../api/luminary.ts';
import type { LuminaryClient, UsersAnswer } from '../api/luminary.ts';
import type { PageInfo } from '../api/pageInfo.ts';
import { requestsLeave } from '../http/leave.ts';
import { abortable } from '../http/singleFlight.ts';
import type { ListEnd } from './passEnd.ts';

/** One way through a list of users, as far as it is to be read on. */
export interface Pass {
  /** The cursor to ask with next; undefined before the first answer. */
  readonly cursor: string | undefined;
  /** Why the list goes no further; undefined while it does. */
  readonly end: ListEnd | undefined;
  /** Whether an answer that has not been taken yet has a cursor that leads on. */
  leadsOn(info: PageInfo): boolean;
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
    const asked = this.#ahead ?? ask(this.#client, this.pass.cursor, missing());
    this.#ahead = undefined;
    asked.arrived = (info) => {
      this.#askAhead(info, missing() - asked.limit);
    };
    const answer = await this.#heard(asked, signal);
    this.#arrived = { answer, limit: asked.limit };
    if (this.#askAhead(answer, missing() - answer.data.length)) await requestsLeave();
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

  /** The answer, unless the signal ends the request. */
  async #heard(asked: Asked, signal: AbortSignal): Promise<UsersAnswer> {
    try {
      return await abortable(asked.answer, signal);
    } catch (error) {
      asked.stop.abort();
      this.stop();
      throw error;
    } finally {
      asked.arrived = undefined;
    }
  }

  /** Asks for what follows an answer, if so many elements are wanted of it; whether it does now. */
  #askAhead(info: PageInfo, wanted: number): boolean {
    if (this.#ahead !== undefined || wanted <= 0 || !this.pass.leadsOn(info)) return false;
    this.#ahead = ask(this.#client, info.endCursor, wanted);
    return true;
  }
}

/** A request that has been sent and may be ended. */
interface Asked {
  readonly limit: number;
  readonly stop: AbortController;
  readonly answer: Promise<UsersAnswer>;
  /** Hears that the answer has come and is about to be read. */
  arrived: ((info: PageInfo) => void) | undefined;
}

function ask(
  client: Pick<LuminaryClient, 'users'>,
  after: string | undefined,
  wanted: number,
): Asked {
  const stop = new AbortController();
  const limit = Math.min(Math.max(wanted, 1), MAX_LIMIT);
  const answer = client.users({ after, limit }, stop.signal, (info) => asked.arrived?.(info));
  answer.catch(() => undefined); // Whoever waits for it hears of it; it may be that nobody does.
  const asked: Asked = { limit, stop, answer, arrived: undefined };
  return asked;
}
