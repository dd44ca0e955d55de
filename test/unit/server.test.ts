import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { type BareAnswer, type BareQuestion, ask } from '../server/ask.ts';
import { meanwhile, noAnswer, respond } from '../server/faults.ts';
import { type ServerOptions, type TestServer, startServer } from '../server/server.ts';
import { paths } from '../server/services.ts';
import { UserList } from '../server/userList.ts';

interface Page {
  readonly data: readonly { readonly id: string; readonly email: string }[];
  readonly page_info: Readonly<Record<string, unknown>>;
  readonly total_count: number;
}

let server: TestServer;

async function start(options?: ServerOptions): Promise<void> {
  await server.close();
  server = await startServer(options);
}

/** What each test of a suite begins and ends with. */
function useFresh(): void {
  beforeEach(async () => {
    server = await startServer();
  });

  afterEach(async () => {
    await server.close();
  });
}

function askAs(token: string, url: string, question: BareQuestion = {}): Promise<BareAnswer> {
  return ask(url, { ...question, headers: { authorization: `Bearer ${token}` } });
}

const accounts = (path = '/accounts') => askAs(server.tokens.luma, server.lumaAddress + path);
const users = (query = '', token = server.tokens.luminary) =>
  askAs(token, `${server.luminaryAddress}/users${query}`);

function contentOf({ body }: BareAnswer): Readonly<Record<string, unknown>> {
  return JSON.parse(body.toString()) as Readonly<Record<string, unknown>>;
}

async function page(query = ''): Promise<Page> {
  return contentOf(await users(query)) as unknown as Page;
}

describe('test server: services', () => {
  useFresh();
  it('lists accounts, also those with dangerous keys', async () => {
    server.accounts = new Map([['__proto__', { email: 'a@example.com' }]]);
    const answer = await accounts();
    assert.equal(answer.status, 200);
    assert.equal(answer.body.toString(), '{"__proto__":{"email":"a@example.com"}}');
    assert.equal(contentOf(await accounts('/accounts/__proto__'))['email'], 'a@example.com');
  });

  it('sends an empty 404 without length and type, as the real service does', async () => {
    server.accounts = new Map();
    for (const path of ['/accounts', '/accounts/nobody%40example.com']) {
      const { status, headers, body } = await accounts(path);
      assert.equal(status, 404);
      assert.equal(body.length, 0);
      assert.equal(headers['content-type'], undefined);
      assert.equal(headers['content-length'], undefined);
    }
  });

  it('lists users, and finds one by id', async () => {
    const { data, total_count, page_info } = await page();
    assert.equal(data.length, 50);
    assert.equal(total_count, 250);
    const next = await page(`?after=${encodeURIComponent(String(page_info['end_cursor']))}`);
    const wanted = next.data[0];
    assert.deepEqual(contentOf(await users(`/${wanted?.id ?? ''}`)), wanted);
  });

  it('serves the end of a million users as quickly as the beginning', async () => {
    await start({ users: 1_000_000 });
    const end = encodeURIComponent(btoa('{"row":1000000}'));
    const { data, page_info, total_count } = await page(`?limit=1000&before=${end}`);
    assert.equal(data.length, 1000);
    assert.equal(total_count, 1_000_000);
    assert.equal(page_info['has_next_page'], false);
    assert.equal(contentOf(await users(`/${data[999]?.id ?? ''}`))['email'], data[999]?.email);
  });

  it('keeps pages where it is told to, until the list changes', async () => {
    await start({ keepPages: true });
    assert.deepEqual(await page(), await page());
    server.users.remove(0);
    assert.equal((await page()).total_count, 249);
    server.users = new UserList(7);
    assert.equal((await page()).total_count, 7);
  });

  it('refuses a wrong token in the words of each service', async () => {
    const luma = await askAs('wrong', `${server.lumaAddress}/accounts`);
    assert.equal(luma.status, 401);
    assert.deepEqual(contentOf(luma), { error: 'Unauthorized' });
    const luminary = await users('', 'wrong');
    assert.equal(luminary.status, 401);
    assert.equal(contentOf(luminary)['code'], 'unauthorized');
    assert.equal((await users('', server.tokens.luma)).status, 401);
  });

  it('redirects from unknown paths to a page for people', async () => {
    const answer = await askAs(server.tokens.luminary, `${server.luminaryAddress}/households`);
    assert.equal(answer.status, 302);
    const login = await ask(server.address + String(answer.headers.location));
    assert.equal(login.status, 200);
    assert.match(login.headers['content-type'] ?? '', /^text\/html/);
  });

  it('allows no other method', async () => {
    const headers = { authorization: `Bearer ${server.tokens.luma}` };
    const answer = await ask(`${server.lumaAddress}/accounts`, { method: 'DELETE', headers });
    assert.equal(answer.status, 405);
  });

  it('holds answers back as long as it is told', async () => {
    server.latencyMs = 40;
    const began = performance.now();
    await users();
    assert.ok(performance.now() - began >= 39);
  });
});

describe('test server: records', () => {
  useFresh();
  it('notes what was sent', async () => {
    await ask(`${server.luminaryAddress}/users?limit=3&after=%3D`, {
      method: 'POST',
      headers: { 'x-test': 'yes' },
      body: 'text',
    });
    const record = await server.arrived(1);
    await record.ended;
    const { number, method, url, path, body, outcome, headers, query } = record;
    assert.deepEqual(
      { number, method, url, path, body, outcome },
      {
        number: 1,
        method: 'POST',
        url: `${paths.users}?limit=3&after=%3D`,
        path: paths.users,
        body: 'text',
        outcome: 'answered',
      },
    );
    assert.equal(headers['x-test'], 'yes');
    assert.equal(query.get('after'), '=');
    assert.ok(record.bytesSent > 100);
    assert.ok((record.endedAt ?? 0) >= record.arrivedAt);
  });

  it('tells connections apart', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    await ask(server.address, { agent });
    await ask(server.address, { agent });
    await ask(server.address);
    assert.deepEqual(
      server.requests.map(({ connection, onConnection }) => [connection, onConnection]),
      [
        [1, 1],
        [1, 2],
        [2, 1],
      ],
    );
    agent.destroy();
  });

  it('notes that the client has left', async () => {
    server.fault(noAnswer);
    const controller = new AbortController();
    const asked = users('', '').catch(() => undefined);
    const aborted = ask(server.address, { signal: controller.signal });
    const record = await server.arrived(2);
    assert.equal(record.outcome, 'open');
    controller.abort();
    await assert.rejects(aborted, { name: 'AbortError' });
    const left = server.requests.find(({ path }) => path === '/');
    await left?.ended;
    assert.equal(left?.outcome, 'aborted');
    await server.close();
    await asked;
    const kept = server.requests.find(({ path }) => path === paths.users);
    await kept?.ended;
    assert.equal(kept?.outcome, 'cut');
    server = await startServer();
  });

  it('ends all connections when it is closed', async () => {
    const agent = new Agent({ keepAlive: true });
    await ask(server.address, { agent });
    assert.equal(await server.connectionCount(), 1);
    const { address } = server;
    await server.close();
    await assert.rejects(ask(address), { code: 'ECONNREFUSED' });
    agent.destroy();
    server = await startServer();
  });
});

describe('test server: rules', () => {
  useFresh();
  const statusOf = async (query = '') => (await users(query)).status;

  it('apply to all requests, until they are removed', async () => {
    const handle = server.fault(respond(418));
    assert.deepEqual([await statusOf(), (await accounts()).status], [418, 418]);
    assert.equal(handle.hits, 2);
    handle.remove();
    assert.equal(await statusOf(), 200);
  });

  it('apply to a path, a pattern or what a function says', async () => {
    server.fault({ path: paths.accounts, fault: respond(501) });
    server.fault({ path: /limit=7/, fault: respond(502) });
    server.fault({ path: ({ query }) => query.has('before'), fault: respond(503) });
    assert.equal((await accounts()).status, 501);
    assert.equal((await accounts('/accounts/x')).status, 404);
    assert.equal(await statusOf('?limit=7'), 502);
    assert.equal(await statusOf('?before=x'), 503);
    assert.equal(await statusOf(), 200);
    server.heal();
    assert.equal((await accounts()).status, 200);
  });

  it('apply from the n-th request on, and n times', async () => {
    server.fault({ path: paths.users, at: 2, times: 2, fault: respond(500) });
    await accounts();
    const seen = [await statusOf(), await statusOf(), await statusOf(), await statusOf()];
    assert.deepEqual(seen, [200, 500, 500, 200]);
  });

  it('let things happen between two requests', async () => {
    server.fault({
      at: 1,
      times: 1,
      fault: meanwhile(() => {
        server.users.remove(0, 100);
      }),
    });
    assert.equal((await page()).total_count, 250);
    assert.equal((await page()).total_count, 150);
  });

  it('make close() throw when a fault has thrown', async () => {
    server.fault(() => {
      throw new Error('a fault of the fault');
    });
    await assert.rejects(users(), { code: 'ECONNRESET' });
    await assert.rejects(server.close(), /fault of the test server/);
    server = await startServer();
  });
});
