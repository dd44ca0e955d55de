import assert from 'node:assert/strict';
import { Pins } from '../../src/connections/pins.ts';
import { idOf } from '../../src/tree/nodes.ts';
import type { Node, PinnedNode } from '../../src/tree/nodes.ts';
import { ExplorerProvider } from '../../src/tree/provider.ts';
import { until } from '../hosts/until.ts';
import * as faults from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { paths } from '../server/services.ts';
import { Parts, tenant } from './parts.ts';

describe('What is pinned', () => {
  let server: TestServer;
  let parts: Parts;
  let provider: ExplorerProvider;
  let changes: unknown[];
  const id = () => (server.users.at(180) as { id: string }).id;

  beforeEach(async () => {
    server = await startServer({
      users: 250,
      accounts: new Map<string, unknown>([
        ['jane.doe@example.com', { email: 'jane.doe@example.com', executing: 0 }],
        ['7', { email: 'john.roe@example.com', user_id: '9ecac364', executing: 0 }],
      ]),
    });
    parts = new Parts();
    await parts.store.save(tenant(server));
    await parts.store.save({
      kind: 'luma',
      id: 'studio',
      name: 'studio',
      address: server.lumaAddress,
      token: server.tokens.luma,
    });
    changes = [];
    provider = new ExplorerProvider(
      parts.store,
      parts.sessions,
      parts.loader,
      parts.pins,
      parts.settings,
    );
    provider.onDidChangeTreeData((change) => changes.push(change));
  });

  afterEach(async () => {
    provider.dispose();
    parts.dispose();
    await server.close();
  });

  /** The row above all that is pinned, as the last one of the tree. */
  async function pinned(): Promise<PinnedNode> {
    const node = (await provider.getChildren()).at(-1);
    assert.ok(node?.kind === 'pinned');
    return node;
  }

  /** Draws what is pinned until it is drawn in a way. */
  async function drawn(node: PinnedNode, fits: (rows: readonly Node[]) => boolean) {
    return until('the pinned rows', async () => {
      const rows = await provider.getChildren(node);
      return fits(rows) && rows;
    });
  }

  const kinds = (...expected: Node['kind'][]) => {
    return (rows: readonly Node[]) => rows.map(({ kind }) => kind).join() === expected.join();
  };
  const pinUser = (user = id()) => parts.pins.add([{ connection: 'acme', kind: 'user', id: user }]);
  const about = (row: Node | undefined) =>
    row === undefined ? '' : String(provider.getTreeItem(row).description);
  const requests = () => server.requests.map(({ path }) => path);

  it('stands at the end, and is asked for when it is opened: each once', async () => {
    assert.ok((await provider.getChildren()).every(({ kind }) => kind === 'connection'));
    await pinUser();
    const node = await pinned();
    assert.equal(provider.getTreeItem(node).label, 'Pinned');
    assert.deepEqual(requests(), []);
    const [row] = await provider.getChildren(node);
    assert.ok(row?.kind === 'pin');
    assert.equal(provider.getTreeItem(row).label, id());
    assert.equal(about(row), 'Loading… · acme');
    const [user] = await drawn(node, kinds('user'));
    assert.ok(user?.kind === 'user' && user.record.id === id());
    assert.match(about(user), /@.+ · acme$/);
    await provider.getChildren(node);
    assert.deepEqual(requests(), [`${paths.users}/${id()}`]);
    await provider.told;
    assert.ok(changes.flat().includes(node), 'it is redrawn by itself');
    assert.equal(provider.getParent(user), node);
  });

  it('is asked for again with its tenant, whatever came of it before', async () => {
    await pinUser();
    const node = await pinned();
    const refuse = () => server.fault(faults.respond(403));
    let fault = refuse();
    await drawn(node, ([row]) => row?.kind === 'pin' && row.state === 'failed');
    fault.remove();
    const tenantOf = { kind: 'connection', connection: 'acme' } as const;
    await parts.loader.refresh(tenantOf);
    await drawn(node, kinds('user'));
    fault = refuse();
    await parts.loader.refresh({ kind: 'user', connection: 'acme', id: id() });
    const state = () => parts.sessions.luminary('acme')?.directory.state(id());
    assert.ok(state()?.kind === 'found' && 'error' in (state() ?? {}));
    fault.remove();
    server.requests.length = 0;
    await parts.loader.refresh(tenantOf);
    await drawn(node, kinds('user'));
    await until('it to be read', () =>
      Promise.resolve(requests().includes(`${paths.users}/${id()}`)),
    );
  });

  it('shows at once what is loaded, with an id of its own', async () => {
    const root = provider.connectionNode('acme');
    assert.ok(root);
    await parts.loader.load({ kind: 'page', connection: 'acme', index: 1 });
    await pinUser();
    server.requests.length = 0;
    const [user] = await provider.getChildren(await pinned());
    assert.ok(user?.kind === 'user');
    assert.deepEqual(requests(), []);
    const inPage = provider.userNode('acme', id());
    assert.ok(inPage);
    assert.notEqual(idOf(inPage), idOf(user));
    assert.equal(provider.getTreeItem(inPage).contextValue, 'user.pinned');
    assert.equal(provider.getTreeItem(user).contextValue, 'user.pinned.row');
    await parts.pins.remove(parts.pins.all);
    assert.equal(provider.getTreeItem(inPage).contextValue, 'user');
  });

  it('holds IDs, and nothing else', async () => {
    await parts.loader.load({ kind: 'connection', connection: 'studio' });
    const { context, pins } = parts;
    const digest = 'sha256:86e0b9e56c17cc4d12387e1949b85053fbe73bc3ce5a1188713a9d300cc6133d';
    await pins.add([
      { connection: 'studio', kind: 'account', id: digest },
      { connection: 'studio', kind: 'account', id: '9ecac364' },
    ]);
    const rows = await drawn(await pinned(), kinds('account', 'account'));
    assert.deepEqual(
      rows.map((row) => provider.getTreeItem(row).label),
      ['jane.doe@example.com', 'john.roe@example.com'],
    );
    assert.match(about(rows[0]), /^idle · studio$/);
    assert.ok(!context.stateText.includes('example.com'));
    const again = new Pins(context, parts.store);
    assert.deepEqual(again.all, pins.all, 'they are there after a restart');
    again.dispose();
  });

  it('says that a user is gone, and why one could not be read', async () => {
    await pinUser('user_gone');
    await pinUser();
    const fault = server.fault({ path: `${paths.users}/${id()}`, fault: faults.respond(403) });
    const node = await pinned();
    const rows = await drawn(node, (all) => all.every((row) => !about(row).includes('Load')));
    assert.ok(kinds('pin', 'pin')(rows));
    assert.equal(provider.getTreeItem(rows[0] ?? node).label, 'Not in acme any more');
    assert.match(about(rows[1]), /not allowed/);
    const below = await provider.getChildren(rows[1]);
    assert.deepEqual(
      below.map((row) => provider.getTreeItem(row).label),
      ['The token is not allowed to read this.', 'Replace Token…'],
    );
    await provider.getChildren(node);
    assert.equal(requests().length, 2, 'nothing is asked again by itself');
    fault.remove();
    await parts.loader.refresh({ kind: 'user', connection: 'acme', id: id() });
    assert.ok(kinds('pin', 'user')(await provider.getChildren(node)));
  });

  it('stays on screen while it is read again, and when that fails', async () => {
    await pinUser();
    const node = await pinned();
    await drawn(node, kinds('user'));
    const subject = { kind: 'user', connection: 'acme', id: id() } as const;
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    const hold = server.fault({ path: `${paths.users}/${id()}`, fault: () => held });
    const refreshed = parts.loader.refresh(subject);
    assert.ok(kinds('user')(await provider.getChildren(node)));
    go();
    await refreshed;
    hold.remove();
    server.fault({ path: `${paths.users}/${id()}`, fault: faults.respond(403) });
    await parts.loader.refresh(subject);
    const [user] = await provider.getChildren(node);
    assert.ok(user?.kind === 'user');
    assert.match(about(user), /could not be read again: The token is not allowed/);
  });

  it('can be cancelled, and goes on on request', async () => {
    await pinUser();
    const hold = server.fault({ path: `${paths.users}/${id()}`, fault: faults.noAnswer });
    const node = await pinned();
    await provider.getChildren(node);
    await until('the request', () => Promise.resolve(hold.hits === 1));
    parts.loader.cancel({ kind: 'user', connection: 'acme', id: id() });
    const [row] = await drawn(node, ([first]) => about(first).includes('not loaded'));
    assert.deepEqual(
      (await provider.getChildren(row)).map((child) => provider.getTreeItem(child).label),
      ['Loading was cancelled.', 'Continue'],
    );
    hold.remove();
    await parts.loader.refresh({ kind: 'user', connection: 'acme', id: id() });
    assert.ok(kinds('user')(await provider.getChildren(node)));
  });

  it('goes with its connection, and the row with the last pin', async () => {
    await pinUser();
    await pinned();
    await parts.store.remove('acme');
    await until('the pin to go', () => Promise.resolve(parts.pins.all.length === 0));
    assert.ok(!parts.context.stateText.includes(id()));
    assert.ok((await provider.getChildren()).every(({ kind }) => kind === 'connection'));
  });

  it('goes in the moment in which its connection goes', async () => {
    await pinUser();
    const left: number[] = [];
    const watching = parts.store.onDidChange(() => left.push(parts.pins.all.length));
    await parts.store.remove('acme');
    watching.dispose();
    assert.deepEqual(left, [0]);
  });

  it('keeps what another window has pinned', async () => {
    assert.equal(parts.pins.all.length, 0);
    const other = new Pins(parts.context, parts.store);
    await other.add([{ connection: 'acme', kind: 'user', id: 'user_theirs' }]);
    await pinUser();
    assert.deepEqual(
      parts.pins.all.map((pin) => pin.id),
      ['user_theirs', id()],
    );
    other.dispose();
  });
});
