import assert from 'node:assert/strict';
import { readingCommands } from '../../src/commands/reading.ts';
import type { Node } from '../../src/tree/nodes.ts';
import { until } from '../hosts/until.ts';
import { noAnswer } from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { Parts, tenant } from './parts.ts';

describe('Reading again, and stopping it', () => {
  const acme = { kind: 'connection', id: 'acme', service: 'luminary' } as const;
  const [first, second] = [0, 1].map((index): Node => ({ kind: 'page', parent: acme, index })) as [
    Node,
    Node,
  ];
  const locked: Node = { kind: 'unreadableConnection', id: 'locked' };
  let server: TestServer;
  let parts: Parts;

  beforeEach(async () => {
    server = await startServer({ users: 250 });
    parts = new Parts();
    await parts.store.save(tenant(server));
  });

  afterEach(async () => {
    parts.dispose();
    await server.close();
  });

  const target = (node: Node, fromMenu: boolean) => ({
    nodes: [node],
    first: node,
    fromMenu,
    argument: undefined,
  });
  const openFirst = () => parts.loader.load({ kind: 'page', connection: 'acme', index: 0 });

  it('reads everything where what is selected can be read with nothing', async () => {
    await openFirst();
    const before = server.requests.length;
    await readingCommands(parts).refresh(target(locked, false));
    assert.ok(server.requests.length > before);
  });

  it('reads the accounts again where one that is opened is none any more', async () => {
    const { lumaAddress: address, tokens } = server;
    await parts.store.save({ kind: 'luma', id: 'studio', name: 's', address, token: tokens.luma });
    await parts.loader.load({ kind: 'connection', connection: 'studio' });
    const accounts = parts.sessions.luma('studio')?.accounts;
    const [gone, ...others] = accounts?.all.map(({ key }) => key) ?? [];
    assert.ok(gone !== undefined && others.length > 0);
    server.accounts = new Map([...server.accounts].filter(([key]) => key !== gone));
    await parts.loader.load({ kind: 'account', connection: 'studio', key: gone });
    assert.deepEqual(
      accounts?.all.map(({ key }) => key),
      others,
    );
  });

  it('reads a page that is of another size by now, though the old one is under way', async () => {
    server.fault({ fault: noAnswer });
    const loading = openFirst();
    await server.arrived(1);
    const pages = parts.sessions.luminary('acme')?.pages;
    assert.ok(pages);
    pages.cut(50);
    assert.equal(pages.state(0).kind, 'notLoaded');
    const again = openFirst();
    await until('the new page to load', () => Promise.resolve(pages.state(0).kind === 'loading'));
    parts.loader.cancel();
    await Promise.all([loading, again]);
  });

  it('stops what is read of what is selected, else everything, but for a menu nothing else', async () => {
    const { cancelLoading } = readingCommands(parts);
    server.fault({ fault: noAnswer });
    for (const [node, fromMenu] of [
      [first, true],
      [first, false],
      [second, false],
      [locked, false],
    ] as const) {
      server.requests.length = 0;
      const loading = openFirst();
      const request = await server.arrived(1);
      await cancelLoading(target(second, true));
      assert.equal(request.outcome, 'open');
      await cancelLoading(target(node, fromMenu));
      await loading;
      await request.ended;
      assert.equal(request.outcome, 'aborted');
    }
  });
});
