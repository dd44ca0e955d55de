import { brotliCompressSync, createGzip, gzipSync } from 'node:zlib';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, Exchange, Fault } from './exchange.ts';
import { html } from './services.ts';

/** Every status that a client has to understand. */
export const statuses = [
  400, 401, 402, 403, 404, 408, 409, 418, 429, 500, 502, 503, 504, 596,
] as const;

/** The body of an error in every form that was seen, by what it is. */
export const errorBodies: Readonly<Record<string, unknown>> = {
  empty: '',
  text: 'something went wrong',
  errorText: { error: 'something went wrong' },
  errorObject: { error: { code: 'E17', message: 'something went wrong' } },
  errorAndCode: { error: 'something went wrong', code: 'E17' },
  codeAndMessage: {
    code: 'E17',
    message: 'something went wrong',
    details: [{ field: 'limit', message: 'is wrong' }],
  },
  html: '<!doctype html><title>Error</title><h1>something went wrong</h1>',
  fiveMegabytes: { error: 'x'.repeat(5_000_000) },
};

/** Several faults as one; each sees the answer that the one before has left. */
export function all(...faults: readonly Fault[]): Fault {
  return async (exchange) => {
    for (const fault of faults) {
      if (!exchange.taken) {
        await fault(exchange);
      }
    }
  };
}

/** Does something while the client waits, such as editing the list, and answers rightly. */
export function meanwhile(action: (exchange: Exchange) => void | Promise<void>): Fault {
  return action;
}

// Faults of the answer

/** Another answer. A body that is no text goes out as JSON; text as HTML or as plain text. */
export function respond(
  status: number,
  body: unknown = '',
  headers: Readonly<Record<string, string>> = {},
): Fault {
  return (exchange) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const type = typeof body !== 'string' ? 'application/json' : typeOfText(body);
    exchange.answer = {
      status,
      headers: { ...(type !== undefined && { 'content-type': type }), ...headers },
      body: text,
    };
  };
}

function typeOfText(text: string): string | undefined {
  return text === '' ? undefined : text.startsWith('<') ? 'text/html' : 'text/plain';
}

/** The right answer with some parts changed. */
export function change(changed: (answer: Answer) => Partial<Answer>): Fault {
  return (exchange) => {
    exchange.answer = { ...exchange.answer, ...changed(exchange.answer) };
  };
}

/** The right answer with its JSON content changed or replaced. */
export function changeJson(changed: (value: unknown, exchange: Exchange) => unknown): Fault {
  return (exchange) => {
    const { answer } = exchange;
    const value: unknown = JSON.parse(Buffer.from(answer.body).toString());
    exchange.answer = { ...answer, body: JSON.stringify(changed(value, exchange)) };
  };
}

/** The right answer with header fields added; an empty value takes a field away. */
export function withHeaders(added: Readonly<Record<string, string>>): Fault {
  return change(({ headers }) => ({
    headers: Object.fromEntries(
      Object.entries({ ...headers, ...added }).filter(([, value]) => value !== ''),
    ),
  }));
}

/** A page for people in the place of an answer, with status 200. */
export const htmlWith200: Fault = (exchange) => {
  exchange.answer = html(200, 'Sign in');
};

/** A redirect; a path stays on this host. */
export function redirect(to: string, status: 301 | 302 | 303 | 307 | 308 = 302): Fault {
  return respond(status, '', { location: to });
}

/** The right JSON, called something else. */
export function contentType(type: string): Fault {
  return withHeaders({ 'content-type': type });
}

/** Half of the JSON, in an answer that is complete by its length. */
export const truncatedJson: Fault = change(({ body }) => ({
  body: Buffer.from(body).subarray(0, Buffer.byteLength(body) >> 1),
}));

/** Status 200 with nothing in it. */
export const empty200: Fault = respond(200);

/** JSON that is valid and not what was promised, such as null or an array. */
export function json(value: unknown): Fault {
  return changeJson(() => value);
}

/** The right answer, compressed with gzip. */
export const gzipped: Fault = encoded('gzip', gzipSync);

/** The right answer, compressed with brotli. */
export const brotli: Fault = encoded('br', brotliCompressSync);

/** Something that begins as gzip and ends in the middle. */
export const brokenGzip: Fault = encoded('gzip', (body) => {
  const whole = gzipSync(body);
  return whole.subarray(0, whole.length >> 1);
});

/** The right answer, uncompressed, that says it were gzip. */
export const falseGzip: Fault = withHeaders({ 'content-encoding': 'gzip' });

function encoded(name: string, encode: (body: string | Uint8Array) => Uint8Array): Fault {
  return change(({ headers, body }) => ({
    headers: { ...headers, 'content-encoding': name },
    body: encode(body),
  }));
}

/** The right answer behind a UTF-8 byte-order mark. */
export const byteOrderMark: Fault = change(({ body }) => ({
  body: Buffer.concat([Buffer.from('\u{feff}'), Buffer.from(body)]),
}));

/** The right answer with two bytes in its first string that no UTF-8 text holds. */
export const invalidUtf8: Fault = change(({ body }) => {
  const bytes = Buffer.from(body);
  const inside = bytes.indexOf('"') + 1;
  return {
    body: Buffer.concat([
      bytes.subarray(0, inside),
      Uint8Array.of(0xff, 0xfe),
      bytes.subarray(inside),
    ]),
  };
});

/** A body of so many bytes: spaces, then the right JSON. Made while it is sent. */
export function hugeBody(bytes = 200_000_000, { gzip = false } = {}): Fault {
  return async (exchange) => {
    const { status, headers, body } = exchange.answer;
    const response = exchange.take();
    response.writeHead(status, gzip ? { ...headers, 'content-encoding': 'gzip' } : headers);
    const content = Readable.from(padded(bytes, Buffer.from(body)));
    try {
      await (gzip ? pipeline(content, createGzip(), response) : pipeline(content, response));
    } catch {
      // The client has had enough; the record of the request says so.
    }
  };
}

function* padded(bytes: number, body: Uint8Array): Generator<Uint8Array> {
  const spaces = Buffer.alloc(1 << 16, ' ');
  for (let rest = bytes - body.length; rest > 0; rest -= spaces.length) {
    yield spaces.subarray(0, Math.min(rest, spaces.length));
  }
  yield body;
}

// Faults of time and of the connection

/** The connection is reset before anything of the answer was sent. */
export const resetBeforeHeaders: Fault = (exchange) => {
  exchange.cut('reset');
};

/** Head and half of the body arrive; then the connection is reset, or closed without an end. */
export function cutInBody(how: 'reset' | 'close' = 'reset'): Fault {
  return async (exchange) => {
    const response = exchange.take();
    const body = Buffer.from(exchange.answer.body);
    exchange.writeHead(response);
    response.write(body.subarray(0, body.length >> 1));
    // A reset overtakes what lies in the client's buffers; give it the time to read.
    await pause(20);
    exchange.cut(how);
  };
}

/** Nothing at all, for as long as the client waits. */
export const noAnswer: Fault = (exchange) => {
  exchange.take();
};

/** The head, and then nothing, for as long as the client waits. */
export const headersThenSilence: Fault = (exchange) => {
  const response = exchange.take();
  exchange.writeHead(response);
  response.flushHeaders();
};

/** A space every so many ms, for as long as the client waits. */
export function trickle(everyMs = 10): Fault {
  return (exchange) => {
    const { status, headers } = exchange.answer;
    const response = exchange.take();
    response.writeHead(status, headers);
    response.write(' ');
    const timer = setInterval(() => response.write(' '), everyMs);
    response.on('close', () => {
      clearInterval(timer);
    });
  };
}

/** The right answer after some time more. */
export function slow(ms: number): Fault {
  return () => pause(ms, undefined, { ref: false });
}

/** The right answer, promising to keep the connection, which is then closed. */
export const closeAfterAnswer: Fault = (exchange) => {
  const response = exchange.take();
  const { socket } = response;
  exchange.writeHead(response);
  response.end(exchange.answer.body, () => {
    setImmediate(() => socket?.destroySoon());
  });
};

/**
 * Closes a connection when a second request comes on it, as if the server's idle time had just run
 * out: what happens by chance where an idle connection is used again.
 */
export const closeReusedConnection: Fault = (exchange) => {
  if (exchange.request.onConnection > 1) {
    exchange.cut('reset');
  }
};
