import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { dropConnections } from '../../src/commands/dropped.ts';
import type { Connection } from '../../src/connections/connection.ts';
import { DRAGGED_CONNECTIONS, RowDragging } from '../../src/tree/dragging.ts';
import type { Node } from '../../src/tree/nodes.ts';
import { ExplorerProvider } from '../../src/tree/provider.ts';
import { until } from '../hosts/until.ts';
import { noAnswer } from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { FakeContext } from './fakeSecrets.ts';
import { Parts, tenant } from './parts.ts';

/** What one window of the editor has: the product's parts and the tree, over secrets of all. */
class Window {
  readonly parts: Parts;
  readonly provider: ExplorerProvider;

  constructor(context: FakeContext) {
    this.parts = new Parts(context);
    const { store, sessions, loader, pins, settings } = this.parts;
    this.provider = new ExplorerProvider(store, sessions, loader, pins, settings);
  }

  /** The rows at the top, each with what stands behind it. */
  async rows(): Promise<string[]> {
    const items = (await this.provider.getChildren()).map((n) => this.provider.getTreeItem(n));
    return items.map(({ label, description }) =>
      [label as string, description as string | undefined].join(' | '),
    );
  }

  /** Waits until the rows at the top are these. */
  async shows(...expected: string[]): Promise<void> {
    const rows = async () => (await this.rows()).join('\n');
    await until('the rows', async () => (await rows()) === expected.join('\n'), rows);
  }

  dispose(): void {
    this.provider.dispose();
    this.parts.dispose();
  }
}

describe('Two windows on one profile', () => {
  let server: TestServer;
  let context: FakeContext;
  let here: Window;
  let there: Window;

  beforeEach(async () => {
    server = await startServer({ users: 250 });
    context = new FakeContext();
    [here, there] = [new Window(context), new Window(context)];
    await here.shows();
    await there.shows();
  });

  afterEach(async () => {
    for (const window of [here, there]) window.dispose();
    await server.close();
  });

  const acme = (): Connection => tenant(server);
  const studio = (): Connection => ({
    kind: 'luma',
    id: 'studio',
    name: 'studio',
    address: server.lumaAddress,
    token: server.tokens.luma,
  });

  it('see what is connected, renamed and labelled in the other, and keep what is loaded', async () => {
    await here.parts.store.save(acme());
    await there.shows('Luminary: acme | ');
    await there.parts.loader.load({ kind: 'page', connection: 'acme', index: 1 });
    const session = there.parts.sessions.luminary('acme');
    const asked = server.requests.length;

    await here.parts.store.save({ ...acme(), name: 'renamed' });
    await there.shows('Luminary: renamed | 250 users');
    await here.parts.store.save({ ...acme(), label: 'PRODUCTION', color: 'red' });
    await there.shows('Luminary: acme | PRODUCTION · 250 users');
    const [row] = await there.provider.getChildren();
    assert.ok(row);
    const { iconPath } = there.provider.getTreeItem(row);
    assert.ok(iconPath instanceof vscode.ThemeIcon);
    assert.equal(iconPath.color?.id, 'charts.red');
    await here.parts.store.save(acme());
    await there.shows('Luminary: acme | 250 users');

    assert.equal(there.parts.sessions.luminary('acme'), session);
    assert.equal(session?.pages.list.elements.length, 200);
    assert.equal(server.requests.length, asked, 'nothing is asked again');
  });

  it('sign in with a token that the other has replaced', async () => {
    await here.parts.store.save(acme());
    await there.shows('Luminary: acme | ');
    await there.parts.loader.load({ kind: 'page', connection: 'acme', index: 0 });
    server.tokens.luminary = 'another-token';
    await here.parts.store.save(tenant(server, 'another-token'));
    const session = there.parts.sessions.luminary('acme');
    await until('the new token to be used', async () => {
      await there.parts.loader.refresh({ kind: 'page', connection: 'acme', index: 1 });
      return session?.pages.list.elements.length === 200;
    });
    assert.equal(server.requests.at(-1)?.headers.authorization, 'Bearer another-token');
  });

  it('keep nothing of what the other has disconnected', async () => {
    await here.parts.store.save(studio());
    await here.parts.store.save({ ...acme(), label: 'PRODUCTION', color: 'red' });
    await there.shows('Luma: studio | ', 'Luminary: acme | PRODUCTION');
    const user = server.users.at(3) as { id: string };
    for (const { parts } of [here, there]) {
      await parts.loader.load({ kind: 'page', connection: 'acme', index: 0 });
      const session = await parts.sessions.open('acme');
      assert.ok(session?.kind === 'luminary');
      const record = await session.directory.find(user.id, new AbortController().signal);
      assert.ok(record);
      session.lookedUp.add(record);
    }
    await there.parts.pins.add([{ connection: 'acme', kind: 'user', id: user.id }]);
    server.requests.length = 0;
    server.fault({ fault: noAnswer });
    void there.parts.loader.load({ kind: 'page', connection: 'acme', index: 2 });
    const request = await server.arrived(1);

    await here.parts.store.remove('acme');
    await request.ended;
    assert.equal(request.outcome, 'aborted', 'what is under way ends in the other window, too');
    for (const window of [here, there]) {
      await window.shows('Luma: studio | ');
      assert.equal(window.parts.sessions.get('acme'), undefined);
      assert.equal(window.provider.connectionNode('acme'), undefined);
      assert.equal(window.provider.userNode('acme', user.id), undefined);
    }
    await until('the pin to go', () => Promise.resolve(!context.stateText.includes(user.id)));
    assert.ok(!context.stateText.includes('acme'), 'neither its place nor a pin is kept');
    assert.deepEqual(context.keys, ['connection:studio']);
  });

  it('follow the order of the other', async () => {
    await here.parts.store.save(studio());
    await here.parts.store.save(acme());
    await there.shows('Luma: studio | ', 'Luminary: acme | ');
    await here.parts.store.reorder(['acme', 'studio']);
    await here.shows('Luminary: acme | ', 'Luma: studio | ');
    // The state of the other window has it, but nothing says so before this.
    await there.parts.store.reload();
    await there.shows('Luminary: acme | ', 'Luma: studio | ');
    await there.parts.store.save({ ...studio(), id: 'second', name: 'second' });
    await here.shows('Luminary: acme | ', 'Luma: studio | ', 'Luma: second | ');
  });

  it('say of a secret that can’t be read what to do, and show it once it can be', async () => {
    await here.parts.store.save(studio());
    await here.parts.store.save(acme());
    context.undecryptable.add('connection:acme');
    const third = new Window(context);
    const row = 'A connection that can’t be read | the editor can’t decrypt its secret';
    await third.shows('Luma: studio | ', row);
    const [, node] = await third.provider.getChildren();
    const labels = async (parent?: Node) => {
      const items = (await third.provider.getChildren(parent)).map((child) =>
        third.provider.getTreeItem(child),
      );
      return items.map(({ label, command }) => [label, command?.command]);
    };
    assert.deepEqual(await labels(node), [
      ['What to Do…', 'lumaLuminary.keyringHelp'],
      ['Retry', 'lumaLuminary.refreshAll'],
    ]);
    context.undecryptable.clear();
    await third.parts.store.reload();
    await third.shows('Luma: studio | ', 'Luminary: acme | ');

    context.failure = new Error('no keyring');
    await third.parts.store.reload();
    assert.deepEqual((await labels()).slice(0, 3), [
      ['The editor can’t read its secrets: is the system’s keyring running?', undefined],
      ['What to Do…', 'lumaLuminary.keyringHelp'],
      ['Retry', 'lumaLuminary.refreshAll'],
    ]);
    context.failure = undefined;
    third.dispose();
  });
});

describe('Connections that are dragged', () => {
  const connection = (id: string): Node => ({ kind: 'connection', id, service: 'luminary' });
  const locked: Node = { kind: 'unreadableConnection', id: 'd' };
  const all = ['a', 'b', 'c', 'd'];

  /** The order after rows were dragged onto another. */
  async function dragged(rows: readonly Node[], target?: Node): Promise<string> {
    let order: readonly string[] = all;
    const dragging = new RowDragging({
      textOf: () => Promise.resolve('text'),
      drop: dropConnections({
        ready: () => Promise.resolve(all.map((id) => ({ kind: 'unreadable' as const, id }))),
        reorder(ids) {
          order = ids;
          return Promise.resolve();
        },
      }),
    });
    const data = new vscode.DataTransfer();
    await dragging.handleDrag(rows, data);
    assert.equal(await data.get('text/plain')?.asString(), 'text');
    await dragging.handleDrop(target, data);
    return order.join('');
  }

  const under = (parent: Node): Node => ({
    kind: 'page',
    parent: parent as Extract<Node, { kind: 'connection' }>,
    index: 0,
  });

  it('come before the one that they are dropped on, or what stands under it', async () => {
    assert.equal(await dragged([connection('c')], connection('a')), 'cabd');
    assert.equal(await dragged([locked, connection('b')], connection('a')), 'bdac');
    assert.equal(await dragged([connection('a')], locked), 'bcad');
    assert.equal(await dragged([connection('c')], under(connection('b'))), 'acbd');
  });

  it('come to the end on empty space and on what is pinned', async () => {
    assert.equal(await dragged([connection('a')]), 'bcda');
    assert.equal(await dragged([connection('a')], { kind: 'pinned' }), 'bcda');
  });

  it('stay where nothing of them is dropped', async () => {
    assert.equal(await dragged([under(connection('c'))], connection('a')), 'abcd');
    const message: Node = { kind: 'message', parent: undefined, message: { type: 'retryAll' } };
    assert.equal(await dragged([connection('c')], message), 'abcd');
    const drop = dropConnections({
      ready: () => Promise.resolve([]),
      reorder: () => Promise.reject(new Error('nothing may move')),
    });
    for (const text of ['', '{', '{"length":1}', '[7]']) {
      const data = new vscode.DataTransfer();
      data.set(DRAGGED_CONNECTIONS, new vscode.DataTransferItem(text));
      await drop(undefined, data);
    }
  });
});
