import assert from 'node:assert/strict';
import type { UserRecord } from '../../src/api/luminary.ts';
import { UserPages } from '../../src/model/userPages.ts';
import * as faults from '../server/faults.ts';
import { paths } from '../server/services.ts';
import { UserList } from '../server/userList.ts';
import { client, id, server, signedIn, useFresh } from './luminaryStage.ts';

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
    const pages = new UserPages(signedIn, 100, () => undefined);
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
