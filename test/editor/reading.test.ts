import assert from 'node:assert/strict';
import { readingCommands } from '../../src/commands/reading.ts';
import type { Node } from '../../src/tree/nodes.ts';
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
