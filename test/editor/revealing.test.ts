import assert from 'node:assert/strict';
import { Revealing } from '../../src/commands/find/revealing.ts';
import type { Services } from '../../src/commands/services.ts';
import type { Connection } from '../../src/connections/connection.ts';
import { isCancellation, isServiceError } from '../../src/http/errors.ts';
import { noAnswer, respond } from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { Parts } from './parts.ts';

describe('Revealing an account', () => {
  const id = '9ecac364-0000-4000-8000-000000000001';
  let server: TestServer;
  let parts: Parts;
  let studio: Connection;
  let shown: string[];

  beforeEach(async () => {
    const account = { email: 'jane.doe@example.com', user_id: id };
    server = await startServer({ accounts: new Map([['jane', account]]) });
    const { lumaAddress: address, tokens } = server;
    studio = { kind: 'luma', id: 'studio', name: 'studio', address, token: tokens.luma };
    parts = new Parts();
    shown = [];
    await parts.store.save(studio);
  });

  afterEach(async () => {
    parts.dispose();
    await server.close();
  });

  /** Shows whoever has an id; the tree is not there. */
  function reveal(wanted: string): Promise<void> {
    const explorer = {
      revealAccount: (_: string, key: string) => Promise.resolve(shown.push(key)),
    } as unknown as Services['explorer'];
    const { sessions, loader } = parts;
    return new Revealing({ sessions, explorer, loader }).account([studio], wanted);
  }

  it('asks for it once, and not again when it is loaded', async () => {
    await reveal(id);
    assert.equal(server.requests.length, 1);
    await reveal(id);
    assert.deepEqual(shown, ['jane', 'jane']);
    assert.equal(server.requests.length, 1);
  });

  it('says why it could not be asked for, loaded though others are', async () => {
    await reveal(id);
    server.fault({ fault: respond(403, { error: 'no' }) });
    const forbidden = (error: unknown) => isServiceError(error) && error.reason === 'forbidden';
    await assert.rejects(reveal('another'), forbidden);
  });

  it('says nothing of it when asking was stopped, before others are loaded and after', async () => {
    for (const first of [true, false]) {
      const silent = server.fault({ fault: noAnswer });
      server.requests.length = 0;
      const revealing = reveal('another');
      await server.arrived(1);
      parts.loader.cancel();
      await assert.rejects(revealing, isCancellation);
      silent.remove();
      if (first) await reveal(id);
    }
  });
});
