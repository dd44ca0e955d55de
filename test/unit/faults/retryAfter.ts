import assert from 'node:assert/strict';
import type { ErrorReason } from '../../../src/http/errors.ts';
import type { Fault } from '../../server/exchange.ts';
import {
  retryAfterForms,
  tooManyRequests,
  tooManyRequestsInBody,
  unavailable,
} from '../../server/retryAfter.ts';
import { fails, right } from './harness.ts';
import type { FaultCase, Outcome } from './harness.ts';
import type { World } from './world.ts';

const soon = (ms: number) => new Date(Date.now() + ms).toISOString();
const httpDate = (ms: number) => new Date(Date.now() + ms).toUTCString();
const month = 30 * 24 * 3600_000;

/** Lists alone: what is asked for one after the other would only add the waits up. */
const lists = (outcome: Outcome) => ({ accounts: outcome, users: outcome });

/** One refusal that asks for a pause that is kept, or that makes no sense: then it works. */
function passes(name: string, fault: () => Fault, atLeast = 0): FaultCase {
  return {
    name,
    begin: (world) => {
      world.server.requests.length = 0;
      world.spoilOnce(fault());
    },
    then: lists(right(2)),
    check: (world) => {
      for (const service of ['/accounts', '/users']) {
        assert.ok(pauseOf(world, service) >= atLeast, `${service} was asked too early`);
      }
    },
  };
}

/** A pause that nobody waits for, but that is told with the time of day. */
function isTold(
  name: string,
  fault: () => Fault,
  told: RegExp,
  reason: ErrorReason = 'rateLimited',
): FaultCase {
  return {
    name,
    begin: (world) => {
      world.spoil(fault());
    },
    then: lists({ ...fails(reason), told }),
  };
}

/** The time in ms between the first two requests for a path. */
function pauseOf({ server }: World, end: string): number {
  const [first, second] = server.requests.filter(({ path }) => path.endsWith(end));
  assert.ok(first !== undefined && second !== undefined);
  return second.arrivedAt - first.arrivedAt;
}

const nonsense = ['zero', 'negative', 'past', 'garbage', 'fraction', 'endless'];
const header = (form: string) => () => tooManyRequests(retryAfterForms(Date.now())[form]);

/** Every form in which a service may say when to come back. */
export const retryAfterFaults: readonly FaultCase[] = [
  passes('Retry-After: seconds', header('seconds'), 990),
  passes('Retry-After: a date', () => tooManyRequests(httpDate(1999)), 900),
  ...nonsense.map((form) => passes(`Retry-After: ${form}`, header(form))),
  passes('Retry-After: missing', () => tooManyRequests()),
  passes('retryAfter in the body: soon', () => tooManyRequestsInBody(soon(300)), 200),
  ...['soon', '', 30, null, {}, soon(-month)].map((value) =>
    passes(`retryAfter in the body: ${JSON.stringify(value)}`, () => tooManyRequestsInBody(value)),
  ),
  passes('503 with Retry-After: seconds', () => unavailable('1'), 990),
  passes('503 with Retry-After: 0', () => unavailable('0')),
  isTold('Retry-After: 30 days', header('thirtyDays'), /pause until .*20\d\d/),
  isTold('Retry-After: a date in 30 days', header('thirtyDaysDate'), /pause until .*20\d\d/),
  isTold('Retry-After: 31 s', () => tooManyRequests('31'), /pause until .*:\d\d/),
  isTold(
    'retryAfter in the body: in 30 days',
    () => tooManyRequestsInBody(soon(month)),
    /pause until .*20\d\d/,
  ),
  isTold(
    '503 with Retry-After: 30 days',
    () => unavailable(String(month / 1000)),
    /problem\. 503/,
    'serverError',
  ),
];
