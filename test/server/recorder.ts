import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Outcome, RequestRecord } from './exchange.ts';

/** A record while the server still writes it. */
export type OpenRecord = { -readonly [Key in keyof RequestRecord]: RequestRecord[Key] };

interface Connection {
  readonly number: number;
  requests: number;
}

/** Notes every request that arrives and what it came to. */
export class Recorder {
  /** Every request so far, in the order of arrival. Tests may empty it. */
  readonly requests: RequestRecord[] = [];
  readonly #connections = new WeakMap<Socket, Connection>();
  #connectionCount = 0;
  #requestCount = 0;

  /** Begins the record of a request and follows it to its end. */
  begin(request: IncomingMessage, response: ServerResponse): OpenRecord {
    const { socket } = request;
    const connection = this.#connectionOf(socket);
    const sentBefore = socket.bytesWritten;
    const { promise: ended, resolve } = Promise.withResolvers<undefined>();
    const url = request.url ?? '/';
    const parsed = new URL(url, 'http://localhost');
    const record: OpenRecord = {
      number: ++this.#requestCount,
      method: request.method ?? '',
      url,
      path: parsed.pathname,
      query: parsed.searchParams,
      headers: request.headers,
      body: '',
      arrivedAt: performance.now(),
      endedAt: undefined,
      connection: connection.number,
      onConnection: ++connection.requests,
      outcome: 'open',
      bytesSent: 0,
      ended,
    };
    response.on('close', () => {
      record.endedAt = performance.now();
      record.bytesSent = socket.bytesWritten - sentBefore;
      record.outcome = outcomeOf(record.outcome, response);
      resolve(undefined);
    });
    this.requests.push(record);
    return record;
  }

  #connectionOf(socket: Socket): Connection {
    let connection = this.#connections.get(socket);
    if (connection === undefined) {
      connection = { number: ++this.#connectionCount, requests: 0 };
      this.#connections.set(socket, connection);
    }
    return connection;
  }
}

function outcomeOf(noted: Outcome, response: ServerResponse): Outcome {
  if (noted !== 'open') {
    return noted;
  }
  return response.writableFinished ? 'answered' : 'aborted';
}
