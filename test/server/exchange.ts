import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

/** What a request came to. */
export type Outcome =
  /** It is still being answered. */
  | 'open'
  /** The answer was sent whole. */
  | 'answered'
  /** The client left before the answer was complete. */
  | 'aborted'
  /** The server ended the connection before the answer was complete. */
  | 'cut';

/** What the server noted of one request. It goes on changing until {@link ended}. */
export interface RequestRecord {
  /** Counted from 1 over the whole life of the server. */
  readonly number: number;
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  /** The path alone, as it came. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** When its head arrived, in ms on the clock of `performance.now()`. */
  readonly arrivedAt: number;
  /** When it ended, on the same clock. */
  readonly endedAt: number | undefined;
  /** Which connection it came on, counted from 1. */
  readonly connection: number;
  /** Which request of that connection it was, counted from 1. */
  readonly onConnection: number;
  readonly outcome: Outcome;
  /** Bytes handed to the connection for its answer, head included. */
  readonly bytesSent: number;
  /** Settles once the answer is sent or the connection is gone. */
  readonly ended: Promise<void>;
}

/** What the server is about to send. */
export interface Answer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/**
 * Changes the answer of an exchange, or takes the exchange over and does with it what it likes.
 * Faults that apply to one request run one after the other, until one has taken it.
 */
export type Fault = (exchange: Exchange) => void | Promise<void>;

/** One request on its way to an answer. */
export class Exchange {
  readonly request: RequestRecord;
  /** What will be sent. The right answer, until a fault puts another one here. */
  answer: Answer;
  readonly #response: ServerResponse;
  readonly #noteCut: () => void;
  #taken = false;

  constructor(
    request: RequestRecord,
    answer: Answer,
    response: ServerResponse,
    noteCut: () => void,
  ) {
    this.request = request;
    this.answer = answer;
    this.#response = response;
    this.#noteCut = noteCut;
  }

  /** Whether a fault answers by itself, or not at all. */
  get taken(): boolean {
    return this.#taken;
  }

  /** Takes the exchange over: the server sends nothing by itself. */
  take(): ServerResponse {
    this.#taken = true;
    return this.#response;
  }

  /** Ends the connection from the server's side: with a reset, or as if it had just been closed. */
  cut(how: 'reset' | 'close'): void {
    const { socket } = this.take();
    this.#noteCut();
    if (how === 'reset') {
      socket?.resetAndDestroy();
    } else {
      socket?.destroy();
    }
  }

  /** Sends the head of the answer, with its body's length if there is a body, and nothing more. */
  writeHead(response: ServerResponse): void {
    const { status, headers, body } = this.answer;
    const length = Buffer.byteLength(body);
    response.writeHead(
      status,
      length === 0 ? headers : { 'content-length': String(length), ...headers },
    );
  }

  /** Sends the answer. */
  send(): void {
    const response = this.take();
    this.writeHead(response);
    response.end(this.answer.body);
  }
}
