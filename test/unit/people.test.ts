import assert from 'node:assert/strict';
import type { Connection } from '../../src/connections/connection.ts';
import { createSession } from '../../src/connections/session.ts';
import type { Session } from '../../src/connections/session.ts';
import { RetryingTransport } from '../../src/http/retry.ts';
import { UndiciTransport } from '../../src/http/undici.ts';
import type { Answer } from '../../src/language/people.ts';
import { People } from '../../src/language/people.ts';
import { personAt } from '../../src/sample/people.ts';
import { noAnswer, respond } from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';

const account = '9ecac364-4b63-5b61-9241-297345710d63';
const stranger = '00000000-0000-4000-8000-000000000000';

let network: UndiciTransport;
let servers: TestServer[];
let connections: Connection[];
let sessions: Map<string, Session>;
let loads: number;
let now: number;
let people: People;

beforeEach(() => {
  network = new UndiciTransport({ timeLimit: () => 5000 });
  servers = [];
  connections = [];
  sessions = new Map();
  loads = 0;
  now = 0;
  const store = {
    get readable() {
      return connections;
    },
    ready: () => Promise.resolve(connections),
  };
  const opened = {
    get: (id: string) => sessions.get(id),
    open: (id: string) => Promise.resolve(sessions.get(id)),
  };
  const loader = {
    async load({ connection }: { readonly connection: string }) {
      loads++;
      const session = sessions.get(connection);
      if (session?.kind === 'luma') await session.accounts.refresh();
    },
  };
  people = new People(store, opened, loader, () => now);
});

afterEach(async () => {
  for (const session of sessions.values()) session.dispose();
  await network.close();
  for (const server of servers) await server.close();
});

/** A tenant of its own with some invented people, or a Luma connection with one account. */
async function connect(kind: Connection['kind'], id: string, from = 0, count = 10) {
  const users = Array.from({ length: count }, (_, n) => personAt(from + n));
  const accounts = new Map([['a', { user_id: account, email: 'jane.doe@example.com' }]]);
  const server = await startServer({ users, accounts });
  servers.push(server);
  const base = { id, name: id };
  const connection: Connection =
    kind === 'luma'
      ? { ...base, kind, address: server.lumaAddress, token: server.tokens.luma }
      : {
          ...base,
          kind,
          address: server.luminaryAddress,
          credential: { kind: 'token', token: server.tokens.luminary },
        };
  connections.push(connection);
  const transport = new RetryingTransport(network, { backOff: 1 });
  const session = createSession(connection, transport, 100, () => undefined);
  sessions.set(id, session);
  return { server, connection, session };
}

const find = (index: number, signal?: AbortSignal) =>
  people.find({ kind: 'user', text: personAt(index).id }, signal);
const known = (index: number) => people.known({ kind: 'user', text: personAt(index).id });
const asked = () => servers.map(({ requests }) => requests.length);

/** Where somebody was found. */
function whose(answer: Answer | undefined): string | undefined {
  return answer?.kind === 'found' ? answer.found.connection.id : answer?.kind;
}

describe('Whose an id is', () => {
  it('is nobody’s question where there is no connection', async () => {
    assert.equal(await find(1), undefined);
    assert.equal(await people.find({ kind: 'account', text: account }), undefined);
    assert.equal(known(1), undefined);
  });

  it('is known of loaded users without a request', async () => {
    const { session, server } = await connect('luminary', 'acme');
    assert.ok(session.kind === 'luminary');
    await session.pages.open(0);
    server.requests.length = 0;
    assert.equal(whose(known(3)), 'acme');
    assert.equal(whose(await find(3)), 'acme');
    assert.deepEqual(asked(), [0]);
  });

  it('may be users of several tenants, which all are told where that is known', async () => {
    for (const [id, from] of [
      ['a', 0],
      ['b', 5],
    ] as const) {
      const { session } = await connect('luminary', id, from);
      assert.ok(session.kind === 'luminary');
      await session.pages.open(0);
    }
    const also = (index: number) => {
      const answer = known(index);
      const found = answer?.kind === 'found' ? answer.found : undefined;
      return found?.kind === 'user' ? found.also?.map(({ id }) => id) : undefined;
    };
    assert.deepEqual([whose(known(7)), also(7)], ['a', ['b']]);
    assert.deepEqual([whose(known(2)), also(2)], ['a', undefined]);
    assert.deepEqual([whose(known(12)), also(12)], ['b', undefined]);
  });

  it('is asked of every tenant once, and of the one that had the latest user first', async () => {
    await connect('luminary', 'acme', 0);
    await connect('luminary', 'beta', 100);
    assert.equal(whose(await find(101)), 'beta');
    assert.equal(whose(await find(102)), 'beta');
    assert.deepEqual(asked(), [1, 2]);
    for (let again = 0; again < 10; again++) assert.equal(whose(await find(101)), 'beta');
    assert.equal(whose(known(101)), 'beta');
    assert.deepEqual(asked(), [1, 2]);
    assert.equal(whose(await find(5)), 'acme');
    assert.deepEqual(asked(), [2, 3]);
  });

  it('takes at most one request to each tenant for each id, ten times over', async () => {
    await connect('luminary', 'acme', 0, 100);
    await connect('luminary', 'beta', 80, 80);
    const { session } = await connect('luminary', 'gamma', 1000, 100);
    assert.ok(session.kind === 'luminary');
    await session.pages.open(0);
    for (const { requests } of servers) requests.length = 0;
    for (let round = 0; round < 10; round++) {
      const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => find(n)));
      assert.equal(answers.filter((answer) => answer?.kind === 'found').length, 160);
      assert.equal(answers.filter((answer) => answer?.kind === 'absent').length, 40);
    }
    for (const { requests } of servers) {
      assert.ok(requests.length <= 200, String(requests.length));
      assert.equal(new Set(requests.map(({ path }) => path)).size, requests.length);
    }
    const before = asked();
    assert.equal(whose(await find(1050)), 'gamma');
    assert.deepEqual(asked(), before, 'a loaded user');
  });

  it('is an answer as well where nobody has it, which is remembered', async () => {
    await connect('luminary', 'acme');
    await connect('luminary', 'beta');
    for (let again = 0; again < 3; again++) {
      const answer = await find(5000);
      assert.ok(answer?.kind === 'absent');
      assert.deepEqual(
        answer.in.map(({ id }) => id),
        ['acme', 'beta'],
      );
    }
    assert.equal(known(5000)?.kind, 'absent');
    assert.deepEqual(asked(), [1, 1]);
  });

  it('is told though another tenant fails, and the failure where nobody else has it', async () => {
    const { server } = await connect('luminary', 'acme');
    await connect('luminary', 'beta', 100);
    server.fault(respond(403, { message: 'no' }));
    assert.equal(whose(await find(101)), 'beta');
    const answer = await find(5000);
    assert.ok(answer?.kind === 'failed');
    assert.equal(answer.connection.id, 'acme');
    assert.equal((answer.error as { reason?: unknown }).reason, 'forbidden');
    assert.equal(known(5000), undefined);
    const before = asked();
    assert.equal((await find(5000))?.kind, 'failed', 'not asked again for some time');
    assert.deepEqual(asked(), before);
  });

  it('does not wait for a tenant that is silent where another has it', async () => {
    const { server } = await connect('luminary', 'acme');
    await connect('luminary', 'beta', 100);
    server.fault(noAnswer);
    assert.equal(whose(await find(101)), 'beta');
    await server.arrived(1);
    assert.equal(whose(await find(101)), 'beta');
    assert.deepEqual(asked(), [1, 1]);
  });

  it('is asked once though those who asked have left one after the other', async () => {
    const { server } = await connect('luminary', 'acme');
    await connect('luminary', 'beta', 100);
    const { promise: held, resolve: go } = Promise.withResolvers<undefined>();
    server.fault(() => held);
    for (let again = 0; again < 10; again++) {
      const stop = new AbortController();
      const finding = find(1, stop.signal);
      await server.arrived(1);
      stop.abort();
      await assert.rejects(finding, { name: 'AbortError' });
      await assert.rejects(find(1, stop.signal), { name: 'AbortError' });
    }
    go(undefined);
    assert.equal(whose(await find(1)), 'acme');
    assert.deepEqual(asked(), [1, 1]);
  });

  it('is not said to be nobody’s where a connection has ended before it answered', async () => {
    const { server, session } = await connect('luminary', 'acme');
    await connect('luminary', 'beta', 100);
    server.fault(noAnswer);
    const finding = find(5000);
    await server.arrived(1);
    session.dispose();
    assert.equal(await finding, undefined);
  });

  it('of Luma’s kind is looked for in the accounts, which are read once for that', async () => {
    const { connection } = await connect('luma', 'studio');
    await connect('luminary', 'acme');
    const id = { kind: 'account', text: account.toUpperCase() } as const;
    assert.equal(people.known(id), undefined);
    const answers = await Promise.all([people.find(id), people.find(id)]);
    for (const answer of answers) {
      assert.ok(answer?.kind === 'found' && answer.found.kind === 'account');
      assert.deepEqual([answer.found.connection, answer.found.account.key], [connection, 'a']);
    }
    assert.equal(whose(people.known(id)), 'studio');
    for (let again = 0; again < 5; again++) {
      assert.equal((await people.find({ kind: 'account', text: stranger }))?.kind, 'absent');
    }
    assert.deepEqual(asked(), [1, 0]);
  });

  it('of Luma’s kind is asked once in half a minute where the accounts can’t be read', async () => {
    const { server } = await connect('luma', 'studio');
    const fault = server.fault(respond(401, {}));
    for (let again = 0; again < 3; again++) {
      const answer = await people.find({ kind: 'account', text: account });
      assert.ok(answer?.kind === 'failed');
      now += 9_999;
    }
    assert.equal(loads, 1);
    fault.remove();
    now += 10_000;
    assert.equal(whose(await people.find({ kind: 'account', text: account })), 'studio');
    assert.equal(loads, 2);
  });

  it('of Luma’s kind goes on being read though the one who asked has left', async () => {
    const { server } = await connect('luma', 'studio');
    const { promise: held, resolve: go } = Promise.withResolvers<undefined>();
    server.fault(() => held);
    const stop = new AbortController();
    const finding = people.find({ kind: 'account', text: account }, stop.signal);
    await server.arrived(1);
    stop.abort();
    await assert.rejects(finding, { name: 'AbortError' });
    go(undefined);
    assert.equal(whose(await people.find({ kind: 'account', text: account })), 'studio');
    assert.deepEqual(asked(), [1]);
  });
});
