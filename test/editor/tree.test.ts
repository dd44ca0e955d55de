import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import { idOf } from '../../src/tree/nodes.ts';
import type { Node } from '../../src/tree/nodes.ts';
import { ExplorerProvider } from '../../src/tree/provider.ts';
import { testOutputMark } from '../hosts/totals.ts';
import { until } from '../hosts/until.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { Parts, tenant } from './parts.ts';
import { revealDrawn } from './reveal.ts';

describe('The tree with 100,000 users', function () {
  this.timeout(60_000);
  let server: TestServer;
  let stage: Stage;

  before(async () => {
    server = await startServer({ users: 100_000 });
    stage = await open(server);
  });

  after(async () => {
    stage.dispose();
    await server.close();
  });

  it('opens each page at the same cost, however many stand open', async () => {
    const { view, provider, calls } = stage;
    const root = provider.connectionNode('acme');
    assert.ok(root);
    await until('its row', () => Promise.resolve(calls.of('connection') > 0));
    await revealDrawn(view, root);
    await until('the first page', () => Promise.resolve(calls.of('user') === 100));
    assert.equal(calls.of('page'), 1000);
    const pages = await provider.getChildren(root);
    const costs: number[] = [];
    for (const index of [1, 2, 3, 4, 5]) {
      const page = pages[index];
      assert.ok(page?.kind === 'page');
      const before = calls.total;
      await view.reveal(page, { expand: true });
      await until(`page ${String(index)}`, () =>
        Promise.resolve(calls.of('user') === 100 * (index + 1)),
      );
      await calls.silence();
      costs.push(calls.total - before);
    }
    console.log(`${testOutputMark}getTreeItem calls, second to sixth page: ${costs.join(', ')}`);
    // Its users alone; where an answer takes its time, a row that says so and the page once more.
    assert.ok(
      costs.every((cost) => cost === 100 || cost === 100 + 2),
      `not all the same: ${costs.join(', ')}`,
    );
    assert.ok(calls.of('page') <= 1000 + 5, 'no page but the opened one is drawn again');
  });

  it('gives every row an id of its own', async () => {
    const { provider } = stage;
    const seen = new Set<string>();
    const walk = async (node?: Node): Promise<void> => {
      if (node?.kind === 'page' && node.index > 5) return;
      for (const child of await provider.getChildren(node)) {
        const id = idOf(child);
        assert.ok(!seen.has(id), id);
        seen.add(id);
        await walk(child);
      }
    };
    await walk();
    assert.ok(seen.size > 600 * 7);
  });

  it('makes tooltips only when someone looks, and nothing in them is trusted', async () => {
    const { provider } = stage;
    const root = provider.connectionNode('acme');
    const [page] = root ? await provider.getChildren(root) : [];
    const [user] = page ? await provider.getChildren(page) : [];
    assert.ok(user?.kind === 'user');
    const item = provider.getTreeItem(user);
    assert.equal(item.tooltip, undefined);
    const { tooltip } = provider.resolveTreeItem(item, user);
    assert.ok(tooltip instanceof vscode.MarkdownString);
    assert.ok(tooltip.isTrusted !== true && tooltip.supportHtml !== true);
    assert.match(tooltip.value, /\| Email \|/);
    assert.ok(item.accessibilityInformation?.label.includes(' is a user'));
  });
});

interface Stage {
  readonly dispose: () => void;
  readonly view: vscode.TreeView<Node>;
  readonly provider: ExplorerProvider;
  readonly calls: Calls;
}

/** How often getTreeItem was called, by the kind of row. */
class Calls {
  readonly #counts = new Map<string, number>();
  total = 0;

  add(kind: string): void {
    this.total += 1;
    this.#counts.set(kind, this.of(kind) + 1);
  }

  /** Waits until there was no call for longer than the editor collects changes (200 ms). */
  async silence(): Promise<void> {
    for (let before = -1; before !== this.total;) {
      before = this.total;
      await setTimeout(300);
    }
  }

  of(kind: string): number {
    return this.#counts.get(kind) ?? 0;
  }
}

/** The real parts, shown in a view of the tests' own. */
async function open(server: TestServer): Promise<Stage> {
  const parts = new Parts();
  await parts.store.save(tenant(server));
  const provider = new ExplorerProvider(
    parts.store,
    parts.sessions,
    parts.loader,
    parts.pins,
    parts.settings,
  );
  const calls = new Calls();
  const counted: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: provider.onDidChangeTreeData,
    getTreeItem(node) {
      calls.add(node.kind);
      return provider.getTreeItem(node);
    },
    getChildren: (node) => provider.getChildren(node),
    getParent: (node) => provider.getParent(node),
  };
  const view = vscode.window.createTreeView('lumaLuminaryTest.stage', {
    treeDataProvider: counted,
  });
  await vscode.commands.executeCommand('lumaLuminaryTest.stage.focus');
  await provider.told;
  const dispose = () => {
    for (const part of [view, provider, parts]) part.dispose();
  };
  return { view, provider, calls, dispose };
}
