import { setImmediate, setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Connection } from '../../src/connections/connection.ts';
import { createSession } from '../../src/connections/session.ts';
import { Sessions } from '../../src/connections/sessions.ts';
import type { Transport } from '../../src/http/transport.ts';
import { luminaryAnswer } from '../../src/sample/luminary.ts';
import { personAt } from '../../src/sample/people.ts';
import { Loader } from '../../src/tree/loader.ts';
import type { Node } from '../../src/tree/nodes.ts';
import { ExplorerProvider } from '../../src/tree/provider.ts';
import { until } from '../hosts/until.ts';
import { Parts } from './parts.ts';
import { revealDrawn } from './reveal.ts';

const connection: Connection = {
  kind: 'luminary',
  id: 'quick',
  name: 'quick',
  address: 'https://quick.withluminary.com/api/public/v1',
  credential: { kind: 'token', token: 'quick-access-token' },
};

/** Longer than the editor collects changes (200 ms): the next change is told of at once. */
const rest = 300;

describe('The tree of a service that answers within the same moment', function () {
  this.timeout(60_000);

  it('shows the users of each page, and not for ever that it loads', async () => {
    const parts = new Parts();
    await parts.store.save(connection);
    const sessions = new Sessions(parts.store, parts.settings, () =>
      Promise.resolve((of, pageSize, changed) => createSession(of, quick, pageSize, changed)),
    );
    const loader = new Loader(parts.store, sessions, parts.log);
    const provider = new ExplorerProvider(
      parts.store,
      sessions,
      loader,
      parts.pins,
      parts.settings,
    );
    const drawn = new Set<Node>();
    let begun = false;
    const view = vscode.window.createTreeView<Node>('lumaLuminaryTest.stage', {
      treeDataProvider: {
        onDidChangeTreeData: provider.onDidChangeTreeData,
        getTreeItem(node) {
          if (node.kind === 'user') drawn.add(node.parent);
          begun ||= node.kind === 'connection';
          return provider.getTreeItem(node);
        },
        getChildren: (node) => provider.getChildren(node),
        getParent: (node) => provider.getParent(node),
      },
    });
    try {
      await vscode.commands.executeCommand('lumaLuminaryTest.stage.focus');
      const root = provider.connectionNode('quick');
      if (root === undefined) throw new Error('There is no connection.');
      await until('its row', () => Promise.resolve(begun));
      await revealDrawn(view, root);
      await until('the first page', () => Promise.resolve(drawn.size === 1));
      const pages = await provider.getChildren(root);
      for (const page of pages.slice(1, 11)) {
        await setTimeout(rest);
        await view.reveal(page, { expand: true, select: false });
        await until(
          'its users to be drawn',
          () => Promise.resolve(drawn.has(page)),
          () => Promise.resolve(`${String(drawn.size)} pages are drawn.`),
          5000,
        );
      }
    } finally {
      for (const part of [view, provider, loader, sessions, parts]) part.dispose();
    }
  });
});

const users = {
  size: 2000,
  at: (index: number) => personAt(index),
  find: () => undefined,
};

/** As a service on the same machine may be: its answer is there before the editor has looked up. */
const quick: Transport = {
  async send({ url }) {
    await setImmediate();
    const { status, body } = luminaryAnswer(users, '/users', new URL(url).searchParams);
    const headers = { 'content-type': 'application/json' };
    return { status, headers, body: new TextEncoder().encode(body) };
  },
};
