import assert from 'node:assert/strict';
import { LuminaryClient, isUser, readUser } from '../../src/api/luminary.ts';
import type { UserRecord } from '../../src/api/luminary.ts';
import type { Json } from '../../src/http/json.ts';
import { FixedToken } from '../../src/http/oauth.ts';
import * as faults from '../server/faults.ts';
import { sparseUsers, unreadableUsers, usersWithOddNames } from '../server/oddRecords.ts';
import { paths } from '../server/services.ts';
import { UserList } from '../server/userList.ts';
import { FakeTransport, because, response } from './fakes.ts';
import { client, clientWith, id, network, page, server, useFresh } from './luminaryStage.ts';

/** A client that is given this answer. */
function answered(...given: Parameters<typeof response>): LuminaryClient {
  const transport = new FakeTransport([response(...given)]);
  const address = 'https://acme.withluminary.com/api/public/v1';
  return new LuminaryClient(transport, address, new FixedToken('secret'));
}

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
    server.users = new UserList(odd);
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

describe('isUser and readUser', () => {
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
