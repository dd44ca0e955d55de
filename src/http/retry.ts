import { setTimeout as delay } from 'node:timers/promises';
import { isServiceError } from './errors.ts';
import type { ErrorReason, ServiceError } from './errors.ts';
import { retryAt } from './retryAfter.ts';
import type { HttpRequest, HttpResponse, Transport } from './transport.ts';

/** How {@link RetryingTransport} waits. All have defaults; tests set them. */
export interface RetryOptions {
  /** The longest wait in ms before the first repetition; it doubles with each. */
  readonly backOff?: number;
  readonly random?: () => number;
  readonly now?: () => number;
}

const MAX_ATTEMPTS = 3;
const LONGEST_WAIT = 30_000;
const passingStatus: ReadonlySet<number | undefined> = new Set([408, 429, 500, 502, 503, 504]);
const passingReason: ReadonlySet<ErrorReason> = new Set([
  'unreachable',
  'proxyUnreachable',
  'connectionLost',
]);

/**
 * Repeats, at most twice, what failed in a passing manner: a lost or refused connection, 408, 429,
 * 500, 502, 503 and 504, after a random wait (full jitter) or the one that the service asks for.
 * A service that asks for more than 30 s is not waited for. Every request of this product only
 * reads, so each may be repeated.
 */
export class RetryingTransport implements Transport {
  readonly #inner: Transport;
  readonly #backOff: number;
  readonly #random: () => number;
  readonly #now: () => number;

  constructor(inner: Transport, options: RetryOptions = {}) {
    this.#inner = inner;
    this.#backOff = options.backOff ?? 500;
    this.#random = options.random ?? Math.random;
    this.#now = options.now ?? Date.now;
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#try({ ...request, attempt });
      const wait = attempt < MAX_ATTEMPTS ? this.#waitAfter(outcome, attempt) : undefined;
      if (wait === undefined) {
        if ('error' in outcome) throw outcome.error;
        return outcome.response;
      }
      await pause(wait, request.signal);
    }
  }

  async #try(request: HttpRequest): Promise<Outcome> {
    try {
      return { response: await this.#inner.send(request) };
    } catch (error) {
      if (isServiceError(error) && isPassing(error)) return { error };
      throw error;
    }
  }

  /** The time in ms to wait before the next attempt, or undefined where none would help. */
  #waitAfter(outcome: Outcome, attempt: number): number | undefined {
    if ('response' in outcome) {
      if (!passingStatus.has(outcome.response.status)) return undefined;
      const now = this.#now();
      const at = retryAt(outcome.response, now);
      if (at !== undefined) return at - now <= LONGEST_WAIT ? at - now : undefined;
    }
    return this.#random() * this.#backOff * 2 ** (attempt - 1);
  }
}

/** A proxy that can't reach a service at the moment says so with a status of its own. */
function isPassing({ reason, status }: ServiceError): boolean {
  if (reason === 'proxyRefused') return passingStatus.has(status);
  return passingReason.has(reason);
}

type Outcome = { readonly response: HttpResponse } | { readonly error: Error };

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  // It fails when the signal is aborted, and not with the signal's reason.
  await delay(ms, undefined, { signal }).catch(() => undefined);
  signal?.throwIfAborted();
}
