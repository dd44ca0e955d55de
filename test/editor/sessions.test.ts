import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { LuminarySession } from '../../src/connections/session.ts';
import { noAnswer } from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { Parts, tenant } from './parts.ts';

describe('Sessions', function () {
  this.timeout(30_000);
  let server: TestServer;
  let parts: Parts;

  before(async () => {
    server = await startServer({ users: 250 });
  });

  beforeEach(async () => {
    server.requests.length = 0;
    parts = new Parts();
    await parts.store.save(tenant(server));
  });

  afterEach(() => {
    server.heal();
    parts.dispose();
  });

  after(async () => {
    await server.close();
  });

  it('end every request of a connection that is removed while it loads', async () => {
    server.fault({ fault: noAnswer });
    const session = await open();
    const changes: unknown[] = [];
    parts.sessions.onDidChange((change) => changes.push(change));
    const opened = assert.rejects(session.pages.open(0), { name: 'AbortError' });
    const request = await server.arrived(1);
    await parts.store.remove('acme');
    await request.ended;
    await opened;
    assert.equal(request.outcome, 'aborted');
    assert.equal(parts.sessions.get('acme'), undefined);
    await setImmediate();
    assert.deepEqual(changes, [], 'nothing is drawn for what is gone');
  });

  it('keep what is loaded over a rename and a new token, and use that token', async () => {
    const session = await open();
    await session.pages.open(0);
    await parts.store.save({ ...tenant(server), name: 'renamed' });
    server.tokens.luminary = 'another-token';
    await parts.store.save(tenant(server, 'another-token'));
    assert.equal(parts.sessions.get('acme'), session);
    assert.equal(session.pages.list.elements.length, 100);
    await session.pages.open(1);
    assert.equal(session.pages.list.elements.length, 200);
    assert.equal(server.requests.at(-1)?.headers.authorization, 'Bearer another-token');
  });

  it('are made anew for another address', async () => {
    const session = await open();
    await session.pages.open(0);
    await parts.store.save({ ...tenant(server), address: `${server.luminaryAddress}/other` });
    assert.notEqual((await open()).pages, session.pages);
  });

  it('cut the users anew for another page size, and tell of one out of range', async () => {
    const settings = vscode.workspace.getConfiguration('lumaLuminary');
    const { pages } = await open();
    await pages.open(0);
    const asked = server.requests.length;
    try {
      await settings.update('pageSize', 25, vscode.ConfigurationTarget.Global);
      assert.equal((await open()).pages, pages);
      assert.equal(pages.count, 10);
      assert.equal(server.requests.length, asked, 'what is loaded stays');
      await settings.update('pageSize', 0, vscode.ConfigurationTarget.Global);
      assert.equal((await open()).pages.pageSize, 100);
      await settings.update('pageSize', 2.5, vscode.ConfigurationTarget.Global);
      assert.equal(parts.settings.pageSize, 100);
    } finally {
      await settings.update('pageSize', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  async function open(): Promise<LuminarySession> {
    const session = await parts.sessions.open('acme');
    assert.ok(session?.kind === 'luminary');
    return session;
  }
});
