import type { Dispatcher } from 'undici';
import api from 'undici/lib/api/index.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import { acceptedEncodings, decoded } from './encoding.ts';
import { ServiceError, isServiceError } from './errors.ts';
import type { ErrorReason } from './errors.ts';
import type { HttpRequest, HttpResponse, Transport } from './transport.ts';

/** How {@link UndiciTransport} is set up. */
export interface UndiciOptions {
  /** The time in ms within which a whole answer must have come; asked anew for each request. */
  readonly timeLimit: () => number;
  /** The size in bytes that no answer may exceed, compressed or not. 32 MB unless told. */
  readonly sizeLimit?: number;
}

const DEFAULT_SIZE_LIMIT = 32 * 1024 * 1024;

/**
 * The network. Keeps connections of its own, apart from the editor's and from other extensions',
 * and never follows a redirect.
 */
export class UndiciTransport implements Transport {
  readonly #timeLimit: () => number;
  readonly #sizeLimit: number;
  readonly #agent: Agent;

  constructor(options: UndiciOptions) {
    this.#timeLimit = options.timeLimit;
    this.#sizeLimit = options.sizeLimit ?? DEFAULT_SIZE_LIMIT;
    this.#agent = new Agent({ allowH2: false });
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
      return await this.#exchange(request, stop.signal);
    } catch (error) {
      throw stop.signal.aborted ? stop.signal.reason : asServiceError(error);
    } finally {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', cancel);
    }
  }

  /** Ends the connections that are idle now, and the others when their answer is complete. */
  async close(): Promise<void> {
    await this.#agent.close();
  }

  async #exchange(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    const url = new URL(request.url);
    const answer = await api.request.call(this.#agent, {
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

/** Codes of Node, OpenSSL and undici that tell more than that the connection was lost. */
const reasonsByCode: Readonly<Record<string, ErrorReason>> = {
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  ECONNREFUSED: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'unreachable',
  UND_ERR_CONNECT_TIMEOUT: 'unreachable',
  UND_ERR_INVALID_ARG: 'invalidCredential',
  ERR_INVALID_URL: 'invalidAddress',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
  CERT_HAS_EXPIRED: 'certificate',
  CERT_NOT_YET_VALID: 'certificate',
  CERT_REVOKED: 'certificate',
  CERT_UNTRUSTED: 'certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
};

function asServiceError(error: unknown): ServiceError {
  if (isServiceError(error)) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  if (code === undefined) return new ServiceError('connectionLost');
  const reason = reasonsByCode[code] ?? 'connectionLost';
  return new ServiceError(reason, { code });
}
