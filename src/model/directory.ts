import pLimit from 'p-limit';
import type { LuminaryClient, UserRecord } from '../api/luminary.ts';
import { isServiceError } from '../http/errors.ts';
import { SingleFlight, abortable } from '../http/singleFlight.ts';

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
  readonly #changed: (id: string) => void;
  readonly #answers = new Map<string, Answer>();
  readonly #flights = new Map<string, SingleFlight<Answer>>();
  /** Whose requests are under way, and don't wait for their turn. */
  readonly #begun = new Set<string>();
  readonly #limit = pLimit(AT_ONCE);

  /**
   * @param loaded gives the user with an id without asking, if it is known otherwise
   * @param changed hears of each id whose {@link state} is another
   */
  constructor(
    client: Pick<LuminaryClient, 'user'>,
    loaded: (id: string) => UserRecord | undefined,
    changed: (id: string) => void,
    now: () => number = Date.now,
  ) {
    this.#client = client;
    this.#loaded = loaded;
    this.#now = now;
    this.#changed = changed;
  }

  /** What is known of an id without asking: its user, null if nobody has it, else undefined. */
  known(id: string): UserRecord | null | undefined {
    const loaded = this.#loaded(id);
    if (loaded !== undefined) return loaded;
    const answer = this.#answer(id);
    if (answer?.kind === 'found') return answer.user;
    return answer?.kind === 'absent' ? null : undefined;
  }

  /** How it stands with an id: what came of the latest request, however long ago that was. */
  state(id: string): IdState {
    const loaded = this.#loaded(id);
    if (loaded !== undefined) return { kind: 'found', user: loaded };
    const answer = this.#answers.get(id);
    if (answer?.kind === 'found') return answer;
    if (answer?.kind === 'failed' && answer.before !== undefined) {
      return { kind: 'found', user: answer.before, error: answer.error };
    }
    return this.#flights.has(id) ? { kind: 'asking' } : (answer ?? { kind: 'unknown' });
  }

  /**
   * Asks for an id that isn't loaded, whatever was remembered of it. How it went is in
   * {@link state}.
   *
   * @throws the signal's reason, and what no service is to blame for
   */
  async renew(id: string, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#loaded(id) === undefined) await this.#ask(id, signal);
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

  /**
   * As {@link find}, for those who come and go: a request that is under way goes on when they leave,
   * and what comes of it is remembered, so that nobody makes a second one. One whose turn has not
   * come is not made.
   */
  async findOnce(id: string, signal: AbortSignal): Promise<UserRecord | undefined> {
    signal.throwIfAborted();
    const leave = new AbortController();
    const left = () => {
      if (!this.#begun.has(id)) leave.abort(signal.reason);
    };
    signal.addEventListener('abort', left, { once: true });
    const finding = this.find(id, leave.signal).finally(() => {
      signal.removeEventListener('abort', left);
    });
    return abortable(finding, signal);
  }

  /**
   * Asks anew for whatever is asked for from now on; until then, {@link state} stays, but for a
   * failure: it is as if nobody had asked.
   */
  forget(): void {
    for (const [id, answer] of this.#answers) {
      if (answer.kind !== 'failed') this.#answers.set(id, { ...answer, until: 0 });
      else if (answer.before === undefined) this.#answers.delete(id);
      else this.#answers.set(id, { kind: 'found', until: 0, user: answer.before });
    }
  }

  /** Asks, once for all who want to know at the same time. */
  async #ask(id: string, signal: AbortSignal | undefined): Promise<Answer> {
    const flight = this.#flights.get(id) ?? new SingleFlight<Answer>();
    const begins = !flight.running;
    this.#flights.set(id, flight);
    try {
      const answer = flight.run(async (shared) => {
        const given = await this.#limit(() => this.#answerTo(id, shared));
        this.#remember(id, given);
        return given;
      }, signal);
      if (begins) this.#changed(id);
      return await answer;
    } catch (error) {
      if (!flight.running) this.#remember(id, this.#undelivered(id, error, signal));
      throw error;
    } finally {
      if (!flight.running && this.#flights.get(id) === flight) {
        this.#flights.delete(id);
        this.#changed(id);
      }
    }
  }

  async #answerTo(id: string, signal: AbortSignal): Promise<Answer> {
    this.#begun.add(id);
    try {
      return { kind: 'found', until: Infinity, user: await this.#client.user(id, signal) };
    } catch (error) {
      if (!isServiceError(error)) throw error;
      return error.reason === 'notFound'
        ? { kind: 'absent', until: this.#now() + ABSENT_FOR }
        : { kind: 'failed', until: this.#now() + FAILED_FOR, error };
    } finally {
      this.#begun.delete(id);
    }
  }

  /** What was found stays what is shown where it can't be read again. */
  #remember(id: string, answer: Answer): void {
    const before = userOf(this.#answers.get(id));
    this.#answers.delete(id);
    this.#answers.set(
      id,
      answer.kind === 'failed' && before !== undefined ? { ...answer, before } : answer,
    );
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > REMEMBERED && oldest !== undefined) this.#answers.delete(oldest);
  }

  /** What is remembered where no answer came. What was known before stands, where it was left. */
  #undelivered(id: string, error: unknown, signal: AbortSignal | undefined): Answer {
    if (signal?.aborted !== true) return { kind: 'failed', until: 0, error };
    const user = userOf(this.#answers.get(id));
    return user === undefined
      ? { kind: 'cancelled', until: 0 }
      : { kind: 'found', until: Infinity, user };
  }

  #answer(id: string): Answer | undefined {
    const answer = this.#answers.get(id);
    return answer !== undefined && answer.until > this.#now() ? answer : undefined;
  }
}

function userOf(answer: Answer | undefined): UserRecord | undefined {
  if (answer?.kind === 'found') return answer.user;
  return answer?.kind === 'failed' ? answer.before : undefined;
}

/** How it stands with an id. */
export type IdState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'asking' }
  /** With why the user could not be read again, if that was tried and failed. */
  | { readonly kind: 'found'; readonly user: UserRecord; readonly error?: unknown }
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'cancelled' };

/** What came of a request. */
type Answer = (
  | { readonly kind: 'found'; readonly user: UserRecord }
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly error: unknown; readonly before?: UserRecord }
  | { readonly kind: 'cancelled' }
) & {
  /** From when on the id is asked for again by whoever wants to know, in ms since the epoch. */
  readonly until: number;
};
