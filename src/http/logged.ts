import { isCancellation, isServiceError } from './errors.ts';
import type { HttpRequest, HttpResponse, Transport } from './transport.ts';

/** Where the lines about requests go: those about answers, and those about failures. */
export interface RequestLog {
  info(line: string): void;
  warn(line: string): void;
}

/** Tells of each request in one line: never a whole address, a header, a body or a secret. */
export class LoggedTransport implements Transport {
  readonly #inner: Transport;
  readonly #log: RequestLog;
  readonly #place: string | undefined;

  /** With what stands in the place of the host where none is asked. */
  constructor(inner: Transport, log: RequestLog, place?: string) {
    this.#inner = inner;
    this.#log = log;
    this.#place = place;
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    const start = performance.now();
    const line = (outcome: string) => {
      const ms = Math.round(performance.now() - start);
      const { method, template, url, attempt = 1 } = request;
      const place = this.#place ?? URL.parse(url)?.host ?? '?';
      return `${method} ${template} ${outcome} ${String(ms)} ms attempt ${String(attempt)} ${place}`;
    };
    try {
      const response = await this.#inner.send(request);
      const { status } = response;
      this.#log[status < 400 ? 'info' : 'warn'](line(String(status)));
      return response;
    } catch (error) {
      if (isCancellation(error)) this.#log.info(line('cancelled'));
      else this.#log.warn(line(isServiceError(error) ? error.message : 'failed'));
      throw error;
    }
  }
}
