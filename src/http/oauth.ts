import { jsonOf } from './answer.ts';
import { bareToken, checkedToken } from './credential.ts';
import { ServiceError, isServiceError } from './errors.ts';
import type { ErrorReason } from './errors.ts';
import { isJsonObject, ownValue } from './json.ts';
import type { Json } from './json.ts';
import { SingleFlight } from './singleFlight.ts';
import type { HttpResponse, Transport } from './transport.ts';

/** Where a client's bearer token comes from. */
export interface TokenSource {
  /** What must never stand in an error or a log. */
  readonly secrets: readonly string[];
  /**
   * A token to send now.
   *
   * @throws {@link ServiceError} when none can be had
   */
  token(signal?: AbortSignal): Promise<string>;
  /**
   * Takes note that the service refused a token.
   *
   * @returns whether asking again may give another one
   */
  refused(token: string): boolean;
}

/** A token that a person pasted. */
export class FixedToken implements TokenSource {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get secrets(): readonly string[] {
    return [this.#text, this.#text.trim()];
  }

  // Checked here and not when made, so that a bad token is one failed request and no crash.
  token(): Promise<string> {
    return Promise.resolve(this.#text).then(checkedToken);
  }

  // A token that isn't this one was sent before this one took its place.
  refused(token: string): boolean {
    return token !== bareToken(this.#text);
  }
}

/** What OAuth's client credentials grant needs. */
export interface ClientCredentials {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A token counts as ended this long before it does, in ms, so that it holds while it travels. */
const AHEAD = 60_000;
const DEFAULT_LIFETIME = 3600_000;

/**
 * Signs in by client credentials (RFC 6749 section 4.4) when a token is first needed, and again
 * before it ends or after it was refused. The token stays in memory; a failed sign-in is not
 * remembered; all who ask at the same time share one request.
 */
export class ClientCredentialsTokens implements TokenSource {
  readonly #transport: Transport;
  readonly #credentials: ClientCredentials;
  readonly #now: () => number;
  readonly #signIn = new SingleFlight<string>();
  #current: { readonly token: string; readonly until: number } | undefined;

  constructor(transport: Transport, credentials: ClientCredentials, now: () => number = Date.now) {
    this.#transport = transport;
    this.#credentials = credentials;
    this.#now = now;
  }

  get secrets(): readonly string[] {
    return [this.#credentials.clientSecret, this.#current?.token ?? ''];
  }

  async token(signal?: AbortSignal): Promise<string> {
    if (this.#current !== undefined && this.#now() < this.#current.until) {
      return this.#current.token;
    }
    return this.#signIn.run((shared) => this.#request(shared), signal);
  }

  refused(token: string): boolean {
    // It stays known as a secret: whoever refused it may have been wrong.
    if (this.#current?.token === token) this.#current = { token, until: -Infinity };
    return true;
  }

  async #request(signal: AbortSignal): Promise<string> {
    const asked = this.#now();
    const response = await this.#transport.send({
      method: 'POST',
      url: this.#credentials.tokenUrl,
      template: '/oauth2/token',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
      },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: this.#credentials.clientId,
        client_secret: this.#credentials.clientSecret,
      }).toString(),
      signal,
    });
    const grant = readGrant(this.#answer(response));
    this.#current = {
      token: grant.token,
      until: asked + grant.lifetime - Math.min(AHEAD, grant.lifetime / 10),
    };
    return grant.token;
  }

  #answer(response: HttpResponse): Json {
    try {
      return jsonOf(response, this.secrets);
    } catch (error) {
      // OAuth says `invalid_client` with 400 as well as with 401 (RFC 6749 section 5.2).
      if (isServiceError(error) && refusals.has(error.reason)) {
        const { status, detail } = error;
        throw new ServiceError('clientRefused', { status, detail });
      }
      throw error;
    }
  }
}

const refusals: ReadonlySet<ErrorReason> = new Set(['badRequest', 'unauthorized']);

function readGrant(json: Json): { token: string; lifetime: number } {
  if (!isJsonObject(json)) throw new ServiceError('unexpectedAnswer');
  const token = ownValue(json, 'access_token');
  if (typeof token !== 'string' || token === '') throw new ServiceError('unexpectedAnswer');
  const seconds = Number(ownValue(json, 'expires_in') ?? Number.NaN);
  return {
    token: checkedToken(token),
    lifetime: seconds > 0 && Number.isFinite(seconds) ? seconds * 1000 : DEFAULT_LIFETIME,
  };
}
