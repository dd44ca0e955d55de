import pLimit from 'p-limit';
import type { LuminaryClient, UserRecord } from '../api/luminary.ts';
import { isServiceError } from '../http/errors.ts';
import { SingleFlight } from '../http/singleFlight.ts';

/** How many requests are under way at once. */
const AT_ONCE = 4;

/** How long it is remembered that nobody has an id, in ms. */
const ABSENT_FOR = 10 * 60_000;

/** How long it is remembered that a request failed, in ms. */
const FAILED_FOR = 30_000;

/** How many ids are remembered; of more, those that were asked for first are forgotten. */
const REMEMBERED = 10_000;

/**
 * Tells who has an id, for those who ask about many ids and about the same ones again: each is
 * asked for once, however many ask, and what came of it is remembered. Nothing is drawn in the tree.
 */
export class UserDirectory {
  readonly #client: Pick<LuminaryClient, 'user'>;
  readonly #loaded: (id: string) => UserRecord | undefined;
  readonly #now: () => number;
  readonly #answers = new Map<string, Answer>();
  readonly #flights = new Map<string, SingleFlight<Answer>>();
  readonly #limit = pLimit(AT_ONCE);

  /** @param loaded gives the user with an id without asking, if it is known otherwise */
  constructor(
    client: Pick<LuminaryClient, 'user'>,
    loaded: (id: string) => UserRecord | undefined,
    now: () => number = Date.now,
  ) {
    this.#client = client;
    this.#loaded = loaded;
    this.#now = now;
  }

  /** What is known of an id without asking: its user, null if nobody has it, else undefined. */
  known(id: string): UserRecord | null | undefined {
    const loaded = this.#loaded(id);
    if (loaded !== undefined) return loaded;
    const answer = this.#answer(id);
    if (answer?.kind === 'found') return answer.user;
    return answer?.kind === 'absent' ? null : undefined;
  }

  /**
   * The user with an id, asked for if need be; undefined if nobody has it.
   *
   * @throws {@link ServiceError}, the same for some time; or the signal's reason
   */
  async find(id: string, signal?: AbortSignal): Promise<UserRecord | undefined> {
    signal?.throwIfAborted();
    const loaded = this.#loaded(id);
    if (loaded !== undefined) return loaded;
    const answer = this.#answer(id) ?? (await this.#ask(id, signal));
    if (answer.kind === 'failed') throw answer.error as Error;
    return answer.kind === 'found' ? answer.user : undefined;
  }

  /** Forgets what was remembered, as is right where everything is to be read again. */
  forget(): void {
    this.#answers.clear();
  }

  /** Asks, once for all who want to know at the same time. */
  async #ask(id: string, signal: AbortSignal | undefined): Promise<Answer> {
    const flight = this.#flights.get(id) ?? new SingleFlight<Answer>();
    this.#flights.set(id, flight);
    try {
      return await flight.run(async (shared) => {
        const answer = await this.#limit(() => this.#answerTo(id, shared));
        this.#remember(id, answer);
        return answer;
      }, signal);
    } finally {
      if (!flight.running) this.#flights.delete(id);
    }
  }

  async #answerTo(id: string, signal: AbortSignal): Promise<Answer> {
    try {
      return { kind: 'found', user: await this.#client.user(id, signal) };
    } catch (error) {
      if (!isServiceError(error)) throw error;
      return error.reason === 'notFound'
        ? { kind: 'absent', until: this.#now() + ABSENT_FOR }
        : { kind: 'failed', until: this.#now() + FAILED_FOR, error };
    }
  }

  #remember(id: string, answer: Answer): void {
    this.#answers.delete(id);
    this.#answers.set(id, answer);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > REMEMBERED && oldest !== undefined) this.#answers.delete(oldest);
  }

  #answer(id: string): Answer | undefined {
    const answer = this.#answers.get(id);
    return answer === undefined || answer.kind === 'found' || answer.until > this.#now()
      ? answer
      : undefined;
  }
}

type Answer =
  | { readonly kind: 'found'; readonly user: UserRecord }
  | { readonly kind: 'absent'; readonly until: number }
  | { readonly kind: 'failed'; readonly until: number; readonly error: unknown };
