import type { Fault } from './exchange.ts';
import { respond } from './faults.ts';

const day = 24 * 3600;

/** Every form in which a server may say when to come back, good and bad, made at a time in ms. */
export function retryAfterForms(now: number): Readonly<Record<string, string>> {
  return {
    seconds: '1',
    date: new Date(now + 2000).toUTCString(),
    zero: '0',
    negative: '-5',
    past: new Date(now - 60_000).toUTCString(),
    garbage: 'soon',
    fraction: '0.5',
    thirtyDays: String(30 * day),
    thirtyDaysDate: new Date(now + 30 * day * 1000).toUTCString(),
    endless: '9'.repeat(30),
  };
}

/** Too many requests, with a `Retry-After` as it stands, or none. */
export function tooManyRequests(retryAfter?: string): Fault {
  return respond(
    429,
    { error: 'Too many requests' },
    retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  );
}

/** Too many requests, with the field `retryAfter` in the body: an ISO time where it is right. */
export function tooManyRequestsInBody(retryAfter: unknown): Fault {
  return respond(429, { error: 'Too many requests', retryAfter });
}

/** An error that passes, with a `Retry-After`. */
export function unavailable(retryAfter: string, status = 503): Fault {
  return respond(status, { error: 'Try again later' }, { 'retry-after': retryAfter });
}
