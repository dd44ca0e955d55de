import { jsonOf } from '../http/answer.ts';
import { ServiceError } from '../http/errors.ts';
import type { Json } from '../http/json.ts';
import type { TokenSource } from '../http/oauth.ts';
import type { HttpResponse, Transport } from '../http/transport.ts';

/** One GET request to a service, below its address. */
export interface Question {
  /** The path below the address, starting with a slash, its parts percent-encoded. */
  readonly path: string;
  /** The path with its variable parts named, for the log. */
  readonly template: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

/** An answer, and what must never stand in an error that is made of it. */
export interface Reply {
  readonly response: HttpResponse;
  readonly secrets: readonly string[];
}

/** What both services have in common: an address, a bearer token, JSON. */
export class Service {
  readonly #transport: Transport;
  readonly #address: string;
  readonly #tokens: TokenSource;

  /** @param address the service's address, without a slash at its end */
  constructor(transport: Transport, address: string, tokens: TokenSource) {
    this.#transport = transport;
    this.#address = address;
    this.#tokens = tokens;
  }

  /** The answer's JSON; errors as {@link jsonOf} makes them. */
  async json(question: Question): Promise<Json> {
    return this.read(await this.ask(question));
  }

  /** The JSON of an answer that {@link ask} gave. */
  read({ response, secrets }: Reply): Json {
    return jsonOf(response, secrets);
  }

  /** The answer whatever its status, but for a 401 to a token that could be replaced by a new one. */
  async ask(question: Question): Promise<Reply> {
    const token = await this.#tokens.token(question.signal);
    const reply = await this.#send(question, token);
    if (reply.response.status !== 401 || !this.#tokens.refused(token)) return reply;
    const again = await this.#send(question, await this.#tokens.token(question.signal));
    return { ...again, secrets: [...reply.secrets, ...again.secrets] };
  }

  async #send(question: Question, token: string): Promise<Reply> {
    // Noted now: by the time of the answer, another token may have taken this one's place.
    const secrets = [token, ...this.#tokens.secrets];
    const response = await this.#transport.send({
      method: 'GET',
      url: this.#address + question.path + queryString(question.query ?? {}),
      template: question.template,
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      ...(question.signal && { signal: question.signal }),
    });
    return { response, secrets };
  }
}

/**
 * One part of a path, percent-encoded.
 *
 * @throws {@link ServiceError} `invalidAddress` for a part that would change where the path leads
 */
export function pathPart(text: string): string {
  if (text === '' || text === '.' || text === '..' || !text.isWellFormed()) {
    throw new ServiceError('invalidAddress');
  }
  return encodeURIComponent(text);
}

function queryString(query: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
