import type { ErrorReason } from '../../src/http/errors.ts';
import type { Fault } from '../server/exchange.ts';
import * as faults from '../server/faults.ts';
import { tooManyRequests } from '../server/retryAfter.ts';

/** What a person reads in the row of a failure, and what is offered below it. */
export interface Told {
  readonly sentence: string | RegExp;
  readonly facts?: RegExp;
  readonly action: 'Retry' | 'Replace Token…' | 'Show Log' | 'Show Network Diagnostics';
}

const refuses = (status: number): Fault => faults.respond(status, { error: 'The reason' });

/** Reasons that a service's answers give. */
export const answers: readonly (Told & { readonly reason: ErrorReason; readonly fault: Fault })[] =
  [
    {
      reason: 'connectionLost',
      fault: faults.resetBeforeHeaders,
      sentence: 'The connection was lost.',
      action: 'Retry',
    },
    {
      reason: 'timeout',
      fault: faults.headersThenSilence,
      sentence: 'The service did not answer in time.',
      facts: /^$/,
      action: 'Retry',
    },
    {
      reason: 'tooLarge',
      fault: faults.hugeBody(34_000_000),
      sentence: 'The answer is too large to be read.',
      action: 'Show Log',
    },
    {
      reason: 'badRequest',
      fault: refuses(400),
      sentence: 'The service refused the request.',
      facts: /^400: The reason$/,
      action: 'Show Log',
    },
    {
      reason: 'unauthorized',
      fault: refuses(401),
      sentence: 'The service refused the token.',
      facts: /^401: The reason$/,
      action: 'Replace Token…',
    },
    {
      reason: 'paymentRequired',
      fault: refuses(402),
      sentence: 'The subscription is missing or has expired.',
      facts: /^402: The reason$/,
      action: 'Retry',
    },
    {
      reason: 'forbidden',
      fault: refuses(403),
      sentence: 'The token is not allowed to read this.',
      facts: /^403: The reason$/,
      action: 'Replace Token…',
    },
    {
      reason: 'notFound',
      fault: refuses(404),
      sentence: 'There is nothing at this address.',
      facts: /^404: The reason$/,
      action: 'Retry',
    },
    {
      reason: 'rateLimited',
      fault: tooManyRequests('7200'),
      sentence: /^Too many requests: the service asks for a pause until .*\d.*\.$/,
      facts: /^429: Too many requests$/,
      action: 'Retry',
    },
    {
      reason: 'serverError',
      fault: refuses(504),
      sentence: 'The service has a problem.',
      facts: /^504: The reason$/,
      action: 'Retry',
    },
    {
      reason: 'sessionExpired',
      fault: refuses(596),
      sentence: 'The Luma session of this account has expired: add the account again.',
      facts: /^596: The reason$/,
      action: 'Retry',
    },
    {
      reason: 'redirected',
      fault: faults.redirect('/login'),
      sentence: 'The address leads elsewhere, and redirects are not followed.',
      facts: /^302$/,
      action: 'Retry',
    },
    {
      reason: 'unexpectedAnswer',
      fault: faults.truncatedJson,
      sentence: 'Something answered, but not as this service does.',
      action: 'Retry',
    },
  ];
