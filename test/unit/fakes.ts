import assert from 'node:assert/strict';
import type { UserRecord, UsersAnswer, UsersQuery } from '../../src/api/luminary.ts';
import type { PageInfo } from '../../src/api/pageInfo.ts';
import { ServiceError, isServiceError } from '../../src/http/errors.ts';
import type { ErrorReason } from '../../src/http/errors.ts';
import type { Json } from '../../src/http/json.ts';
import type { HttpRequest, HttpResponse, Transport } from '../../src/http/transport.ts';

/** Lets everything that waits for nothing but promises go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** So many microtasks. */
export async function microtasks(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await Promise.resolve();
}

/** Whether a promise is still open after everything else has gone on. */
export async function isOpen(promise: Promise<unknown>): Promise<boolean> {
  const open = Symbol('open');
  await settle();
  return (await Promise.race([promise, Promise.resolve(open)])) === open;
}

/** A {@link ServiceError} with a reason, for `assert.rejects` and `assert.throws`. */
export function because(
  reason: ErrorReason,
  more: { readonly status?: number; readonly detail?: string } = {},
): (error: unknown) => boolean {
  return (error) => {
    assert.ok(isServiceError(error), String(error));
    assert.deepEqual({ reason: error.reason, ...pick(error, more) }, { reason, ...more });
    return true;
  };
}

function pick(error: ServiceError, like: object): object {
  return Object.fromEntries(
    Object.keys(like).map((key) => [key, (error as unknown as Record<string, unknown>)[key]]),
  );
}

/** A failure as a model's client throws it. */
export function failure(reason: ErrorReason = 'serverError'): ServiceError {
  return new ServiceError(reason);
}

/** A response as a transport gives it; what is no text goes as JSON. */
export function response(
  status: number,
  body: unknown = '',
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    status,
    headers: {
      ...(typeof body !== 'string' && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: new TextEncoder().encode(text),
  };
}

/** A transport that answers one request after the other from a list, or by a function. */
export class FakeTransport implements Transport {
  readonly requests: HttpRequest[] = [];
  readonly #answers: (request: HttpRequest, number: number) => HttpResponse | Promise<HttpResponse>;

  constructor(
    answers:
      | readonly (HttpResponse | Error)[]
      | ((request: HttpRequest, number: number) => HttpResponse | Promise<HttpResponse>),
  ) {
    this.#answers =
      typeof answers === 'function'
        ? answers
        : (_, number) => {
            const answer = answers[number - 1];
            assert.ok(answer !== undefined, `no answer to request ${number}`);
            if (answer instanceof Error) throw answer;
            return answer;
          };
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    request.signal?.throwIfAborted();
    this.requests.push(request);
    return this.#answers(request, this.requests.length);
  }
}

/** Something that a test opens when it likes, and that an aborted signal ends. */
export class Gate<T> {
  readonly #waiting: { resolve: (value: T) => void; reject: (error: unknown) => void }[] = [];

  /** How many wait. */
  get size(): number {
    return this.#waiting.length;
  }

  /** Waits; the signal's reason ends it. */
  wait(signal?: AbortSignal): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      signal?.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
    });
  }

  /** Lets the one that has waited longest go on, and what follows from it. */
  async open(value: T): Promise<void> {
    (await this.#next()).resolve(value);
    await settle();
  }

  /** Lets the one that has waited longest fail. */
  async fail(error: unknown): Promise<void> {
    (await this.#next()).reject(error);
  }

  async #next() {
    await settle();
    const next = this.#waiting.shift();
    assert.ok(next !== undefined, 'nobody waits');
    return next;
  }
}

/** An invented user with a number. */
export function user(number: number, fields: Readonly<Record<string, Json>> = {}): UserRecord {
  return {
    id: `user_${String(number).padStart(26, '0')}`,
    email: `jane.doe${number}@example.com`,
    first_name: 'Jane',
    last_name: `Doe ${number}`,
    ...fields,
  };
}

/** The invented users from a number up to, but without, another. */
export function users(from: number, to: number): UserRecord[] {
  return Array.from({ length: to - from }, (_, offset) => user(from + offset));
}

/** What a client gives for one request of the user list. */
export function answer(
  data: readonly Json[],
  next: string | undefined,
  more: Partial<UsersAnswer> = {},
): UsersAnswer {
  return {
    data,
    hasNextPage: next !== undefined,
    hasPreviousPage: false,
    startCursor: undefined,
    endCursor: next,
    totalCount: undefined,
    ...more,
  };
}

/** A tenant's users in memory, with cursors that count from the front; everything can be changed. */
export class FakeUsers {
  all: readonly Json[];
  /** What it says of the number of users; the right one unless told. */
  total: (() => number | undefined) | undefined;
  /** The most that one answer holds, whatever is asked for. */
  largest = Infinity;
  /** Answers are held back here while it is set. */
  gate: Gate<UsersAnswer | undefined> | undefined;
  /** Thrown by the next requests, the first one first. */
  readonly failures: unknown[] = [];
  /** Whether it tells where an answer stands in the list before the answer has been read. */
  early = false;
  /** How many of the answers whose place was told turn out to be none when they are read. */
  broken = 0;
  readonly queries: UsersQuery[] = [];
  /** How many requests were under way at the same time at most. */
  mostAtOnce = 0;
  #underWay = 0;

  constructor(all: number | readonly Json[]) {
    this.all = typeof all === 'number' ? users(0, all) : all;
  }

  async users(
    query: UsersQuery,
    signal?: AbortSignal,
    arrived?: (info: PageInfo) => void,
  ): Promise<UsersAnswer> {
    const answered = await this.#answered(query, signal);
    if (!this.early || arrived === undefined) return answered;
    arrived(answered);
    await settle();
    if (this.broken-- > 0) throw failure('unexpectedAnswer');
    return answered;
  }

  async #answered(query: UsersQuery, signal?: AbortSignal): Promise<UsersAnswer> {
    signal?.throwIfAborted();
    this.queries.push(query);
    this.#underWay++;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay);
    try {
      const given = await (this.gate?.wait(signal) ?? Promise.resolve(undefined));
      signal?.throwIfAborted();
      if (this.failures.length > 0) throw this.failures.shift();
      return given ?? this.answerTo(query);
    } finally {
      this.#underWay--;
    }
  }

  /** The right answer. */
  answerTo({ after, limit = 50 }: UsersQuery): UsersAnswer {
    const from = after === undefined ? 0 : Number(after);
    const to = Math.min(from + Math.min(limit, this.largest), this.all.length);
    return answer(this.all.slice(from, to), to < this.all.length ? String(to) : undefined, {
      totalCount: this.total === undefined ? this.all.length : this.total(),
    });
  }

  /** The limits that were asked for so far. */
  get limits(): readonly (number | undefined)[] {
    return this.queries.map(({ limit }) => limit);
  }
}
