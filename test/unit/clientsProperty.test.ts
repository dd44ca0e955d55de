import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { LumaClient } from '../../src/api/luma.ts';
import type { LumaEntry } from '../../src/api/luma.ts';
import { LuminaryClient, isUser } from '../../src/api/luminary.ts';
import type { UsersAnswer } from '../../src/api/luminary.ts';
import { jsonOf } from '../../src/http/answer.ts';
import { isServiceError } from '../../src/http/errors.ts';
import type { Json } from '../../src/http/json.ts';
import { isJsonObject } from '../../src/http/json.ts';
import { ClientCredentialsTokens, FixedToken } from '../../src/http/oauth.ts';
import { RetryingTransport } from '../../src/http/retry.ts';
import type { HttpRequest, HttpResponse, Transport } from '../../src/http/transport.ts';
import { response, users } from './fakes.ts';
import { justBeforeNearby, moveOf } from './misbehaving.ts';
import type { Move } from './misbehaving.ts';

const lumaToken = 'user:10001-a/b+c=%41_ef~gh';
const clientSecret = 's3cr3t/with+every=kind&of "sign"';
const issuedToken = 'issued-0000/1111+2222==';

const rightAccounts: Json = {
  'jane.doe@example.com': {
    account: 'jane',
    email: 'jane.doe@example.com',
    concurrency: 4,
    executing: 1,
    luma_session_expires: '2026-05-27 02:20:34 UTC',
    session: 'wos-1…9',
  },
  '7': { email: 'john.doe@example.com', credits: [{ luma_session: 'Fe26…' }] },
};
const rightAccount: Json = {
  email: 'jane.doe@example.com',
  sessionValid: true,
  credits: { usage: 1, limit: 2 },
  luma_session: 'Fe26…',
  session: { id: 'wos-1…9' },
};
const rightUsers: Json = {
  data: users(0, 3),
  page_info: { has_next_page: true, has_previous_page: false, start_cursor: 'a', end_cursor: 'b' },
  total_count: 17,
};
const [rightUser = {}] = users(0, 1);
const rightGrant: Json = { access_token: issuedToken, token_type: 'Bearer', expires_in: 3600 };

/** Does one move after the other, over and over, and notes what it was asked and what it did. */
class Misbehaving implements Transport {
  readonly exchanges: { readonly request: HttpRequest; readonly move: Move }[] = [];
  readonly #moves: readonly Move[];
  readonly #grants: readonly Move[];
  readonly #stop: { readonly at: number; readonly controller: AbortController } | undefined;

  constructor(
    moves: readonly Move[],
    grants: readonly Move[] = [],
    stop?: { readonly at: number; readonly controller: AbortController },
  ) {
    this.#moves = moves;
    this.#grants = grants;
    this.#stop = stop;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- a failure must be a rejection
  async send(request: HttpRequest): Promise<HttpResponse> {
    request.signal?.throwIfAborted();
    const moves = request.method === 'POST' ? this.#grants : this.#moves;
    const before = this.exchanges.filter((e) => e.request.method === request.method).length;
    const move = moves[before % moves.length];
    assert.ok(move !== undefined);
    this.exchanges.push({ request, move });
    if (this.exchanges.length === this.#stop?.at) this.#stop.controller.abort();
    request.signal?.throwIfAborted();
    if (move.kind === 'failure') throw move.error;
    return move.response;
  }

  /** What came last of the service itself, if something came. */
  get last(): HttpResponse {
    const move = this.exchanges.at(-1)?.move;
    assert.ok(move?.kind === 'answer');
    return move.response;
  }
}

const passing = [408, 429, 500, 502, 503, 504];
const passingReasons = ['unreachable', 'proxyUnreachable', 'connectionLost'];

function isPassing(move: Move): boolean {
  if (move.kind === 'answer') return passing.includes(move.response.status);
  const { reason, status } = move.error;
  if (reason === 'proxyRefused') return passing.includes(status ?? 0);
  return passingReasons.includes(reason);
}

/** Nothing is sent more than three times, and nothing again that time won't mend. */
function checkAttempts({ exchanges }: Misbehaving): void {
  for (const [index, { request }] of exchanges.entries()) {
    const attempt = request.attempt ?? 0;
    assert.ok(attempt >= 1 && attempt <= 3, `attempt ${attempt}`);
    const before = exchanges[index - 1];
    if (attempt === 1 || before === undefined) {
      assert.equal(attempt, 1);
      continue;
    }
    assert.equal(before.request.attempt, attempt - 1);
    assert.equal(before.request.url, request.url);
    assert.ok(isPassing(before.move), inspect(before.move));
  }
}

/** A failure has a reason, or the signal's, and nothing in it of the secrets that were sent. */
function checkError(error: unknown, { exchanges }: Misbehaving, signal: AbortSignal): void {
  if (signal.aborted) assert.equal(error, signal.reason);
  else assert.ok(isServiceError(error), inspect(error));
  const told = inspect(error, { depth: null, showHidden: true }) + JSON.stringify(error);
  const sent = exchanges.flatMap(({ request: { headers, body } }) => [
    ...(headers['authorization'] === undefined ? [] : [headers['authorization'].slice(7)]),
    ...(body === undefined ? [] : [clientSecret]),
  ]);
  // What the server made up for a token may be a letter, and stand anywhere.
  const secrets = new Set(sent.filter((secret) => secret.length > 20));
  for (const secret of [...secrets].flatMap((s) => [s, encodeURIComponent(s)])) {
    for (const part of [secret.slice(0, 12), secret.slice(-12)]) {
      assert.ok(!told.includes(part), `${part} in ${told}`);
    }
  }
}

function checkNoSession(value: Json): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    assert.ok(key !== 'session' && key !== 'luma_session', inspect(value));
    if (inner !== undefined) checkNoSession(inner);
  }
}

/** Asks once, with everything that may go wrong; `check` is given what came of it. */
async function ask<T>(
  server: Misbehaving,
  controller: AbortController,
  question: (transport: Transport, signal: AbortSignal) => Promise<T>,
  check: (value: T) => void,
): Promise<void> {
  const transport = new RetryingTransport(server, { backOff: 0, now: justBeforeNearby });
  let value: T;
  try {
    value = await question(transport, controller.signal);
  } catch (error) {
    checkAttempts(server);
    checkError(error, server, controller.signal);
    return;
  }
  checkAttempts(server);
  check(value);
}

function moves(right: Json, secrets: readonly string[]): fc.Arbitrary<Move[]> {
  return fc.array(moveOf(right, secrets), { minLength: 1, maxLength: 6 });
}

const stopAt = fc.option(fc.integer({ min: 1, max: 8 }), { nil: -1 });

function lumaClient(transport: Transport): LumaClient {
  return new LumaClient(transport, 'https://api.useapi.net/v1/luma', new FixedToken(lumaToken));
}

function luminaryClient(transport: Transport): LuminaryClient {
  const tokenUrl = 'https://auth.withluminary.com/oauth2/token';
  const credentials = { tokenUrl, clientId: 'acme', clientSecret };
  const tokens = new ClientCredentialsTokens(transport, credentials);
  return new LuminaryClient(transport, 'https://acme.withluminary.com/api/public/v1', tokens);
}

/** A property of one question to Luma. */
async function lumaHolds<T>(
  right: Json,
  question: (client: LumaClient, signal: AbortSignal) => Promise<T>,
  check: (value: T, last: HttpResponse) => void,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(moves(right, [lumaToken]), stopAt, async (moves, at) => {
      const controller = new AbortController();
      const server = new Misbehaving(moves, [], { at, controller });
      const asked = (transport: Transport, signal: AbortSignal) =>
        question(lumaClient(transport), signal);
      await ask(server, controller, asked, (value) => {
        check(value, server.last);
      });
    }),
    { numRuns: 300 },
  );
}

/** A property of one question to Luminary, its sign-in included. */
async function luminaryHolds<T>(
  right: Json,
  question: (client: LuminaryClient, signal: AbortSignal) => Promise<T>,
  check: (value: T, last: HttpResponse) => void,
): Promise<void> {
  const secrets = [clientSecret, issuedToken];
  const grants = fc.oneof(
    fc.constant([{ kind: 'answer', response: response(200, rightGrant) } satisfies Move]),
    moves(rightGrant, secrets),
  );
  await fc.assert(
    fc.asyncProperty(moves(right, secrets), grants, stopAt, async (moves, grants, at) => {
      const controller = new AbortController();
      const server = new Misbehaving(moves, grants, { at, controller });
      const asked = (transport: Transport, signal: AbortSignal) =>
        question(luminaryClient(transport), signal);
      await ask(server, controller, asked, (value) => {
        check(value, server.last);
      });
    }),
    { numRuns: 300 },
  );
}

describe('Both clients, whatever the server does', () => {
  it('accounts are what the service sent without its sessions, or there is a reason', async () => {
    await lumaHolds(
      rightAccounts,
      (client, signal) => client.accounts(signal),
      (entries: LumaEntry[], last) => {
        if (last.status === 404) {
          assert.deepEqual([entries, last.body.byteLength], [[], 0]);
          return;
        }
        const sent = jsonOf(last, []);
        assert.ok(isJsonObject(sent));
        const keys = entries.map(({ key }) => key);
        assert.deepEqual(
          keys,
          Object.keys(sent).filter((key) => !/^(luma_)?session$/.test(key) || keys.includes(key)),
        );
        for (const { key, record } of entries) {
          assert.ok(!/^(luma_)?session$/.test(key) || isJsonObject(record));
          checkNoSession(record);
        }
        assert.ok(entries.length === 0 || entries.some(({ record }) => isJsonObject(record)));
      },
    );
  });

  it('an account is an object without its session, or there is a reason', async () => {
    await lumaHolds(
      rightAccount,
      (client, signal) => client.account('jane.doe@example.com', signal),
      (record) => {
        assert.ok(isJsonObject(record));
        checkNoSession(record);
      },
    );
  });

  it('users are what the service sent, or there is a reason', async () => {
    await luminaryHolds(
      rightUsers,
      (client, signal) => client.users({ limit: 3 }, signal),
      (answer: UsersAnswer, last) => {
        const sent = jsonOf(last, []);
        assert.ok(isJsonObject(sent));
        assert.deepEqual(answer.data, sent['data']);
        assert.equal(typeof answer.hasNextPage, 'boolean');
        assert.equal(typeof answer.hasPreviousPage, 'boolean');
        for (const cursor of [answer.startCursor, answer.endCursor]) {
          assert.ok(cursor === undefined || (typeof cursor === 'string' && cursor !== ''));
        }
        const { totalCount = 0 } = answer;
        assert.ok(Number.isSafeInteger(totalCount) && totalCount >= 0, String(totalCount));
      },
    );
  });

  it('a user is a record with an id as the service sent it, or there is a reason', async () => {
    await luminaryHolds(
      rightUser,
      (client, signal) => client.user('user_1', signal),
      (record, last) => {
        assert.ok(isUser(record));
        assert.deepEqual(record, jsonOf(last, []));
      },
    );
  });

  it('up to two passing failures each are made good', async () => {
    const failure = fc
      .tuple(moveOf(rightUsers, [issuedToken]), fc.constantFrom(...passing))
      .map(([move, status]): Move => {
        if (move.kind === 'failure') return isPassing(move) ? move : broken;
        const headers = { 'content-type': 'application/json' };
        return { kind: 'answer', response: { ...move.response, headers, status } };
      })
      .filter((move) => move.kind === 'failure' || !text(move.response).includes('retryAfter'));
    const failures = fc.array(failure, { maxLength: 2 });
    const then = (before: readonly Move[], right: Json): Move[] => [
      ...before,
      { kind: 'answer', response: response(200, right) },
    ];
    await fc.assert(
      fc.asyncProperty(failures, failures, async (before, beforeGrant) => {
        const luma = new Misbehaving(then(before, rightAccounts));
        const once = new RetryingTransport(luma, { backOff: 0 });
        const entries = await lumaClient(once).accounts();
        assert.deepEqual(
          entries.map(({ key }) => key),
          ['7', 'jane.doe@example.com'],
        );
        const luminary = new Misbehaving(then(before, rightUsers), then(beforeGrant, rightGrant));
        const transport = new RetryingTransport(luminary, { backOff: 0 });
        const { data, endCursor } = await luminaryClient(transport).users({});
        assert.deepEqual([data, endCursor], [users(0, 3), 'b']);
        assert.equal(luminary.exchanges.length, before.length + beforeGrant.length + 2);
      }),
      { numRuns: 150 },
    );
  });
});

const broken: Move = { kind: 'answer', response: response(503) };

function text({ body }: HttpResponse): string {
  return new TextDecoder().decode(body);
}
