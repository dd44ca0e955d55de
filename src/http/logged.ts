import { isCancellation, isServiceError } from './errors.ts';
import type { HttpRequest, HttpResponse, Transport } from './transport.ts';

/** Tells of each request in one line: never an address, a header, a body or a secret. */
export class LoggedTransport implements Transport {
  readonly #inner: Transport;
  readonly #log: (line: string) => void;

  constructor(inner: Transport, log: (line: string) => void) {
    this.#inner = inner;
    this.#log = log;
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    const start = performance.now();
    const tell = (outcome: string) => {
      const ms = Math.round(performance.now() - start);
      const attempt = request.attempt ?? 1;
      this.#log(
        `${request.method} ${request.template} ${outcome} ${String(ms)} ms attempt ${String(attempt)}`,
      );
    };
    try {
      const response = await this.#inner.send(request);
      tell(String(response.status));
      return response;
    } catch (error) {
      if (isServiceError(error)) tell(error.message);
      else tell(isCancellation(error) ? 'cancelled' : 'failed');
      throw error;
    }
  }
}
