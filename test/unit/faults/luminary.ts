import assert from 'node:assert/strict';
import { LuminaryClient, isUser } from '../../../src/api/luminary.ts';
import { FixedToken } from '../../../src/http/oauth.ts';
import { UserPages } from '../../../src/model/userPages.ts';
import type { ListEnd } from '../../../src/model/passEnd.ts';
import { userRow } from '../../../src/tree/userRow.ts';
import type { Fault } from '../../server/exchange.ts';
import * as faults from '../../server/faults.ts';
import { connectionFaults, pageFaults, unexpectedAnswers } from '../../server/named.ts';
import { alsoHolds, emptyPageWithMore, totalCount } from '../../server/pageFaults.ts';
import {
  oddNames,
  sparseUsers,
  unreadableUsers,
  usersWithOddNames,
} from '../../server/oddRecords.ts';
import { paths } from '../../server/services.ts';
import { UserList } from '../../server/userList.ts';
import { fails, right } from './harness.ts';
import type { FaultCase, Outcome } from './harness.ts';
import type { World } from './world.ts';

/** Every user of the tenant, read anew by fifties until the list goes no further. */
async function readAll({ server, transport }: World, tries = 60): Promise<UserPages> {
  const tokens = new FixedToken(server.tokens.luminary);
  const client = new LuminaryClient(transport, server.luminaryAddress, tokens);
  const pages = new UserPages(client, 50, () => undefined);
  for (let i = 0; pages.list.end === undefined; i++) {
    assert.ok(i < tries, 'loading ends');
    await pages.open(Math.max(pages.count - 1, 0));
  }
  return pages;
}

const everyone = ({ server }: World) =>
  Array.from({ length: server.users.size }, (_, index) => server.users.at(index));

/** A list that is spoilt on the way: every user that it sends is there once, in order, and it ends. */
function list(
  name: string,
  fault: Fault,
  end: ListEnd = 'complete',
  rule: { readonly at?: number; readonly times?: number } = {},
): FaultCase {
  return {
    name,
    begin: (world) => {
      world.server.fault({ path: paths.users, fault, ...rule });
    },
    then: {},
    check: async (world) => {
      const { elements, end: found } = (await readAll(world)).list;
      assert.equal(found, end);
      const all = everyone(world);
      assert.deepEqual(elements, end === 'complete' ? all : all.slice(0, elements.length));
      assert.ok(elements.length >= 50);
    },
  };
}

const ends: Readonly<Record<string, ListEnd>> = {
  'a repeated cursor': 'repeatedCursor',
  'no cursor with more to come': 'missingCursor',
  'a null cursor with more to come': 'missingCursor',
  'an empty page with more to come': 'noProgress',
};

/** The tenant's list is edited while it is read: nobody is shown twice, and loading ends. */
function shifting(name: string, edit: (users: UserList) => void): FaultCase {
  return {
    name,
    begin: ({ server }) => {
      server.fault({
        path: paths.users,
        at: 2,
        times: 1,
        fault: faults.meanwhile(() => {
          edit(server.users);
        }),
      });
    },
    then: {},
    check: async (world) => {
      const { elements } = (await readAll(world)).list;
      const ids = elements.map((user) => (isUser(user) ? user.id : ''));
      assert.equal(new Set(ids).size, ids.length);
      assert.ok(ids.length >= 200);
    },
  };
}

/** The tenant has these users for a while. */
function people(name: string, users: readonly unknown[]): FaultCase {
  let usual: UserList;
  return {
    name,
    begin: ({ server }) => {
      usual = server.users;
      server.users = new UserList(users);
    },
    then: { users: right() },
    replaces: true,
    check: ({ luminary }) => {
      const shown = luminary.pages.list.elements;
      assert.deepEqual(shown, JSON.parse(JSON.stringify(users)));
      for (const record of shown.filter(isUser)) {
        const { label, description = '', spoken } = userRow(record);
        for (const text of [label, description, spoken]) {
          assert.doesNotMatch(text, /[\r\n\u0000-\u001f\u2028\u202a-\u202e]/);
        }
        assert.ok(label !== '' && label.length <= 200);
      }
    },
    end: ({ server }) => {
      server.users = usual;
    },
  };
}

/** The token was revoked, and what the token endpoint does then. */
function signIn(name: string, fault: Fault, outcome: Outcome, limit?: number): FaultCase {
  return {
    name: `a revoked token, and at the token endpoint ${name}`,
    begin: ({ server }) => {
      server.tokens.revoke();
      server.fault({ path: paths.token, fault });
    },
    then: { users: outcome, page: outcome },
    ...(limit !== undefined && { limit }),
  };
}

/** How signing in fails: after one refused request, or with none once there is no token any more. */
const signInFails = (reason: Parameters<typeof fails>[0], signIns = 1): Outcome => ({
  ...fails(reason, [0, 1]),
  signIns,
});

const unwell = (status: number) => faults.respond(status, { error: 'oops' });

/** What Luminary may send that leads a careless reader astray, and how signing in can fail. */
export const luminaryFaults: readonly FaultCase[] = [
  ...Object.entries(pageFaults).map(([name, fault]) =>
    // From the second page on, where that makes a difference.
    list(name, fault, ends[name], name.includes('total') ? {} : { at: 2 }),
  ),
  list('one empty page with more to come', emptyPageWithMore, 'complete', { at: 2, times: 1 }),
  list('a total of 1.5', totalCount(1.5)),
  list('a total that is null', totalCount(null)),
  list('a page that fails once', faults.respond(500), 'complete', { at: 3, times: 1 }),
  {
    name: 'the same user on two pages',
    begin: ({ server }) => {
      server.fault({ path: paths.users, fault: alsoHolds(server.users.at(3)), at: 2 });
    },
    then: {},
    check: async (world) => {
      assert.deepEqual((await readAll(world)).list.elements, everyone(world));
    },
  },
  shifting('a user that is put in between two requests', (users) => {
    users.insert(0, { ...(users.at(0) as object), id: 'new' });
  }),
  shifting('a user that is gone between two requests', (users) => {
    users.remove(10);
  }),
  shifting('users that move between two requests', (users) => {
    users.move(5, 120);
    users.move(200, 2);
  }),
  people('users that can’t be read', Object.values(unreadableUsers())),
  people('users with little but an id', Object.values(sparseUsers())),
  ...Object.keys(oddNames).map((name, index) =>
    people(`a name: ${name}`, [usersWithOddNames()[index]]),
  ),
  people('no users', []),
  {
    name: 'a token that is revoked half-way',
    begin: ({ server }) => {
      server.tokens.revoke();
    },
    then: { users: { ...right(2), signIns: 1 }, page: right() },
  },
  {
    name: 'a token that is revoked, and an endpoint that fails once',
    begin: ({ server }) => {
      server.tokens.revoke();
      server.fault({ path: paths.token, fault: unwell(503), times: 1 });
    },
    then: { users: { ...right(2), signIns: 2 }, page: right() },
  },
  {
    name: 'every token refused',
    begin: ({ server }) => {
      server.fault({ path: paths.users, fault: faults.respond(401, { message: 'No' }) });
    },
    then: { users: { ...fails('unauthorized', 2), signIns: 1, told: /401: No/ } },
  },
  signIn('a refusal with 400', refusal(400), signInFails('clientRefused')),
  signIn('a refusal with 401', refusal(401), signInFails('clientRefused')),
  signIn('403', unwell(403), signInFails('forbidden')),
  signIn('429', unwell(429), signInFails('rateLimited', 3)),
  signIn('500', unwell(500), signInFails('serverError', 3)),
  signIn('a reset', faults.resetBeforeHeaders, signInFails('connectionLost', 3)),
  ...['no answer', 'headers, then silence', 'a body that trickles for ever'].map((name) =>
    signIn(name, connectionFaults[name] ?? faults.noAnswer, signInFails('timeout'), 100),
  ),
  ...Object.entries(unexpectedAnswers).map(([name, fault]) =>
    signIn(name, fault, signInFails(name.includes('redirect') ? 'redirected' : 'unexpectedAnswer')),
  ),
  signIn(
    'a token that no header can hold',
    faults.json({ access_token: 'a\nMARKEDbrokenSECRET' }),
    signInFails('invalidCredential'),
  ),
];

/** OAuth's error, repeating the secret that it was sent. */
function refusal(status: number): Fault {
  return (exchange) =>
    faults.respond(status, {
      error: 'invalid_client',
      error_description: `unknown: ${exchange.request.body}`,
    })(exchange);
}
