import type { ErrorReason } from '../../../src/http/errors.ts';
import type { Fault } from '../../server/exchange.ts';
import * as faults from '../../server/faults.ts';
import { all, fails, right } from './harness.ts';
import type { FaultCase, Outcome } from './harness.ts';

const reasons: Readonly<Record<(typeof faults.statuses)[number], ErrorReason>> = {
  400: 'badRequest',
  401: 'unauthorized',
  402: 'paymentRequired',
  403: 'forbidden',
  404: 'notFound',
  408: 'serverError',
  409: 'badRequest',
  418: 'badRequest',
  429: 'rateLimited',
  500: 'serverError',
  502: 'serverError',
  503: 'serverError',
  504: 'serverError',
  596: 'sessionExpired',
};
const passing: readonly number[] = [408, 429, 500, 502, 503, 504];

/** Every status with every form of an error's body, each repeating the token that it was sent. */
export const statusFaults: readonly FaultCase[] = faults.statuses.flatMap((status) =>
  Object.entries(faults.errorBodies).map(([name, body]): FaultCase => {
    const says = /^(errorText|errorObject|errorAndCode|codeAndMessage)$/.test(name);
    const outcome: Outcome = {
      ...fails(reasons[status], passing.includes(status) ? 3 : 1),
      told: says
        ? new RegExp(`${status}: something went wrong .*Bearer …`)
        : new RegExp(`${status}`),
    };
    // Luma says in this way alone that no accounts are configured.
    const none = status === 404 && name === 'empty';
    // A client that signs in gets one new token, and asks once more.
    const again = status === 401 ? { ...outcome, requests: 2, signIns: 1 } : outcome;
    return {
      name: `${status}, ${name}`,
      begin: (world) => {
        world.spoil(echoing(status, body));
      },
      // So much is read once for each status: it takes its time.
      then:
        name === 'fiveMegabytes'
          ? { accounts: outcome }
          : all(outcome, {
              users: again,
              page: again,
              ...(none && { accounts: right(), account: right(0) }),
            }),
      ...(none && { replaces: true }),
    };
  }),
);

/** An error whose words repeat what was sent. */
function echoing(status: number, body: unknown): Fault {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = body === '' ? {} : { 'content-type': typeOf(text) };
  return (exchange) => {
    const sent = `${exchange.request.headers.authorization ?? ''} ${exchange.request.body}`;
    const [words, told] = ['something went wrong', `something went wrong with ${sent}`];
    const echo = text.replaceAll(words, told).replace(/"(?=xxx)/, `"${sent}`);
    return faults.respond(status, echo, { ...type, 'x-echo': sent })(exchange);
  };
}

function typeOf(text: string): string {
  if (text.startsWith('{')) return 'application/json';
  return text.startsWith('<') ? 'text/html' : 'text/plain';
}
