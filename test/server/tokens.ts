import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from './exchange.ts';

/** Which secrets open which service, and the token endpoint that hands out new ones. */
export class Tokens {
  /** The bearer token of the Luma service. */
  luma = 'user:10001-loopbackaccounts';
  /** A Luminary access token that a person pasted: it never expires, and can be changed. */
  luminary = 'pasted-access-token';
  clientId = 'loopback-client';
  clientSecret = 'loopback-secret';
  /** Seconds for which an issued token is good and which its answer names; null names none. */
  expiresIn: number | null = 3600;
  /** Every token that was issued, the newest last, those that are not good any more included. */
  readonly issued: string[] = [];
  readonly #goodUntil = new Map<string, number>();

  /** Whether a request may see Luma's accounts. */
  opensLuma(headers: IncomingHttpHeaders): boolean {
    return headers.authorization === `Bearer ${this.luma}`;
  }

  /** Whether a request may see Luminary's users. */
  opensLuminary(headers: IncomingHttpHeaders): boolean {
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    return (
      token !== undefined &&
      (token === this.luminary || (this.#goodUntil.get(token) ?? 0) > Date.now())
    );
  }

  /** Ends one issued token, or all of them, before their time. */
  revoke(token?: string): void {
    if (token === undefined) {
      this.#goodUntil.clear();
    } else {
      this.#goodUntil.delete(token);
    }
  }

  /** The token endpoint's answer to a form and its headers. */
  answer(headers: IncomingHttpHeaders, body: string): Answer {
    const form = new URLSearchParams(body);
    const grant = form.get('grant_type');
    if (grant === null) {
      return refusal(400, 'invalid_request', 'grant_type is missing');
    }
    if (grant !== 'client_credentials') {
      return refusal(400, 'unsupported_grant_type', 'only client_credentials is known');
    }
    const [id, secret] = basicCredentials(headers.authorization) ?? [
      form.get('client_id'),
      form.get('client_secret'),
    ];
    if (id !== this.clientId || secret !== this.clientSecret) {
      return refusal(401, 'invalid_client', 'unknown client or wrong secret');
    }
    return tokenAnswer(200, {
      access_token: this.#issue(),
      token_type: 'Bearer',
      ...(this.expiresIn !== null && { expires_in: this.expiresIn }),
    });
  }

  #issue(): string {
    const token = `issued-${this.issued.length + 1}-${randomBytes(12).toString('hex')}`;
    this.issued.push(token);
    const lifetime = this.expiresIn === null ? Infinity : this.expiresIn * 1000;
    this.#goodUntil.set(token, Date.now() + lifetime);
    return token;
  }
}

function refusal(status: number, error: string, description: string): Answer {
  const answer = tokenAnswer(status, { error, error_description: description });
  return status === 401
    ? { ...answer, headers: { ...answer.headers, 'www-authenticate': 'Basic realm="loopback"' } }
    : answer;
}

function tokenAnswer(status: number, value: unknown): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(value),
  };
}

/** Id and secret of an HTTP Basic header, whose two parts OAuth form-encodes (RFC 6749, 2.3.1). */
function basicCredentials(header: string | undefined): readonly string[] | undefined {
  const encoded = /^Basic (.+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) {
    return undefined;
  }
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  return [text.slice(0, colon), text.slice(colon + 1)].map(formDecoded);
}

function formDecoded(text: string): string {
  return new URLSearchParams(`value=${text.replaceAll('&', '%26')}`).get('value') ?? '';
}
