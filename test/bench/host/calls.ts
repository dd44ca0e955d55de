import * as vscode from 'vscode';

import { Parts } from '../../editor/parts.ts';
import { ExplorerProvider } from '../../../src/tree/provider.ts';
import type { Node } from '../../../src/tree/nodes.ts';
import { report } from './report.ts';

/** What opening pages has cost. */
export interface Calls {
  /** Calls until the first page stood open, which opens with its connection. */
  readonly first: number;
  /** Calls until the last page that was opened stood open. */
  readonly calls: number;
  /** How many pages were opened. */
  readonly opened: number;
  /** How many pages there are. */
  readonly pages: number;
  /** In seconds. */
  readonly took: number;
}

const view = 'lumaLuminaryTest.stage';

/** Longer than the editor collects changes before it draws them, in ms. */
const rest = 500;

/** A page that has not drawn its users after this time, in ms, never will. */
const STALL = 20_000;

/** No page is opened after this time, in ms. */
const PATIENCE = 6 * 60_000;

/** Opens the pages of the tenant, one after the other, and leaves them open. */
export async function run(): Promise<void> {
  const { address, token } = JSON.parse(process.env['BENCH_TENANT'] ?? '{}') as Tenant;
  const parts = new Parts();
  await parts.store.save({
    kind: 'luminary',
    id: 'bench',
    name: 'bench',
    address,
    credential: { kind: 'token', token },
  });
  const provider = new ExplorerProvider(
    parts.store,
    parts.sessions,
    parts.loader,
    parts.pins,
    parts.settings,
  );
  const counter = new Counter();
  const tree = vscode.window.createTreeView(view, { treeDataProvider: counted(provider, counter) });
  await vscode.commands.executeCommand(`${view}.focus`);
  const root = provider.connectionNode('bench');
  if (root === undefined) throw new Error('There is no connection.');
  await provider.told;
  const start = performance.now();
  await tree.reveal(root, { expand: true });
  const { pageSize } = parts.settings;
  await counter.users(pageSize);
  await counter.silence();
  const first = counter.total;
  const pages = await provider.getChildren(root);
  let opened = 1;
  for (const page of pages.slice(1)) {
    await tree.reveal(page, { expand: true, select: false });
    opened += 1;
    try {
      await counter.users(opened * pageSize);
    } catch (error) {
      const { kind } = parts.sessions.luminary('bench')?.pages.state(opened - 1) ?? {};
      throw new Error(`Page ${opened} is ${String(kind)}, and its users are not drawn.`, {
        cause: error,
      });
    }
    if (performance.now() - start > PATIENCE) break;
  }
  await counter.silence();
  const took = (performance.now() - start) / 1000;
  report({ first, calls: counter.total, opened, pages: pages.length, took } satisfies Calls);
}

interface Tenant {
  readonly address: string;
  readonly token: string;
}

function counted(provider: ExplorerProvider, counter: Counter): vscode.TreeDataProvider<Node> {
  return {
    onDidChangeTreeData: provider.onDidChangeTreeData,
    getTreeItem(node) {
      counter.add(node.kind);
      return provider.getTreeItem(node);
    },
    getChildren: (node) => provider.getChildren(node),
    getParent: (node) => provider.getParent(node),
  };
}

/** How often rows were asked for, and those of users among them. */
class Counter {
  total = 0;
  #users = 0;
  #called: () => void = () => undefined;

  add(kind: Node['kind']): void {
    this.total += 1;
    if (kind === 'user') this.#users += 1;
    this.#called();
  }

  /**
   * Waits until users were asked for so many times.
   *
   * @throws if that takes too long
   */
  async users(count: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const stalled = setTimeout(() => {
      reject(new Error(`${this.#users} of ${count} users were drawn.`));
    }, STALL);
    this.#called = () => {
      if (this.#users >= count) resolve(undefined);
    };
    this.#called();
    try {
      await promise;
    } finally {
      clearTimeout(stalled);
    }
  }

  /** Waits until nothing was asked for during a while. */
  async silence(): Promise<void> {
    await new Promise<void>((resolve) => {
      let timer = setTimeout(resolve, rest);
      this.#called = () => {
        clearTimeout(timer);
        timer = setTimeout(resolve, rest);
      };
    });
  }
}
