import type { LuminaryClient, UserRecord } from '../api/luminary.ts';
import { isServiceError } from '../http/errors.ts';

/** Users of a tenant that were asked for one by one, by their ids. */
export class LookedUp {
  readonly #client: Pick<LuminaryClient, 'user'>;
  readonly #changed: () => void;
  readonly #users = new Map<string, UserRecord>();
  #refreshError: unknown;

  constructor(client: Pick<LuminaryClient, 'user'>, changed: () => void) {
    this.#client = client;
    this.#changed = changed;
  }

  /** In the order in which they were first asked for. */
  get users(): readonly UserRecord[] {
    return [...this.#users.values()];
  }

  /** The user with an id, if it was asked for. */
  get(id: string): UserRecord | undefined {
    return this.#users.get(id);
  }

  /** Adds a user that was asked for elsewhere. */
  add(user: UserRecord): void {
    if (this.#users.get(user.id) === user) return;
    this.#users.set(user.id, user);
    this.#changed();
  }

  /**
   * Asks for one user.
   *
   * @throws {@link ServiceError}, `notFound` if there is none with this id; or the signal's reason
   */
  async find(id: string, signal?: AbortSignal): Promise<UserRecord> {
    const user = await this.#client.user(id, signal);
    signal?.throwIfAborted();
    this.add(user);
    return user;
  }

  /** Why the latest refresh failed; what was found before it still stands. */
  get refreshError(): unknown {
    return this.#refreshError;
  }

  /**
   * Asks again for each; one that is gone is dropped. Why that failed is in {@link refreshError}.
   *
   * @throws the signal's reason, and what no service is to blame for
   */
  async refresh(signal?: AbortSignal): Promise<void> {
    if (this.#users.size === 0) return;
    try {
      for (const id of [...this.#users.keys()]) await this.#renew(id, signal);
      this.#refreshError = undefined;
    } catch (error) {
      signal?.throwIfAborted();
      this.#refreshError = error;
      if (!isServiceError(error)) throw error;
    } finally {
      this.#changed();
    }
  }

  async #renew(id: string, signal: AbortSignal | undefined): Promise<void> {
    try {
      this.#users.set(id, await this.#client.user(id, signal));
    } catch (error) {
      if (!isServiceError(error) || error.reason !== 'notFound') throw error;
      this.#users.delete(id);
    }
  }
}
