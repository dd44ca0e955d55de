import { ServiceError } from './errors.ts';
import type { ErrorReason } from './errors.ts';
import { isJsonObject, ownValue } from './json.ts';
import type { Json } from './json.ts';
import { retryAt } from './retryAfter.ts';
import { oneLine } from './text.ts';
import type { HttpResponse } from './transport.ts';

/**
 * The JSON of a successful answer, believed only if its content type says JSON too.
 *
 * @param secrets what must never stand in an error, should a service repeat it
 * @throws {@link ServiceError} by status, or `unexpectedAnswer`
 */
export function jsonOf(response: HttpResponse, secrets: readonly string[]): Json {
  const { status } = response;
  if (status < 200 || status > 299) throw statusError(response, secrets);
  const json = isJson(response) ? parsed(response.body) : undefined;
  if (json === undefined) throw new ServiceError('unexpectedAnswer', { status });
  return json;
}

/** What an answer that is no success means, with the service's own words where it gave some. */
function statusError(response: HttpResponse, secrets: readonly string[]): ServiceError {
  const { status } = response;
  const detail = isJson(response) ? detailOf(parsed(response.body), secrets) : undefined;
  return new ServiceError(reasonOf(status), {
    status,
    detail,
    retryAt: retryAt(response, Date.now()),
  });
}

/** A service's own words on one short line, with what must not be told left out. */
export function detailLine(text: string, secrets: readonly string[]): string {
  // The longest first: replacing a part of a secret would leave its rest standing.
  const hidden = secrets.flatMap(spellings).sort((x, y) => y.length - x.length);
  return oneLine(
    hidden.reduce((rest, secret) => rest.replaceAll(secret, '…'), text),
    300,
  );
}

/** A secret as itself and as addresses and forms encode it, for a service that repeats these. */
function spellings(secret: string): string[] {
  const given = secret.trim();
  if (given === '') return [];
  const encoded = [
    encodeURIComponent(given.toWellFormed()),
    new URLSearchParams([['', given]]).toString().slice(1),
  ];
  const lower = encoded.map((text) => text.replace(/%../g, (byte) => byte.toLowerCase()));
  return [...new Set([given, ...encoded, ...lower])];
}

const reasonsByStatus: Readonly<Record<number, ErrorReason>> = {
  401: 'unauthorized',
  402: 'paymentRequired',
  403: 'forbidden',
  404: 'notFound',
  408: 'serverError',
  429: 'rateLimited',
  596: 'sessionExpired',
};

function reasonOf(status: number): ErrorReason {
  const known = reasonsByStatus[status];
  if (known !== undefined) return known;
  if (status >= 500) return 'serverError';
  if (status >= 400) return 'badRequest';
  return status >= 300 ? 'redirected' : 'unexpectedAnswer';
}

function isJson(response: HttpResponse): boolean {
  const type = response.headers['content-type'] ?? '';
  return /^\s*application\/([\w.-]+\+)?json\s*(;|$)/i.test(type);
}

function parsed(body: Uint8Array): Json | undefined {
  try {
    // Fatal: a name in a wrong encoding is an unexpected answer, not a name with question marks.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as Json;
  } catch {
    return undefined;
  }
}

/**
 * Both services' error bodies: `{error: "text"}`, `{error: {message}}`, `{message}` and OAuth's
 * `{error, error_description}`.
 */
function detailOf(body: Json | undefined, secrets: readonly string[]): string | undefined {
  if (!isJsonObject(body)) return undefined;
  const error = ownValue(body, 'error');
  const candidates = [
    ownValue(body, 'error_description'),
    isJsonObject(error) ? ownValue(error, 'message') : undefined,
    ownValue(body, 'message'),
    error,
  ];
  const text = candidates.find((c): c is string => typeof c === 'string' && c.trim() !== '');
  return text === undefined ? undefined : detailLine(text, secrets);
}
