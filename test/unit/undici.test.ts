import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:https';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { HttpRequest } from '../../src/http/transport.ts';
import { UndiciTransport } from '../../src/http/undici.ts';
import type { UndiciOptions } from '../../src/http/undici.ts';
import type { Fault } from '../server/exchange.ts';
import * as faults from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { expired, selfSigned } from '../server/certificates.ts';
import { because, settle } from './fakes.ts';

let server: TestServer;
let transport: UndiciTransport;
let right: string;

const secret = 'user:10001-do-not-tell';

function make(options: Partial<UndiciOptions> = {}): UndiciTransport {
  return new UndiciTransport({ timeLimit: () => 5000, ...options });
}

function users(more: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'GET',
    url: `${server.luminaryAddress}/users?limit=5`,
    template: '/users',
    headers: { authorization: `Bearer ${server.tokens.luminary}` },
    ...more,
  };
}

function textOf({ body }: { readonly body: Uint8Array }): string {
  return new TextDecoder().decode(body);
}

/** What each test of a suite begins and ends with. */
function useFresh(): void {
  beforeEach(async () => {
    server = await startServer({ users: 250 });
    transport = make();
    right = textOf(await transport.send(users()));
    await settle(); // From now on its connection can be used again.
    server.requests.length = 0;
  });

  afterEach(async () => {
    server.heal();
    await server.close();
    await transport.close();
  });
}

describe('UndiciTransport: answers', () => {
  useFresh();
  it('come with status, header and body', async () => {
    const answer = await transport.send(users());
    assert.equal(answer.status, 200);
    assert.match(answer.headers['content-type'] ?? '', /^application\/json/);
    assert.equal((JSON.parse(textOf(answer)) as { data: unknown[] }).data.length, 5);
  });

  it('of any status are answers', async () => {
    for (const status of [...faults.statuses, 204, 304]) {
      server.heal();
      server.fault(faults.respond(status));
      const answer = await transport.send(users());
      assert.equal(answer.status, status);
      assert.equal(answer.body.byteLength, 0);
    }
  });

  it('join the values of a header that comes twice', async () => {
    server.fault((exchange) => {
      const response = exchange.take();
      response.writeHead(200, { 'x-twice': ['a', 'b'], 'Retry-After': '7' });
      response.end();
    });
    const { headers } = await transport.send(users());
    assert.equal(headers['x-twice'], 'a, b');
    assert.equal(headers['retry-after'], '7');
  });

  it('are asked for with method, header, path, query and body as given', async () => {
    await transport.send(
      users({
        method: 'POST',
        url: `${server.address}/oauth2/token?x=%2F&y=a+b`,
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/plain' },
        body: 'grant_type=é&client_secret=a%26b',
      }),
    );
    const record = await server.arrived(1);
    assert.equal(record.method, 'POST');
    assert.equal(record.url, '/oauth2/token?x=%2F&y=a+b');
    assert.equal(record.body, 'grant_type=é&client_secret=a%26b');
    assert.equal(record.headers.accept, 'text/plain');
    assert.equal(record.headers['accept-encoding'], 'gzip, deflate, br');
    assert.equal(record.headers['content-type'], 'application/x-www-form-urlencoded');
  });

  it('reuse connections', async () => {
    for (let i = 0; i < 20; i++) await transport.send(users());
    const used = new Set(server.requests.map(({ connection }) => connection));
    assert.ok(used.size <= 2, `${used.size} connections`);
  });

  const encodings: Readonly<Record<string, (text: string) => Buffer>> = {
    gzip: gzipSync,
    br: brotliCompressSync,
    deflate: deflateSync,
    'gzip, br': (text) => brotliCompressSync(gzipSync(text)),
    GZip: gzipSync,
  };
  for (const [encoding, encode] of Object.entries(encodings)) {
    it(`in ${encoding} are decompressed, errors too`, async () => {
      for (const status of [200, 500]) {
        server.heal();
        server.fault(
          faults.change(({ headers }) => ({
            status,
            headers: { ...headers, 'content-encoding': encoding },
            body: encode(right),
          })),
        );
        assert.equal(textOf(await transport.send(users())), right);
      }
    });
  }

  it('whose compression is broken are refused', async () => {
    for (const fault of [faults.brokenGzip, faults.falseGzip, brokenBrotli]) {
      server.heal();
      server.fault(fault);
      await assert.rejects(transport.send(users()), because('unexpectedAnswer'));
    }
  });

  it('come byte for byte where they are no text', async () => {
    server.fault(faults.invalidUtf8);
    const { body } = await transport.send(users());
    assert.ok(Buffer.from(body).includes(Buffer.of(0xff, 0xfe)));
    server.heal();
    server.fault(faults.byteOrderMark);
    assert.deepEqual([...(await transport.send(users())).body.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  });
});

const brokenBrotli = faults.change(({ headers, body }) => ({
  headers: { ...headers, 'content-encoding': 'br' },
  body: brotliCompressSync(Buffer.from(body)).subarray(0, 40),
}));

describe('UndiciTransport: redirects', () => {
  useFresh();
  for (const status of [301, 302, 303, 307, 308] as const) {
    it(`of ${status} are answers, and nobody else hears the token`, async () => {
      const stranger = await startServer();
      try {
        for (const to of [`${stranger.address}/steal`, '/login']) {
          server.heal();
          server.fault(faults.redirect(to, status));
          const answer = await transport.send(users());
          assert.equal(answer.status, status);
          assert.equal(answer.headers['location'], to);
        }
        assert.equal(stranger.requests.length, 0);
        assert.ok(server.requests.every(({ path }) => path !== '/login'));
      } finally {
        await stranger.close();
      }
    });
  }
});

describe('UndiciTransport: size', () => {
  useFresh();
  it('up to the limit is read, and not a byte more', async () => {
    const limited = make({ sizeLimit: 100_000 });
    try {
      server.fault(faults.hugeBody(100_000));
      assert.equal((await limited.send(users())).body.byteLength, 100_000);
      server.heal();
      server.fault(faults.hugeBody(100_001));
      await assert.rejects(limited.send(users()), because('tooLarge'));
    } finally {
      await limited.close();
    }
  });

  it('is limited to 32 MB unless told', async () => {
    server.fault(faults.hugeBody(32 * 1024 * 1024 + 1));
    await assert.rejects(transport.send(users()), because('tooLarge'));
  });

  it('beyond it is not read, nor kept in memory', async () => {
    server.fault(faults.hugeBody());
    const before = process.memoryUsage().rss;
    await assert.rejects(transport.send(users()), because('tooLarge'));
    const record = await server.arrived(1);
    await record.ended;
    assert.equal(record.outcome, 'aborted');
    assert.ok(record.bytesSent < 50_000_000, `${record.bytesSent} bytes sent`);
    assert.ok(process.memoryUsage().rss - before < 120_000_000);
  });

  it('counts what a compressed answer becomes', async () => {
    const limited = make({ sizeLimit: 1_000_000 });
    try {
      server.fault(faults.hugeBody(20_000_000, { gzip: true }));
      await assert.rejects(limited.send(users()), because('tooLarge'));
      // A bomb in a bomb.
      server.heal();
      server.fault(
        faults.change(({ headers }) => ({
          headers: { ...headers, 'content-encoding': 'gzip, gzip' },
          body: gzipSync(gzipSync(Buffer.alloc(20_000_000))),
        })),
      );
      await assert.rejects(limited.send(users()), because('tooLarge'));
    } finally {
      await limited.close();
    }
  });
});

describe('UndiciTransport: time', () => {
  useFresh();
  const waiting: Readonly<Record<string, Fault>> = {
    'no answer': faults.noAnswer,
    'the head and then nothing': faults.headersThenSilence,
    'a body that trickles': faults.trickle(5),
    'a late answer': faults.slow(60_000),
  };

  for (const [name, fault] of Object.entries(waiting)) {
    it(`is limited for ${name}`, async () => {
      const impatient = make({ timeLimit: () => 60 });
      try {
        server.fault(fault);
        const began = performance.now();
        await assert.rejects(impatient.send(users()), because('timeout'));
        const took = performance.now() - began;
        assert.ok(took >= 55 && took < 300, `${took} ms`);
        await server.requests[0]?.ended;
        assert.equal(server.requests[0]?.outcome, 'aborted');
      } finally {
        await impatient.close();
      }
    });
  }

  it('is asked for anew with each request', async () => {
    let limit = 5000;
    const changing = make({ timeLimit: () => limit });
    try {
      await changing.send(users());
      limit = 30;
      server.fault(faults.noAnswer);
      await assert.rejects(changing.send(users()), because('timeout'));
    } finally {
      await changing.close();
    }
  });
});

describe('UndiciTransport: cancelling', () => {
  useFresh();
  async function cancel(request: Promise<unknown>, stop: AbortController): Promise<void> {
    const reason = new Error('enough');
    const began = performance.now();
    stop.abort(reason);
    await assert.rejects(request, (error) => error === reason);
    assert.ok(performance.now() - began < 50);
  }

  it('before it begins sends nothing', async () => {
    const sent = transport.send(users({ signal: AbortSignal.abort() }));
    await assert.rejects(sent, { name: 'AbortError' });
    assert.equal(server.requests.length, 0);
  });

  it('at once, before anything is connected', async () => {
    const fresh = make();
    const stop = new AbortController();
    await cancel(fresh.send(users({ signal: stop.signal })), stop);
    await fresh.close();
  });

  const points: Readonly<Record<string, Fault>> = {
    'before the head': faults.noAnswer,
    'after the head': faults.headersThenSilence,
    'in the body': faults.trickle(5),
    'in a huge body': faults.hugeBody(2_000_000_000),
    'in a compressed body': faults.hugeBody(2_000_000_000, { gzip: true }),
  };
  for (const [name, fault] of Object.entries(points)) {
    it(`${name} ends the request within 50 ms`, async () => {
      server.fault(fault);
      const stop = new AbortController();
      const sent = transport.send(users({ signal: stop.signal }));
      const record = await server.arrived(1);
      await new Promise((resolve) => setTimeout(resolve, 10));
      await cancel(sent, stop);
      await record.ended;
      assert.equal(record.outcome, 'aborted');
      server.heal();
      assert.equal((await transport.send(users())).status, 200);
    });
  }

  it('after its end changes nothing', async () => {
    const stop = new AbortController();
    const answer = await transport.send(users({ signal: stop.signal }));
    stop.abort();
    assert.equal(textOf(answer), right);
    assert.equal((await transport.send(users())).status, 200);
  });

  it('leaves no listener on the signal, however the request ends', async () => {
    const { signal } = new AbortController();
    await transport.send(users({ signal }));
    server.fault(faults.resetBeforeHeaders);
    await assert.rejects(transport.send(users({ signal })));
    assert.deepEqual(getEventListeners(signal, 'abort'), []);
  });
});

describe('UndiciTransport: connections that fail', () => {
  useFresh();
  for (const [name, fault] of Object.entries({
    'reset before the head': faults.resetBeforeHeaders,
    'reset in the body': faults.cutInBody('reset'),
    'closed in the body': faults.cutInBody('close'),
    'closed when used again': faults.closeReusedConnection,
  })) {
    it(`${name} are lost`, async () => {
      server.fault(fault);
      await assert.rejects(transport.send(users()), because('connectionLost'));
      server.heal();
      assert.equal((await transport.send(users())).status, 200);
    });
  }

  it('in a chunked body are lost', async () => {
    server.fault(async (exchange) => {
      const response = exchange.take();
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"data":[');
      await new Promise((resolve) => setTimeout(resolve, 20));
      exchange.cut('close');
    });
    await assert.rejects(transport.send(users()), because('connectionLost'));
  });

  it('closed after an answer make way for new ones', async () => {
    server.fault(faults.closeAfterAnswer);
    assert.equal((await transport.send(users())).status, 200);
    while ((await server.connectionCount()) > 0) await new Promise((r) => setTimeout(r, 1));
    assert.equal((await transport.send(users())).status, 200);
  });

  it('refused are unreachable', async () => {
    const gone = await startServer();
    const url = gone.address;
    await gone.close();
    await assert.rejects(transport.send(users({ url })), because('unreachable'));
  });

  it('to a name that does not exist are unreachable', async () => {
    await assert.rejects(
      transport.send(users({ url: 'https://nobody.invalid/' })),
      because('unreachable'),
    );
  });

  it('to something that is no web server do not hang', async () => {
    const other = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end('220 mail.example.com ESMTP\r\n'));
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    try {
      const plain = users({ url: `http://127.0.0.1:${port}/` });
      await assert.rejects(transport.send(plain), because('connectionLost'));
      const secure = users({ url: `https://127.0.0.1:${port}/` });
      await assert.rejects(transport.send(secure), because('connectionLost'));
    } finally {
      other.close();
    }
  });

  it('to an address that is none are refused here', async () => {
    for (const url of ['', 'acme', 'http://']) {
      await assert.rejects(transport.send(users({ url })), because('invalidAddress'));
    }
  });
});

describe('UndiciTransport: TLS', () => {
  useFresh();
  for (const [name, pair] of Object.entries({
    'an unknown issuer': selfSigned,
    'a certificate that has expired': expired,
  })) {
    it(`with ${name} is not trusted, and nothing is sent`, async () => {
      let requests = 0;
      const tls = createTlsServer({ ...pair }, (_, response) => {
        requests++;
        response.end('{}');
      });
      await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
      const { port } = tls.address() as AddressInfo;
      try {
        await assert.rejects(
          transport.send(users({ url: `https://localhost:${port}/` })),
          because('certificate'),
        );
        assert.equal(requests, 0);
      } finally {
        tls.close();
      }
    });
  }
});

describe('UndiciTransport: secrets', () => {
  useFresh();
  it('are not in the error when a header is refused', async () => {
    for (const token of [`${secret}\n`, `${secret}\r\nx: y`, `${secret}\u{0}`, `${secret}…`]) {
      await assert.rejects(
        transport.send(users({ headers: { authorization: `Bearer ${token}` } })),
        (error: Error) => {
          const told = [error.message, error.stack, JSON.stringify(error), String(error.cause)];
          assert.ok(!told.join().includes(secret));
          return because('invalidCredential')(error);
        },
      );
    }
    assert.equal(server.requests.length, 0);
  });

  it('and addresses are not in any error', async () => {
    const url = `${server.luminaryAddress}/users/jane.doe@example.com`;
    for (const fault of [faults.resetBeforeHeaders, faults.cutInBody(), faults.falseGzip]) {
      server.heal();
      server.fault(fault);
      await assert.rejects(
        transport.send(users({ url, headers: { authorization: `Bearer ${secret}` } })),
        (error: Error) => {
          const told = `${error.stack ?? ''} ${JSON.stringify(error)} ${String(error.cause)}`;
          assert.ok(!told.includes(secret) && !told.includes('jane.doe'));
          assert.equal(error.cause, undefined);
          return true;
        },
      );
    }
  });
});

describe('UndiciTransport: its end', () => {
  useFresh();
  it('leaves no connection open', async () => {
    const own = make();
    await Promise.all([1, 2, 3].map(() => own.send(users())));
    const before = await server.connectionCount();
    await own.close();
    while ((await server.connectionCount()) > before - 3) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  });

  it('leaves nothing that keeps a process running, and process-wide slots as they were', async () => {
    const script = fileURLToPath(new URL('undiciAlone.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--no-warnings', script, `${server.luminaryAddress}/users`],
      { timeout: 10_000 },
    );
    assert.deepEqual(JSON.parse(stdout), {
      status: 401,
      slotsAfterImport: [null, null],
      slotsAfterRequest: [null, null],
      slotsThatWereTaken: ['mine 1', 'mine 2'],
    });
  });
});
