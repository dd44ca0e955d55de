import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { UserPicker } from '../../src/commands/find/userPicker.ts';
import { UserIndex } from '../../src/model/search/userIndex.ts';
import { UserIndexes } from '../../src/model/search/userIndexes.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { Parts, tenant } from './parts.ts';

describe('A user who is asked for', () => {
  const title = 'Find User';
  let server: TestServer;
  let parts: Parts;

  beforeEach(async () => {
    server = await startServer({ users: 3 });
    parts = new Parts();
    await parts.store.save(tenant(server));
    await parts.loader.load({ kind: 'connection', connection: 'acme' });
  });

  afterEach(async () => {
    parts.dispose();
    await server.close();
  });

  /** Asks for a user where indexing fails so. */
  function pick(error: Error, built?: () => void) {
    const build = () => {
      built?.();
      return Promise.reject(error);
    };
    const index = Object.assign(new UserIndex(() => []), { build });
    const indexes = Object.assign(new UserIndexes(), { of: () => index });
    const { store, sessions, loader } = parts;
    return new UserPicker({ store, sessions, loader, indexes }).pick([tenant(server)], { title });
  }

  it('is no answer where indexing fails: the command that asked hears why', async () => {
    const error = new RangeError('no room for the index');
    await assert.rejects(pick(error), error);
  });

  it('is still asked for where indexing was cancelled', async () => {
    const { promise: built, resolve } = Promise.withResolvers<true>();
    const asked = pick(new DOMException('Cancelled', 'AbortError'), () => {
      resolve(true);
    });
    await built;
    assert.equal(await Promise.race([asked, delay(0, 'still')]), 'still');
    await parts.store.remove('acme');
    assert.equal(await asked, undefined);
  });
});
