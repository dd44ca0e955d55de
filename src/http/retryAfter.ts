import type { HttpResponse } from './transport.ts';

/**
 * When a service asks to be called again, in ms since the epoch: from the `Retry-After` header
 * (seconds or an HTTP date, RFC 9110 section 10.2.3), else from a body field `retryAfter` with an
 * ISO time (useapi.net). Undefined when it says nothing, nonsense, or a time that is not ahead.
 */
export function retryAt(response: HttpResponse, now: number): number | undefined {
  const stated = fromHeader(response.headers['retry-after'], now) ?? fromBody(response);
  return stated !== undefined && stated > now ? stated : undefined;
}

function fromHeader(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) {
    const at = now + Number(text) * 1000;
    return Number.isSafeInteger(at) ? at : undefined;
  }
  // Date.parse passes over words that it doesn't know: only HTTP's own three forms come near it.
  if (/^[A-Z][a-z]{2,8}, [\w -]+ \d\d:\d\d:\d\d GMT$/.test(text)) return instant(text);
  return /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/.test(text)
    ? instant(`${text} GMT`)
    : undefined;
}

function fromBody(response: HttpResponse): number | undefined {
  if (response.body.byteLength > 64 * 1024) return undefined;
  const text = new TextDecoder().decode(response.body);
  const [, iso] = /"retryAfter"\s*:\s*"([^"]*)"/.exec(text) ?? [];
  return iso !== undefined && /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/.test(iso)
    ? instant(iso)
    : undefined;
}

function instant(text: string): number | undefined {
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}
