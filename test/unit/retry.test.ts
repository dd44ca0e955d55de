import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { ServiceError } from '../../src/http/errors.ts';
import type { ErrorReason } from '../../src/http/errors.ts';
import { RetryingTransport } from '../../src/http/retry.ts';
import type { RetryOptions } from '../../src/http/retry.ts';
import type { HttpRequest, HttpResponse } from '../../src/http/transport.ts';
import { errorBodies, statuses } from '../server/faults.ts';
import { retryAfterForms } from '../server/retryAfter.ts';
import { FakeTransport, isOpen, response, settle } from './fakes.ts';

const request: HttpRequest = {
  method: 'GET',
  url: 'https://acme.withluminary.com/api/public/v1/users',
  template: '/users',
  headers: { authorization: 'Bearer x' },
};

const ok = response(200, { ok: true });
const now = Date.UTC(2026, 4, 1, 12);
const passing = [408, 429, 500, 502, 503, 504];

/** What comes of these answers, without any wait. */
async function outcome(
  answers: readonly (HttpResponse | Error)[],
  options: RetryOptions = {},
): Promise<{ readonly inner: FakeTransport; readonly status: number | undefined }> {
  const inner = new FakeTransport(answers);
  const transport = new RetryingTransport(inner, { backOff: 0, now: () => now, ...options });
  try {
    return { inner, status: (await transport.send(request)).status };
  } catch (error) {
    assert.equal(error, answers[inner.requests.length - 1]);
    return { inner, status: undefined };
  }
}

describe('RetryingTransport', () => {
  for (const status of [...new Set([...statuses, 200, 204, 301, 302, 307, 401, 501, 505, 599])]) {
    const times = passing.includes(status) ? 3 : 1;
    it(`sends ${times === 1 ? 'once' : 'three times'} for ${status}`, async () => {
      const answers = [response(status), response(status), response(status)];
      const { inner, status: last } = await outcome(answers);
      assert.equal(last, status);
      assert.equal(inner.requests.length, times);
    });
  }

  it('takes the first answer that is no failure', async () => {
    for (const failures of [1, 2]) {
      const answers = [...Array<HttpResponse>(failures).fill(response(503)), ok];
      assert.deepEqual((await outcome(answers)).status, 200);
    }
  });

  it('counts the attempts', async () => {
    const { inner } = await outcome([response(503), new ServiceError('connectionLost'), ok]);
    assert.deepEqual(inner.requests, [
      { ...request, attempt: 1 },
      { ...request, attempt: 2 },
      { ...request, attempt: 3 },
    ]);
  });

  it('asks a proxy again that can’t reach the service at the moment', async () => {
    for (const [status, times] of [
      [403, 1],
      [407, 1],
      [502, 3],
      [503, 3],
      [504, 3],
    ] as const) {
      const errors = [1, 2, 3].map(() => new ServiceError('proxyRefused', { status }));
      assert.equal((await outcome(errors)).inner.requests.length, times, String(status));
    }
  });

  it('tells apart failures that pass and others', async () => {
    const reasons: Partial<Record<ErrorReason, number>> = {
      unreachable: 3,
      proxyUnreachable: 3,
      proxyUnauthorized: 1,
      proxyRefused: 1,
      proxyCertificate: 1,
      connectionLost: 3,
      timeout: 1,
      certificate: 1,
      tooLarge: 1,
      invalidAddress: 1,
      invalidCredential: 1,
      unexpectedAnswer: 1,
    };
    for (const [reason, times] of Object.entries(reasons) as [ErrorReason, number][]) {
      const errors = [1, 2, 3].map(() => new ServiceError(reason));
      assert.equal((await outcome(errors)).inner.requests.length, times, reason);
    }
  });

  it('passes on what is no ServiceError', async () => {
    const error = new TypeError('a mistake');
    assert.equal((await outcome([error])).inner.requests.length, 1);
  });

  it('does not look at bodies to decide', async () => {
    for (const body of Object.values(errorBodies)) {
      assert.equal((await outcome([response(596, body)])).inner.requests.length, 1);
      assert.equal((await outcome([response(500, body), ok])).status, 200);
    }
  });

  it('waits a random time, at most 500 ms and then 1 s unless told otherwise', async () => {
    for (const random of [0, 0.1]) {
      const waits = await waitsOf([response(500), response(500), ok], { random: () => random });
      const [first = -1, second = -1] = waits;
      assert.ok(first >= 500 * random - 2 && first < 500 * random + 100, String(first));
      assert.ok(second >= 1000 * random - 2 && second < 1000 * random + 100, String(second));
    }
    const short = { backOff: 20, random: () => 1 };
    const [first = 0, second = 0] = await waitsOf([response(500), response(500), ok], short);
    assert.ok(first >= 18 && second >= 38, `${first} ${second}`);
  });

  it('waits as long as the service asks for, not the random time', async () => {
    const answer = response(429, '', { 'retry-after': new Date(now).toUTCString() });
    const [wait = 0] = await waitsOf([answer, ok], {
      now: () => now - 100,
      backOff: 2000,
      random: () => 1,
    });
    assert.ok(wait >= 98 && wait < 600, String(wait));
  });

  it('does not wait for more than 30 s', async () => {
    for (const header of ['31', '2592000', new Date(now + 2592e6).toUTCString(), '3600']) {
      const answer = response(429, '', { 'retry-after': header });
      const { inner, status } = await outcome([answer]);
      assert.equal(status, 429);
      assert.equal(inner.requests.length, 1, header);
    }
  });

  it('waits for 30 s', async () => {
    const stop = new AbortController();
    const inner = new FakeTransport([response(429, '', { 'retry-after': '30' })]);
    const transport = new RetryingTransport(inner, { now: () => now });
    const sent = transport.send({ ...request, signal: stop.signal });
    assert.ok(await isOpen(sent));
    stop.abort();
    await assert.rejects(sent, { name: 'AbortError' });
  });

  it('takes the random time where the service asks for nothing sensible', async () => {
    const { zero, negative, past, garbage, fraction, endless } = retryAfterForms(now);
    for (const header of [zero, negative, past, garbage, fraction, endless, '']) {
      const answer = response(503, '', { 'retry-after': header ?? '' });
      const { inner, status } = await outcome([answer, answer, ok]);
      assert.equal(status, 200);
      assert.equal(inner.requests.length, 3);
      const [wait = 0] = await waitsOf([answer, ok], {
        backOff: 30,
        random: () => 1,
        now: () => now,
      });
      assert.ok(wait >= 28 && wait < 500, `${String(header)}: ${wait}`);
    }
  });

  it('is cancelled while it waits within 50 ms, and gives the reason', async () => {
    for (const answer of [response(500), response(429, '', { 'retry-after': '20' })]) {
      const stop = new AbortController();
      const transport = new RetryingTransport(new FakeTransport([answer]), {
        backOff: 60_000,
        random: () => 1,
      });
      const sent = transport.send({ ...request, signal: stop.signal });
      assert.ok(await isOpen(sent));
      const reason = new Error('enough');
      const began = performance.now();
      stop.abort(reason);
      await assert.rejects(sent, (error) => error === reason);
      assert.ok(performance.now() - began < 50);
    }
  });

  it('sends nothing more when it was cancelled while it waited', async () => {
    const stop = new AbortController();
    let sent = 0;
    const heedless = {
      send: () => {
        sent += 1;
        return Promise.resolve(response(500));
      },
    };
    const transport = new RetryingTransport(heedless, { backOff: 60_000, random: () => 1 });
    const sending = transport.send({ ...request, signal: stop.signal });
    assert.ok(await isOpen(sending));
    stop.abort();
    await assert.rejects(sending, { name: 'AbortError' });
    assert.equal(sent, 1);
  });

  it('keeps no timer after it was cancelled', async () => {
    await settle(); // Mocha's own timer begins with the first wait.
    const before = timers();
    const stop = new AbortController();
    const transport = new RetryingTransport(new FakeTransport([response(500)]), {
      backOff: 60_000,
      random: () => 1,
    });
    const sent = transport.send({ ...request, signal: stop.signal });
    assert.ok(await isOpen(sent));
    stop.abort();
    await assert.rejects(sent);
    assert.deepEqual(getEventListeners(stop.signal, 'abort'), []);
    assert.equal(timers(), before);
  });

  it('sends nothing when it was cancelled before', async () => {
    const inner = new FakeTransport([ok]);
    const sent = new RetryingTransport(inner).send({ ...request, signal: AbortSignal.abort() });
    await assert.rejects(sent, { name: 'AbortError' });
    assert.equal(inner.requests.length, 0);
  });

  it('does not take a cancelled request for a failure', async () => {
    const stop = new AbortController();
    const inner = new FakeTransport(() => {
      stop.abort();
      stop.signal.throwIfAborted();
      return ok;
    });
    const sent = new RetryingTransport(inner, { backOff: 0 }).send({
      ...request,
      signal: stop.signal,
    });
    await assert.rejects(sent, { name: 'AbortError' });
    assert.equal(inner.requests.length, 1);
  });
});

function timers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}

/** The times in ms between the attempts. */
async function waitsOf(answers: readonly HttpResponse[], options: RetryOptions): Promise<number[]> {
  const times: number[] = [];
  const inner = new FakeTransport((_, number) => {
    times.push(performance.now());
    return answers[number - 1] ?? ok;
  });
  await new RetryingTransport(inner, options).send(request);
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}
