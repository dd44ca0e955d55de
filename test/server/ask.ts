import { type Agent, type IncomingHttpHeaders, request } from 'node:http';

/** What came back, as it came: nothing is decompressed or followed. */
export interface BareAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** How to ask. */
export interface BareQuestion {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Keeps connections open; without one, each question has its own. */
  readonly agent?: Agent;
  readonly signal?: AbortSignal;
  /** Called with every piece of the body, which is then not kept. */
  readonly onData?: (piece: Buffer) => void;
  /** Called when the head has arrived. */
  readonly onHead?: () => void;
}

/** A client that hides nothing, to see what the server really sends. Rejects with Node's errors. */
export function ask(url: string, question: BareQuestion = {}): Promise<BareAnswer> {
  const { method = 'GET', headers = {}, body, agent = false, signal, onData, onHead } = question;
  return new Promise((resolve, reject) => {
    const options = { method, headers, agent, ...(signal !== undefined && { signal }) };
    const sent = request(url, options, (response) => {
      onHead?.();
      const pieces: Buffer[] = [];
      response.on('data', onData ?? ((piece: Buffer) => pieces.push(piece)));
      response.on('error', reject);
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(pieces),
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
