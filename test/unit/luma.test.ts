import assert from 'node:assert/strict';
import { LumaClient } from '../../src/api/luma.ts';
import { isServiceError } from '../../src/http/errors.ts';
import { FixedToken } from '../../src/http/oauth.ts';
import type { Transport } from '../../src/http/transport.ts';
import { UndiciTransport } from '../../src/http/undici.ts';
import { manyAccounts, oddAccounts, unreadableAccounts } from '../server/oddRecords.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { FakeTransport, because, response } from './fakes.ts';

let server: TestServer;
let network: UndiciTransport;
let client: LumaClient;

/** What each test of a suite begins and ends with. */
function useFresh(): void {
  beforeEach(async () => {
    server = await startServer();
    network = new UndiciTransport({ timeLimit: () => 5000 });
    client = new LumaClient(network, server.lumaAddress, new FixedToken(server.tokens.luma));
  });

  afterEach(async () => {
    await network.close();
    await server.close();
  });
}

/** A client that is given this answer. */
function answered(...given: Parameters<typeof response>): LumaClient {
  return over(new FakeTransport([response(...given)]));
}

function over(transport: Transport): LumaClient {
  return new LumaClient(transport, 'https://api.useapi.net/v1/luma', new FixedToken('secret'));
}

const keys = async () => (await client.accounts()).map(({ key }) => key);

describe('LumaClient: accounts', () => {
  useFresh();
  it('are asked for with the token, and come in the order of the service', async () => {
    assert.deepEqual(await keys(), [...server.accounts.keys()]);
    const [request] = server.requests;
    assert.equal(request?.url, '/v1/luma/accounts');
    assert.equal(request.method, 'GET');
    assert.equal(request.headers.authorization, `Bearer ${server.tokens.luma}`);
    assert.equal(request.headers.accept, 'application/json');
  });

  it('are none if the service says so by an empty 404 or an empty object', async () => {
    server.accounts = new Map();
    assert.deepEqual(await client.accounts(), []);
    assert.deepEqual(await answered(200, {}).accounts(), []);
  });

  it('are not none if something else is not found', async () => {
    for (const body of [
      { error: 'Not Found' },
      {},
      '<h1>Not Found</h1>',
      ' ',
      'Cannot GET /accounts',
    ]) {
      const type = typeof body === 'string' ? { 'content-type': 'text/html' } : {};
      await assert.rejects(
        answered(404, body, type).accounts(),
        because('notFound', { status: 404 }),
      );
    }
    const wrong = new LumaClient(network, `${server.lumaAddress}/x`, new FixedToken('x'));
    await assert.rejects(wrong.accounts());
  });

  it('keep every key and every field', async () => {
    server.accounts = oddAccounts();
    const entries = await client.accounts();
    const byKey = new Map(entries.map(({ key, record }) => [key, record]));
    assert.equal(byKey.size, server.accounts.size);
    for (const [key, account] of server.accounts) {
      const { session, luma_session, ...rest } = account as Record<string, unknown>;
      assert.deepEqual(byKey.get(key), rest, key);
      assert.equal(session === undefined, luma_session === undefined);
    }
  });

  it('keep fields with odd names inside an account', async () => {
    const text =
      '{"a":{"__proto__":{"x":1},"constructor":"y","7":2,"":3,"big":12345678901234567890}}';
    const [entry] = await answered(200, text, { 'content-type': 'application/json' }).accounts();
    assert.equal(
      JSON.stringify(entry?.record),
      JSON.stringify((JSON.parse(text) as { a: unknown }).a),
    );
  });

  it('never hold their session fields', async () => {
    const record = { email: 'jane.doe@example.com', session: 'wos-1', luma_session: 'Fe26', x: 1 };
    const [entry] = await answered(200, { a: record }).accounts();
    assert.deepEqual(entry?.record, { email: 'jane.doe@example.com', x: 1 });
    const one = await answered(200, record).account('a');
    assert.deepEqual(one, { email: 'jane.doe@example.com', x: 1 });
    const inside = { team: [{ session: 'wos-1', x: { luma_session: 'Fe26', y: 1 } }, null] };
    const [deep] = await answered(200, { a: inside }).accounts();
    assert.deepEqual(deep?.record, { team: [{ x: { y: 1 } }, null] });
    const beside = { session: 'wos-1', luma_session: ['Fe26'], a: { x: 1 } };
    assert.deepEqual(await answered(200, beside).accounts(), [{ key: 'a', record: { x: 1 } }]);
    const like = { session: { email: 'jane.doe@example.com' } };
    assert.equal((await answered(200, like).accounts())[0]?.key, 'session');
  });

  it('that can’t be read stand beside the others', async () => {
    server.accounts = unreadableAccounts();
    const entries = await client.accounts();
    assert.deepEqual(
      entries.map(({ key, record }) => [key, record]),
      [...server.accounts],
    );
  });

  it('are believed only if one of them is an account', async () => {
    for (const body of [
      { error: 'Unauthorized' },
      { error: 'x', code: 17 },
      { error: { code: 'E17', message: 'Sorry' } },
      { error: { code: 'E17', message: 'Sorry' }, code: 17 },
      { a: null },
      { a: [], b: 'text', c: 7 },
      { session: 'wos-1' },
      null,
      [],
      [{ email: 'jane.doe@example.com' }],
      'text',
      7,
    ]) {
      const text = JSON.stringify(body);
      await assert.rejects(
        answered(200, text, { 'content-type': 'application/json' }).accounts(),
        because('unexpectedAnswer', { status: 200 }),
        text,
      );
    }
    const [one, two] = await answered(200, { error: 'text', jane: {} }).accounts();
    assert.deepEqual([one?.record, two?.record], ['text', {}]);
  });

  it('may be many', async () => {
    server.accounts = manyAccounts();
    const all = await keys();
    assert.equal(all.length, 10_000);
    assert.equal(all[9999], 'account10000@example.com');
  });

  it('with an error of their own are no failure', async () => {
    server.accounts = new Map([['a', { error: 'Session refresh failed' }]]);
    assert.deepEqual(await client.accounts(), [
      { key: 'a', record: { error: 'Session refresh failed' } },
    ]);
  });
});

describe('LumaClient: one account', () => {
  useFresh();
  it('has its live details', async () => {
    const account = await client.account('studio@example.com');
    assert.equal(account['sessionValid'], true);
    assert.deepEqual(account['credits'], { usage: 1840, limit: 3200 });
    assert.ok(!('session' in account) && !('luma_session' in account));
    assert.equal(server.requests[0]?.url, '/v1/luma/accounts/studio%40example.com');
  });

  it('is found under any key', async () => {
    server.accounts = oddAccounts();
    for (const key of server.accounts.keys()) {
      if (key === '') continue;
      const account = await client.account(key);
      assert.ok('sessionValid' in account, key);
    }
  });

  it('is not asked for by a key that leads elsewhere', async () => {
    for (const key of ['', '.', '..', 'half \u{d83d}']) {
      await assert.rejects(client.account(key), because('invalidAddress'), key);
    }
    assert.deepEqual(server.requests, []);
    for (const key of ['../accounts', '%2e%2e', '..\\x', 'a/../../b', '?x', '#x']) {
      await assert.rejects(client.account(key), because('notFound', { status: 404 }));
    }
    assert.ok(server.requests.every(({ path }) => /^\/v1\/luma\/accounts\/[^/]+$/.test(path)));
  });

  it('that is gone is not found', async () => {
    await assert.rejects(
      client.account('nobody@example.com'),
      because('notFound', { status: 404 }),
    );
  });

  it('is believed only if it is an object', async () => {
    for (const body of ['null', '[]', '"text"', '7']) {
      await assert.rejects(
        answered(200, body, { 'content-type': 'application/json' }).account('a'),
        because('unexpectedAnswer'),
      );
    }
  });
});

describe('LumaClient: failures', () => {
  useFresh();
  it('of a wrong token are told in the words of the service', async () => {
    server.tokens.luma = 'another';
    await assert.rejects(
      client.accounts(),
      because('unauthorized', { status: 401, detail: 'Unauthorized' }),
    );
    assert.equal(server.requests.length, 1, 'a pasted token is not tried twice');
  });

  it('of a token that no header can hold come before anything is sent', async () => {
    for (const token of ['', 'a\nb', 'a\u{0}b', 'é']) {
      const bad = new LumaClient(network, server.lumaAddress, new FixedToken(token));
      await assert.rejects(bad.accounts(), because('invalidCredential'));
    }
    assert.deepEqual(server.requests, []);
  });

  it('never hold the token, however the service repeats it', async () => {
    const token = 'user:10001-a/b+c=abcdefgh';
    for (const pasted of [token, ` ${token}\n`, `Bearer ${token}`, `bearer  ${token}`]) {
      for (const echo of [token, encodeURIComponent(token), `Bearer ${token}`]) {
        const transport = new FakeTransport(() => response(401, { error: `bad ${echo}!` }));
        const address = 'https://api.useapi.net/v1/luma';
        const talking = new LumaClient(transport, address, new FixedToken(pasted));
        await assert.rejects(talking.accounts(), (error) => {
          assert.ok(isServiceError(error));
          const told = `${error.stack ?? ''} ${JSON.stringify(error)} ${error.detail ?? ''}`;
          assert.ok(!told.includes('10001') && !told.includes('abcdefgh'), told);
          return error.detail?.startsWith('bad') === true;
        });
      }
    }
  });
});
