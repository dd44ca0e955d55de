import assert from 'node:assert/strict';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import * as faults from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import { because } from './fakes.ts';
import { server, transport, right, make, users, textOf, useFresh } from './undiciStage.ts';

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
