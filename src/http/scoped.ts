import type { HttpRequest, HttpResponse, Transport } from './transport.ts';

/** Ends every request when a signal is aborted, whatever signal of its own the request has. */
export class ScopedTransport implements Transport {
  readonly #inner: Transport;
  readonly #scope: AbortSignal;

  constructor(inner: Transport, scope: AbortSignal) {
    this.#inner = inner;
    this.#scope = scope;
  }

  send(request: HttpRequest): Promise<HttpResponse> {
    const signal =
      request.signal === undefined ? this.#scope : AbortSignal.any([this.#scope, request.signal]);
    return this.#inner.send({ ...request, signal });
  }
}
