import assert from 'node:assert/strict';
import { createSession, tryConnection } from '../../src/connections/session.ts';
import type { Session, SessionChange } from '../../src/connections/session.ts';
import type { LumaConnection, LuminaryConnection } from '../../src/connections/connection.ts';
import { RetryingTransport } from '../../src/http/retry.ts';
import type { Transport } from '../../src/http/transport.ts';
import { UndiciTransport } from '../../src/http/undici.ts';
import * as faults from '../server/faults.ts';
import { paths } from '../server/services.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { because, isOpen, settle } from './fakes.ts';

let server: TestServer;
let network: UndiciTransport;
let transport: Transport;
let changes: SessionChange[];
let sessions: Session[];

/** What each test of a suite begins and ends with. */
function useFresh(): void {
  beforeEach(async () => {
    server = await startServer({ users: 250 });
    changes = [];
    sessions = [];
    network = new UndiciTransport({ timeLimit: () => 5000 });
    transport = new RetryingTransport(network, { backOff: 1 });
  });

  afterEach(async () => {
    for (const session of sessions) session.dispose();
    await network.close();
    await server.close();
  });
}

function luma(token = server.tokens.luma): LumaConnection {
  return { kind: 'luma', id: 'c1', name: 'personal', address: server.lumaAddress, token };
}

function luminary(
  credential: LuminaryConnection['credential'] = {
    kind: 'client',
    clientId: server.tokens.clientId,
    clientSecret: server.tokens.clientSecret,
  },
): LuminaryConnection {
  return { kind: 'luminary', id: 'c2', name: 'acme', address: server.luminaryAddress, credential };
}

function open(connection: LumaConnection): Session & { kind: 'luma' };
function open(connection: LuminaryConnection): Session & { kind: 'luminary' };
function open(connection: LumaConnection | LuminaryConnection): Session {
  const session = createSession(connection, transport, 100, (change) => changes.push(change));
  sessions.push(session);
  return session;
}

describe('createSession', () => {
  useFresh();
  it('asks for nothing by itself', async () => {
    open(luma());
    open(luminary());
    await settle();
    assert.equal(server.requests.length, 0);
  });

  it('reads the accounts of a Luma connection', async () => {
    const { accounts } = open(luma());
    await accounts.refresh();
    assert.equal(accounts.all.length, 3);
    await accounts.readDetails('studio@example.com');
    assert.deepEqual(changes, [{ kind: 'all' }, { kind: 'account', key: 'studio@example.com' }]);
  });

  it('reads the users of a Luminary connection with either credential', async () => {
    for (const credential of [
      undefined,
      { kind: 'token', token: server.tokens.luminary } as const,
    ]) {
      const { pages } = open(luminary(credential));
      await pages.open(0);
      assert.equal(pages.elements(0).length, 100);
      assert.equal(pages.count, 3);
    }
    assert.equal(server.requests.filter(({ path }) => path === paths.token).length, 1);
  });

  it('signs in at the same origin where the address is not Luminary’s', async () => {
    await open(luminary()).pages.open(0);
    assert.deepEqual(
      server.requests.map(({ path }) => path),
      [paths.token, paths.users],
    );
  });

  it('uses another credential from now on, and keeps what is loaded', async () => {
    const session = open(luminary());
    await session.pages.open(0);
    server.tokens.revoke();
    server.tokens.clientSecret = 'another';
    await session.pages.open(1);
    assert.equal(session.pages.state(1).kind, 'failed');
    session.use(luminary());
    await session.pages.open(1);
    assert.equal(session.pages.state(1).kind, 'loaded');
    assert.equal(session.pages.elements(0).length, 100);
    session.use(luminary({ kind: 'token', token: server.tokens.luminary }));
    await session.pages.open(2);
    assert.equal(session.pages.state(2).kind, 'loaded');
  });

  it('uses the new credential for a request that the old one has lost', async () => {
    const session = open(luma('user:10001-old'));
    server.fault({
      fault: () => {
        session.use(luma());
      },
      times: 1,
    });
    await session.accounts.refresh();
    assert.equal(session.accounts.state.kind, 'loaded');
    assert.equal(server.requests.length, 2);
  });

  it('ends its requests when it is disposed of, and is silent from then on', async () => {
    server.fault(faults.noAnswer);
    const [one, two] = [open(luma()), open(luminary())];
    const refreshed = one.accounts.refresh();
    const opened = two.pages.open(0);
    await server.arrived(2);
    const began = performance.now();
    one.dispose();
    two.dispose();
    await Promise.allSettled([refreshed, opened]);
    assert.ok(performance.now() - began < 50);
    for (const record of server.requests) {
      await record.ended;
      assert.equal(record.outcome, 'aborted');
    }
    server.heal();
    server.requests.length = 0;
    await Promise.allSettled([one.accounts.refresh(), two.pages.open(0)]);
    assert.equal(server.requests.length, 0);
    assert.deepEqual(changes, []);
  });
});

describe('tryConnection', () => {
  useFresh();
  const signal = new AbortController().signal;

  it('asks for the least that shows whether a connection works', async () => {
    await tryConnection(luma(), transport, signal);
    await tryConnection(luminary(), transport, signal);
    assert.deepEqual(
      server.requests.map(({ url }) => url),
      [paths.accounts, paths.token, `${paths.users}?limit=1`],
    );
  });

  it('takes no accounts for a connection that works', async () => {
    server.accounts = new Map();
    await tryConnection(luma(), transport, signal);
  });

  it('says why one doesn’t', async () => {
    await assert.rejects(
      tryConnection(luma('user:10001-wrong'), transport, signal),
      because('unauthorized', { status: 401, detail: 'Unauthorized' }),
    );
    const wrong = { kind: 'client', clientId: 'x', clientSecret: 'y' } as const;
    await assert.rejects(
      tryConnection(luminary(wrong), transport, signal),
      because('clientRefused', { status: 401, detail: 'unknown client or wrong secret' }),
    );
    server.fault(faults.htmlWith200);
    await assert.rejects(
      tryConnection(luma(), transport, signal),
      because('unexpectedAnswer', { status: 200 }),
    );
  });

  it('can be cancelled', async () => {
    server.fault(faults.noAnswer);
    const stop = new AbortController();
    const tried = tryConnection(luma(), transport, stop.signal);
    await server.arrived(1);
    assert.ok(await isOpen(tried));
    stop.abort();
    await assert.rejects(tried, { name: 'AbortError' });
  });
});
