import type { Dispatcher } from 'undici';
import api from 'undici/lib/api/index.js';
import { Route } from './dispatcher.ts';
import { acceptedEncodings, decoded } from './encoding.ts';
import { ServiceError } from './errors.ts';
import { asServiceError } from './failures.ts';
import { straight } from './network.ts';
import type { NetworkPlan } from './network.ts';
import { abortable } from './singleFlight.ts';
import type { HttpRequest, HttpResponse, Transport } from './transport.ts';
import type { Tell } from './steps.ts';
import { Trust } from './trust.ts';
import type { CertificateSource } from './trust.ts';

/** How {@link UndiciTransport} is set up. */
export interface UndiciOptions {
  /** The time in ms within which a whole answer must have come; asked anew for each request. */
  readonly timeLimit: () => number;
  /** The size in bytes that no answer may exceed, compressed or not. 32 MB unless told. */
  readonly sizeLimit?: number;
  /**
   * How requests get out; asked anew for each. Another object than before counts as another way.
   * Straight out unless told.
   */
  readonly plan?: () => NetworkPlan;
  /** Where the certificates of authorities are read. Node and the system unless told. */
  readonly certificates?: CertificateSource;
  /** What another network trusts, so that it need not be read again. */
  readonly trust?: Trust;
  /** Hears of each step that new connections take. */
  readonly tell?: Tell;
}

const DEFAULT_SIZE_LIMIT = 32 * 1024 * 1024;

/**
 * The network. Keeps connections of its own, apart from the editor's and from other extensions',
 * and never follows a redirect.
 */
export class UndiciTransport implements Transport {
  readonly #timeLimit: () => number;
  readonly #sizeLimit: number;
  readonly #plan: () => NetworkPlan;
  /** The authorities that are trusted. */
  readonly trust: Trust;
  readonly #tell: Tell | undefined;
  #route: Route;

  constructor(options: UndiciOptions) {
    this.#timeLimit = options.timeLimit;
    this.#sizeLimit = options.sizeLimit ?? DEFAULT_SIZE_LIMIT;
    this.#plan = options.plan ?? (() => straight);
    this.trust = options.trust ?? new Trust(options.certificates);
    this.#tell = options.tell;
    this.#route = new Route(this.#plan(), this.trust, this.#tell);
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    request.signal?.throwIfAborted();
    const stop = new AbortController();
    const cancel = () => {
      stop.abort(request.signal?.reason);
    };
    request.signal?.addEventListener('abort', cancel, { once: true });
    const timer = setTimeout(() => {
      stop.abort(new ServiceError('timeout'));
    }, this.#timeLimit());
    try {
      // undici itself looks at the signal only once a connection or a tunnel stands.
      return await abortable(this.#exchange(request, stop.signal), stop.signal);
    } catch (error) {
      throw stop.signal.aborted ? stop.signal.reason : asServiceError(error);
    } finally {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', cancel);
    }
  }

  /** Ends the connections that are idle now, and the others when their answer is complete. */
  async close(): Promise<void> {
    await this.#route.close();
  }

  async #exchange(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    const url = new URL(request.url);
    return this.#currentRoute().use(url, (dispatcher) =>
      this.#exchangeBy(dispatcher, url, request, signal),
    );
  }

  /** Requests under way end on the route that they began on. */
  #currentRoute(): Route {
    const plan = this.#plan();
    if (plan !== this.#route.plan) {
      void this.#route.retire();
      this.#route = new Route(plan, this.trust, this.#tell);
    }
    return this.#route;
  }

  async #exchangeBy(
    dispatcher: Dispatcher,
    url: URL,
    request: HttpRequest,
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    const answer = await api.request.call(dispatcher, {
      origin: url.origin,
      path: url.pathname + url.search,
      method: request.method,
      headers: { 'accept-encoding': acceptedEncodings, ...request.headers },
      body: request.body ?? null,
      signal,
      headersTimeout: 0, // The time limit above covers the whole exchange.
      bodyTimeout: 0,
    });
    const headers = joined(answer.headers);
    const body = await this.#read(answer.body);
    signal.throwIfAborted();
    return {
      status: answer.statusCode,
      headers,
      body: await decoded(body, headers['content-encoding'], this.#sizeLimit),
    };
  }

  async #read(body: Dispatcher.ResponseData['body']): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > this.#sizeLimit) throw new ServiceError('tooLarge');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, size);
  }
}

function joined(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? []].flat().join(', ')]),
  );
}
