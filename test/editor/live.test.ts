import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LumaConnection } from '../../src/connections/connection.ts';
import { Live, systemClock } from '../../src/tree/live.ts';
import { ExplorerProvider } from '../../src/tree/provider.ts';
import { sampleConnections } from '../../src/sampleConnections.ts';
import { until } from '../hosts/until.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { Parts } from './parts.ts';

const DAY = 24 * 3600_000;
const [jane, bob] = ['jane.doe@example.com', 'bob.roe@example.com'];

describe('Luma accounts that are kept up to date', function () {
  this.timeout(30_000);
  let server: TestServer;
  let parts: Parts;

  const account = (key: string, days: number, fields: object = {}) => [
    key,
    { email: key, executing: 0, luma_session_expires: inDays(days), ...fields },
  ];

  function serve(...accounts: unknown[][]): void {
    server.accounts = new Map(accounts as [string, unknown][]);
  }

  beforeEach(async () => {
    server = await startServer({ users: 0 });
    serve(account(jane, 30), account(bob, 30));
    parts = new Parts();
    await parts.store.save(studio(server));
  });

  afterEach(async () => {
    parts.dispose();
    await server.close();
  });

  describe('in the tree', () => {
    let provider: ExplorerProvider;
    let drawn: string[];

    beforeEach(async () => {
      provider = new ExplorerProvider(parts.store, parts.sessions, parts.loader, parts.pins);
      drawn = [];
      const draw = (node: Parameters<typeof provider.getTreeItem>[0]) => {
        drawn.push(node.kind === 'account' ? node.key : node.kind);
        provider.getTreeItem(node);
      };
      await provider.getChildren();
      const root = provider.connectionNode('studio');
      assert.ok(root);
      await parts.loader.load({ kind: 'connection', connection: 'studio' });
      draw(root);
      drawn = [];
      provider.onDidChangeTreeData((changed) => {
        for (const node of [changed].flat()) if (node !== undefined) draw(node);
      });
    });

    afterEach(() => {
      provider.dispose();
    });

    async function renewed(): Promise<string[]> {
      await parts.loader.renew('studio');
      await provider.told;
      return drawn.splice(0);
    }

    it('are drawn only where they have changed', async () => {
      assert.deepEqual(await renewed(), []);
      serve(account(jane, 30), account(bob, 30, { executing: 1 }));
      assert.deepEqual(await renewed(), [bob]);
      assert.deepEqual(await renewed(), []);
    });

    it('are drawn with their connection where its own row changes', async () => {
      serve(account(jane, 30), account(bob, 30, { error: 'out of order' }));
      assert.deepEqual(await renewed(), ['connection']);
      serve(account(jane, 30), account(bob, 30, { error: 'still out of order' }));
      assert.deepEqual(await renewed(), [bob]);
    });
  });

  describe('with notices', () => {
    const { showInformationMessage, showWarningMessage } = vscode.window;
    let told: string[];
    let live: Live | undefined;

    beforeEach(() => {
      told = [];
      const tell = (text: string) => {
        told.push(text);
        return Promise.resolve(undefined);
      };
      Object.assign(vscode.window, { showInformationMessage: tell, showWarningMessage: tell });
    });

    afterEach(() => {
      live?.dispose();
      Object.assign(vscode.window, { showInformationMessage, showWarningMessage });
    });

    /** A window in which the accounts are kept up to date, so many days from now. */
    function open(days = 0): void {
      live?.dispose();
      const { store, sessions, loader, log, settings, context } = parts;
      const explorer = {
        visible: true,
        onDidChangeVisibility: () => new vscode.Disposable(() => undefined),
        show: () => Promise.resolve(),
        revealAccount: () => Promise.resolve(),
      };
      const memory = context.globalState;
      live = new Live({ store, sessions, loader, explorer, log, memory }, settings, {
        ...systemClock,
        now: () => Date.now() + days * DAY,
      });
    }

    const refresh = (connection: string) =>
      parts.loader.refresh({ kind: 'connection', connection });

    const heard = (count: number) =>
      until(`${count} notices`, () => Promise.resolve(told.length >= count));

    it('tell each thing once, after a restart too, and leave nothing behind', async () => {
      open();
      serve(account(jane, 3), account(bob, 30));
      await refresh('studio');
      await heard(1);
      assert.deepEqual(told, [`The session of the Luma account ${jane} ends in 2 days.`]);
      assert.match(parts.context.stateText, /studio [\w-]{16} \d+/);
      assert.ok(!parts.context.stateText.includes('example.com'));
      open();
      serve(account(jane, 3), account(bob, 3));
      await refresh('studio');
      await heard(2);
      assert.deepEqual(told.slice(1), [`The session of the Luma account ${bob} ends in 2 days.`]);
      await parts.store.remove('studio');
      assert.ok(!/studio [\w-]{16}/.test(parts.context.stateText), parts.context.stateText);
    });

    it('say nothing of the sample data', async () => {
      const [sample] = sampleConnections();
      assert.ok(sample);
      await parts.store.save(sample);
      open(10);
      await refresh(sample.id);
      const accounts = parts.sessions.luma(sample.id)?.accounts;
      assert.ok((accounts?.attention(Date.now() + 10 * DAY) ?? 0) > 1, 'one ends soon by then');
      serve(account(jane, 13));
      await refresh('studio');
      await heard(1);
      assert.deepEqual(told, [`The session of the Luma account ${jane} ends in 2 days.`]);
    });
  });
});

function studio(server: TestServer): LumaConnection {
  const { lumaAddress: address, tokens } = server;
  return { kind: 'luma', id: 'studio', name: 'studio', address, token: tokens.luma };
}

/** In the form in which Luma writes times. */
function inDays(days: number): string {
  const text = new Date(Date.now() + days * DAY - 60_000).toISOString();
  return `${text.slice(0, 19).replace('T', ' ')} UTC`;
}
