import { ServiceError } from '../http/errors.ts';
import type { HttpRequest, HttpResponse, Transport } from '../http/transport.ts';
import type { SampleAnswer } from './answer.ts';
import { lumaAnswer, lumaUnauthorized, sampleAccounts } from './luma.ts';
import { type UserSource, luminaryAnswer, luminaryUnauthorized } from './luminary.ts';
import { personAt, positionOf } from './people.ts';

/** Where the sample Luma accounts are; the address of the real service, which is never called. */
export const SAMPLE_LUMA_ADDRESS = 'https://api.useapi.net/v1/luma';

/** Where the sample Luminary tenant is; no such tenant is ever called. */
export const SAMPLE_LUMINARY_ADDRESS = 'https://sample.withluminary.com/api/public/v1';

/** The token that opens the sample Luma accounts. */
export const SAMPLE_LUMA_TOKEN = 'user:00000-sample';

/** The access token that opens the sample Luminary tenant. */
export const SAMPLE_LUMINARY_TOKEN = 'sample-access-token';

/** What the log says in the place of a host, as no request leaves. */
export const SAMPLE_PLACE = 'sample data, nothing sent';

const userCount = 2500;

const sampleUsers: UserSource = {
  size: userCount,
  at: (index) => personAt(index),
  find(id) {
    const index = positionOf(id);
    return index === undefined || index >= userCount ? undefined : personAt(index);
  },
};

/** How the sample data behave. */
export interface SampleOptions {
  /** The current time in ms since the epoch, to which the accounts' dates are relative. */
  readonly now?: () => number;
  /** How long each answer takes, in ms: long enough for a person to see that something loads. */
  readonly delayMs?: number;
}

/**
 * A transport that answers both services from memory: three accounts, 2,500 users, and the errors
 * that the services give to wrong tokens, cursors, limits and ids.
 */
export function sampleTransport({ now = Date.now, delayMs = 150 }: SampleOptions = {}): Transport {
  return {
    async send(request) {
      request.signal?.throwIfAborted();
      await pause(delayMs, request.signal);
      request.signal?.throwIfAborted();
      return responseOf(answer(request, now()));
    },
  };
}

function answer(request: HttpRequest, now: number): SampleAnswer {
  const token = request.headers['authorization'];
  const url = new URL(request.url);
  const address = url.origin + url.pathname;
  if (address.startsWith(`${SAMPLE_LUMA_ADDRESS}/`)) {
    return token === `Bearer ${SAMPLE_LUMA_TOKEN}`
      ? lumaAnswer(sampleAccounts(now), address.slice(SAMPLE_LUMA_ADDRESS.length), now)
      : lumaUnauthorized;
  }
  if (address.startsWith(`${SAMPLE_LUMINARY_ADDRESS}/`)) {
    const path = address.slice(SAMPLE_LUMINARY_ADDRESS.length);
    return token === `Bearer ${SAMPLE_LUMINARY_TOKEN}`
      ? luminaryAnswer(sampleUsers, path, url.searchParams)
      : luminaryUnauthorized;
  }
  throw new ServiceError('unreachable', { code: 'ENOTFOUND' });
}

function responseOf({ status, body }: SampleAnswer): HttpResponse {
  return {
    status,
    headers: body === '' ? {} : { 'content-type': 'application/json; charset=utf-8' },
    body: new TextEncoder().encode(body),
  };
}

/** Ends after a time, or at once when the signal is aborted. */
function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
}
