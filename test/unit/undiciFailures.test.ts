import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:https';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as faults from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import { expired, selfSigned } from '../server/certificates.ts';
import { because } from './fakes.ts';
import { server, transport, secret, make, users, useFresh } from './undiciStage.ts';

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
