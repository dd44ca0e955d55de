import assert from 'node:assert/strict';
import { LuminaryClient, isUser, readUser } from '../../src/api/luminary.ts';
import type { UserRecord } from '../../src/api/luminary.ts';
import { isServiceError } from '../../src/http/errors.ts';
import type { Json } from '../../src/http/json.ts';
import { ClientCredentialsTokens, FixedToken } from '../../src/http/oauth.ts';
import type { TokenSource } from '../../src/http/oauth.ts';
import { RetryingTransport } from '../../src/http/retry.ts';
import type { HttpResponse } from '../../src/http/transport.ts';
import { UndiciTransport } from '../../src/http/undici.ts';
import { UserPages } from '../../src/model/userPages.ts';
import * as faults from '../server/faults.ts';
import { sparseUsers, unreadableUsers, usersWithOddNames } from '../server/oddRecords.ts';
import { paths } from '../server/services.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { UserList } from '../server/userList.ts';
import { FakeTransport, Gate, because, response } from './fakes.ts';

let server: TestServer;
let network: UndiciTransport;
let client: LuminaryClient;
let signedIn: LuminaryClient;

/** What each test of a suite begins and ends with. */
function useFresh(): void {
  beforeEach(async () => {
    server = await startServer({ users: 250 });
    network = new UndiciTransport({ timeLimit: () => 5000 });
    client = clientWith(new FixedToken(server.tokens.luminary));
    signedIn = clientWith(credentials());
  });

  afterEach(async () => {
    await network.close();
    await server.close();
  });
}

function clientWith(tokens: TokenSource): LuminaryClient {
  return new LuminaryClient(network, server.luminaryAddress, tokens);
}

function credentials(): ClientCredentialsTokens {
  const { clientId, clientSecret } = server.tokens;
  return new ClientCredentialsTokens(network, {
    tokenUrl: server.tokenAddress,
    clientId,
    clientSecret,
  });
}

/** A client that is given this answer. */
function answered(...given: Parameters<typeof response>): LuminaryClient {
  const transport = new FakeTransport([response(...given)]);
  const address = 'https://acme.withluminary.com/api/public/v1';
  return new LuminaryClient(transport, address, new FixedToken('secret'));
}

const page = (fields: object = {}, info: object = {}) => ({
  data: [],
  page_info: { has_next_page: false, has_previous_page: false, ...info },
  total_count: 0,
  ...fields,
});

const id = (index: number) => (server.users.at(index) as UserRecord).id;

describe('LuminaryClient: users', () => {
  useFresh();
  it('are asked for as the query says', async () => {
    await client.users({});
    await client.users({ limit: 5 });
    await client.users({ after: undefined, before: undefined, limit: undefined });
    assert.deepEqual(
      server.requests.map(({ url }) => url),
      ['/users', '/users?limit=5', '/users'].map((path) => paths.luminary + path),
    );
    assert.equal(server.requests[0]?.headers.authorization, `Bearer ${server.tokens.luminary}`);
  });

  it('come with their cursors and the total', async () => {
    const first = await client.users({ limit: 100 });
    assert.equal(first.data.length, 100);
    assert.equal(first.hasNextPage, true);
    assert.equal(first.hasPreviousPage, false);
    assert.equal(first.totalCount, 250);
    const second = await client.users({ after: first.endCursor, limit: 200 });
    assert.equal((second.data[0] as UserRecord).id, id(100));
    assert.equal(second.hasNextPage, false);
    assert.equal(second.hasPreviousPage, true);
    const back = await client.users({ before: second.startCursor, limit: 10 });
    assert.equal((back.data[9] as UserRecord).id, id(99));
  });

  it('are asked for with a cursor as it came, whatever is in it', async () => {
    server.fault(faults.respond(200, page()));
    for (const cursor of ['a+b/c=', 'a b&limit=1#?%', 'ünï…', '../..', '0', '__proto__']) {
      await client.users({ after: cursor, before: cursor });
      const { query } = server.requests.at(-1) ?? {};
      assert.equal(query?.get('after'), cursor);
      assert.equal(query.get('before'), cursor);
      assert.equal(query.get('limit'), null);
    }
  });

  it('keep every field of every element', async () => {
    const odd = [
      ...usersWithOddNames(),
      ...Object.values(sparseUsers()),
      ...Object.values(unreadableUsers()),
    ];
    server = await replaced(odd);
    const { data } = await client.users({ limit: 1000 });
    assert.equal(JSON.stringify(data), JSON.stringify(odd));
  });

  it('have no cursor where the service gives none that can be used', async () => {
    for (const cursor of [null, undefined, '', 7, {}, ['x']]) {
      const info = { has_next_page: true, end_cursor: cursor, start_cursor: cursor };
      const { endCursor, startCursor, hasNextPage } = await answered(200, page({}, info)).users({});
      assert.deepEqual([endCursor, startCursor, hasNextPage], [undefined, undefined, true]);
    }
  });

  it('have a total only where it can be one', async () => {
    for (const [total, expected] of [
      [0, 0],
      [12_345, 12_345],
      [-1, undefined],
      [1.5, undefined],
      [1e300, undefined],
      ['12', undefined],
      [null, undefined],
      [undefined, undefined],
    ] as const) {
      const answer = await answered(200, page({ total_count: total })).users({});
      assert.equal(answer.totalCount, expected, String(total));
    }
  });

  it('come without what only leads back', async () => {
    const info = { has_previous_page: undefined };
    assert.equal((await answered(200, page({}, info)).users({})).hasPreviousPage, false);
  });

  it('are believed only if they are a list that says whether there is more', async () => {
    for (const body of [
      null,
      [],
      'text',
      {},
      { data: [] },
      page({ data: undefined }),
      page({ data: {} }),
      page({ data: 'text' }),
      page({ page_info: undefined }),
      page({ page_info: null }),
      page({ page_info: [] }),
      page({}, { has_next_page: undefined }),
      page({}, { has_next_page: null }),
      page({}, { has_next_page: 'false' }),
      page({}, { has_next_page: 0 }),
    ]) {
      const text = JSON.stringify(body);
      await assert.rejects(
        answered(200, text, { 'content-type': 'application/json' }).users({}),
        because('unexpectedAnswer', { status: 200 }),
        text,
      );
    }
  });
});

async function replaced(users: readonly unknown[]): Promise<TestServer> {
  await server.close();
  const next = await startServer({ users });
  client = new LuminaryClient(network, next.luminaryAddress, new FixedToken(next.tokens.luminary));
  return next;
}

describe('LuminaryClient: one user', () => {
  useFresh();
  it('is asked for by id', async () => {
    assert.deepEqual(await client.user(id(7)), server.users.at(7));
    assert.equal(server.requests[0]?.url, `${paths.users}/${id(7)}`);
  });

  it('that is not there is not found', async () => {
    const detail = 'No such user.';
    await assert.rejects(client.user('nobody'), because('notFound', { status: 404, detail }));
  });

  it('is not asked for by an id that leads elsewhere', async () => {
    for (const wrong of ['', '.', '..', '\u{dc00}']) {
      await assert.rejects(client.user(wrong), because('invalidAddress'));
    }
    assert.equal(server.requests.length, 0);
    await assert.rejects(client.user('a/../../../v1/luma/accounts'), because('notFound'));
    assert.match(server.requests[0]?.url ?? '', /\/users\/a%2F\.\.%2F/);
  });

  it('is believed only if it has an id', async () => {
    for (const body of Object.values(unreadableUsers())) {
      await assert.rejects(
        answered(200, JSON.stringify(body), { 'content-type': 'application/json' }).user('a'),
        because('unexpectedAnswer', { status: 200 }),
      );
    }
  });
});

describe('LuminaryClient: failures', () => {
  useFresh();
  it('have the reason of their status and the words of the service', async () => {
    await assert.rejects(
      client.users({ limit: 5000 }),
      because('badRequest', { status: 400, detail: 'The query is not valid.' }),
    );
    await assert.rejects(
      clientWith(new FixedToken('wrong')).users({}),
      because('unauthorized', { status: 401, detail: 'The access token is not valid.' }),
    );
  });

  it('of a wrong address are a redirect, which is not followed', async () => {
    const address = `${server.address}/elsewhere`;
    const lost = new LuminaryClient(network, address, new FixedToken('x'));
    await assert.rejects(lost.users({}), because('redirected', { status: 302 }));
    assert.equal(server.requests.length, 1);
  });
});

describe('LuminaryClient: sign-in', () => {
  useFresh();
  const tokenRequests = () => server.requests.filter(({ path }) => path === paths.token).length;

  it('happens once, however many ask', async () => {
    await Promise.all(Array.from({ length: 20 }, () => signedIn.users({ limit: 1 })));
    assert.equal(tokenRequests(), 1);
    assert.equal(server.requests.length, 21);
  });

  it('is repeated once when a token is revoked half-way, and so is the request', async () => {
    const first = await signedIn.users({ limit: 100 });
    server.tokens.revoke();
    const next = await signedIn.users({ after: first.endCursor, limit: 100 });
    assert.equal((next.data[0] as UserRecord).id, id(100));
    assert.equal(tokenRequests(), 2);
    assert.equal(server.requests.length, 5);
  });

  it('is repeated once for all whose token was revoked', async () => {
    await signedIn.users({ limit: 1 });
    server.tokens.revoke();
    await Promise.all(Array.from({ length: 10 }, () => signedIn.users({ limit: 1 })));
    assert.equal(tokenRequests(), 2);
  });

  it('is not repeated without end where every token is refused', async () => {
    server.fault({ path: paths.users, fault: faults.respond(401, { message: 'No' }) });
    await assert.rejects(signedIn.users({}), because('unauthorized', { status: 401 }));
    assert.equal(server.requests.length, 4);
    assert.equal(tokenRequests(), 2);
  });

  it('that fails once is not remembered', async () => {
    server.fault({ path: paths.token, fault: faults.respond(400, { error: 'no' }), times: 1 });
    await assert.rejects(signedIn.users({}), because('unauthorized'));
    assert.equal((await signedIn.users({ limit: 1 })).data.length, 1);
  });

  it('is tried again where its failure passes', async () => {
    server.fault({ path: paths.token, fault: faults.respond(503), times: 2 });
    const retrying = new RetryingTransport(network, { backOff: 1 });
    const { clientId, clientSecret } = server.tokens;
    const tokens = new ClientCredentialsTokens(retrying, {
      tokenUrl: server.tokenAddress,
      clientId,
      clientSecret,
    });
    assert.equal((await clientWith(tokens).users({ limit: 1 })).data.length, 1);
    assert.equal(tokenRequests(), 3);
  });

  it('works with secrets that have to be encoded', async () => {
    server.tokens.clientSecret = 'a+b c:d%&é=';
    assert.equal((await clientWith(credentials()).users({ limit: 1 })).data.length, 1);
  });

  it('can be cancelled', async () => {
    server.fault({ path: paths.token, fault: faults.noAnswer });
    const stop = new AbortController();
    const asked = signedIn.users({}, stop.signal);
    await server.arrived(1);
    const began = performance.now();
    stop.abort();
    await assert.rejects(asked, { name: 'AbortError' });
    assert.ok(performance.now() - began < 50);
  });

  it('that takes the place of another serves requests under way, and hides both tokens', async () => {
    const gate = new Gate<HttpResponse>();
    const sent = 'old-token-abcdef';
    let current = new FixedToken(sent);
    const tokens: TokenSource = {
      get secrets() {
        return current.secrets;
      },
      token: () => current.token(),
      refused: (token) => current.refused(token),
    };
    const transport = new FakeTransport(() => gate.wait());
    const asking = new LuminaryClient(transport, 'https://acme.withluminary.com', tokens);
    const asked = asking.users({});
    current = new FixedToken('new-token-ghijkl');
    const rejected = assert.rejects(asked, (error) => {
      assert.ok(isServiceError(error));
      assert.equal(error.detail, 'bad …');
      return error.reason === 'serverError';
    });
    await gate.open(response(500, { message: `bad ${sent}` }));
    await rejected;

    current = new FixedToken(sent);
    const again = asking.users({});
    current = new FixedToken('new-token-ghijkl');
    await gate.open(response(401, { message: 'old' }));
    await gate.open(response(200, page()));
    assert.deepEqual((await again).data, []);
    assert.equal(transport.requests.at(-1)?.headers['authorization'], 'Bearer new-token-ghijkl');

    current = new FixedToken(sent);
    const refusedTwice = assert.rejects(asking.users({}), because('unauthorized', { detail: '…' }));
    current = new FixedToken('new-token-ghijkl');
    await gate.open(response(401, { message: 'old' }));
    await gate.open(response(401, { message: sent }));
    await refusedTwice;
  });
});

describe('isUser and readUser', () => {
  useFresh();
  it('need nothing but an id', () => {
    for (const [name, sparse] of Object.entries(sparseUsers())) {
      assert.ok(isUser(sparse as Json), name);
      const read = readUser(sparse as UserRecord);
      assert.deepEqual(
        Object.values(read).map((value) => typeof value),
        Array(4).fill('string'),
      );
    }
    for (const [name, broken] of Object.entries(unreadableUsers())) {
      assert.ok(!isUser(broken as Json), name);
    }
  });

  it('take no id from a prototype', () => {
    assert.ok(!isUser(JSON.parse('{"__proto__":{"id":"x"}}') as Json));
    assert.ok(!isUser(Object.create({ id: 'x' }) as Json));
  });

  it('read names and email, trimmed', () => {
    const record = { id: 'a', email: ' jane.doe@example.com', first_name: 'Jane\n', last_name: 7 };
    assert.deepEqual(readUser(record as unknown as UserRecord), {
      id: 'a',
      email: 'jane.doe@example.com',
      firstName: 'Jane',
      lastName: '',
    });
  });
});

describe('a whole tenant over HTTP', () => {
  useFresh();
  const everyone = () => Array.from({ length: 250 }, (_, index) => server.users.at(index));

  it('loses nothing where every third request fails', async () => {
    for (let at = 3; at < 60; at += 3) {
      server.fault({ path: paths.users, fault: faults.respond(500), at, times: 1 });
    }
    const pages = new UserPages(client, 10, () => undefined);
    for (let tries = 0; pages.list.end === undefined; tries++) {
      assert.ok(tries < 100);
      await pages.open(Math.floor(pages.list.elements.length / 10));
    }
    assert.deepEqual(pages.list.elements, everyone());
  });

  it('loses nothing where a token is revoked half-way', async () => {
    client = signedIn;
    const pages = new UserPages(client, 100, () => undefined);
    await pages.open(0);
    server.tokens.revoke();
    await pages.open(2);
    assert.deepEqual(pages.list.elements, everyone());
  });

  it('is one of 100,000 users, page 900 opened at once', async () => {
    server.users = new UserList(100_000);
    const pages = new UserPages(client, 100, () => undefined);
    await pages.open(0);
    assert.equal(pages.count, 1000);
    server.requests.length = 0;
    await pages.open(900);
    assert.deepEqual(
      server.requests.map(({ query }) => query.get('limit')),
      Array(90).fill('1000'),
    );
    assert.equal((pages.elements(900)[99] as UserRecord).id, id(90_099));
  }).timeout(10_000);
});
