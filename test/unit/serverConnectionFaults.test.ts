import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import * as faults from '../server/faults.ts';
import * as named from '../server/named.ts';
import { lost, right, server, useFresh, users } from './serverFaultsStage.ts';

interface Came {
  head: boolean;
  bytes: number;
}

/**
 * Asks until so much time is over since the service has heard, and so much has come; tells how far the
 * answer came.
 */
async function howFar(ms: number, enough: (came: Came) => boolean = () => true): Promise<Came> {
  const controller = new AbortController();
  const came: Came = { head: false, bytes: 0 };
  const heard = server.arrived(server.requests.length + 1);
  const asked = assert.rejects(
    users({
      signal: controller.signal,
      onHead: () => (came.head = true),
      onData: (piece) => (came.bytes += piece.length),
    }),
  );
  await heard;
  const end = performance.now() + ms;
  while (performance.now() < end || !enough(came)) await sleep(2);
  controller.abort();
  await asked;
  return came;
}

describe('faults: size', () => {
  useFresh();
  it('send as many bytes as they are told to', async () => {
    server.fault(faults.hugeBody(20_000_000));
    let bytes = 0;
    await users({ onData: (piece) => (bytes += piece.length) });
    assert.equal(bytes, 20_000_000);
  });

  it('send 200 MB no faster than they are read, so that nobody has to hold them', async () => {
    server.fault(faults.hugeBody());
    const { hostname, port } = new URL(server.address);
    const socket = connect(Number(port), hostname).pause();
    socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
    const record = await server.arrived(2);
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.destroy();
    await record.ended;
    // What the system's buffers for a connection take, and no more.
    assert.ok(record.bytesSent < 50_000_000, `${record.bytesSent} bytes sent`);
    assert.ok(record.bytesSent > 100_000, `${record.bytesSent} bytes sent`);
  });

  it('send the right JSON at the end', async () => {
    server.fault(faults.hugeBody(100_000));
    const { body } = await users();
    assert.equal(body.length, 100_000);
    assert.deepEqual(JSON.parse(body.toString()), JSON.parse(right.body.toString()));
  });

  it('send few bytes that become many', async () => {
    server.fault(faults.hugeBody(20_000_000, { gzip: true }));
    const { headers, body } = await users();
    assert.equal(headers['content-encoding'], 'gzip');
    assert.ok(body.length < 100_000);
    let bytes = 0;
    for await (const piece of createGunzip().end(body)) {
      bytes += (piece as Buffer).length;
    }
    assert.equal(bytes, 20_000_000);
  }).timeout(20_000);

  it('stop when the client has had enough', async () => {
    server.fault(faults.hugeBody());
    const controller = new AbortController();
    const asked = users({
      signal: controller.signal,
      onData: () => {
        controller.abort();
      },
    });
    await assert.rejects(asked, { name: 'AbortError' });
    const record = await server.arrived(2);
    await record.ended;
    assert.equal(record.outcome, 'aborted');
    assert.ok(record.bytesSent < 50_000_000);
  });
});

describe('faults: time and connection', () => {
  useFresh();
  it('reset before the head', async () => {
    server.fault(faults.resetBeforeHeaders);
    await assert.rejects(users(), lost);
    assert.equal(server.requests[1]?.outcome, 'cut');
  });

  for (const how of ['reset', 'close'] as const) {
    it(`${how} in the body`, async () => {
      server.fault(faults.cutInBody(how));
      let bytes = 0;
      await assert.rejects(users({ onData: (piece) => (bytes += piece.length) }), lost);
      assert.equal(bytes, right.body.length >> 1);
      assert.equal(server.requests[1]?.outcome, 'cut');
    });
  }

  it('give no answer', async () => {
    server.fault(faults.noAnswer);
    assert.deepEqual(await howFar(60), { head: false, bytes: 0 });
    await server.requests[1]?.ended;
    assert.equal(server.requests[1]?.outcome, 'aborted');
  });

  it('send the head and then nothing', async () => {
    server.fault(faults.headersThenSilence);
    assert.deepEqual(await howFar(60, ({ head }) => head), { head: true, bytes: 0 });
  });

  it('trickle', async () => {
    server.fault(faults.trickle(5));
    const began = performance.now();
    const { bytes } = await howFar(100, (came) => came.bytes >= 2);
    const most = (performance.now() - began) / 5 + 2;
    assert.ok(bytes <= most, `${bytes} bytes of ${most}`);
  });

  it('come late', async () => {
    server.fault(faults.slow(40));
    const began = performance.now();
    assert.deepEqual((await users()).body, right.body);
    assert.ok(performance.now() - began >= 39);
  });

  it('close the connection that was to be kept', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    server.fault(faults.closeAfterAnswer);
    const first = await users({ agent });
    assert.deepEqual(first.body, right.body);
    assert.notEqual(first.headers.connection, 'close');
    while ((await server.connectionCount()) > 0 || Object.keys(agent.freeSockets).length > 0) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await users({ agent });
    const [, second, third] = server.requests;
    assert.notEqual(second?.connection, third?.connection);
    agent.destroy();
  });

  it('close a connection when it is used again', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    server.fault(faults.closeReusedConnection);
    assert.equal((await users({ agent })).status, 200);
    await assert.rejects(users({ agent }), lost);
    assert.equal((await users({ agent })).status, 200);
    agent.destroy();
  });

  it('never let a complete answer through', async () => {
    for (const fault of Object.values(named.connectionFaults)) {
      server.heal();
      server.fault(fault);
      await howFar(30);
    }
  });
});
