import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LumaConnection } from '../../src/connections/connection.ts';
import { Live, systemClock } from '../../src/tree/live.ts';
import { ExplorerProvider } from '../../src/tree/provider.ts';
import { dateTimeText } from '../../src/words/format.ts';
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

  it('are drawn only where they have changed', async () => {
    const drawn: string[] = [];
    const same = account(jane, 30); // A second later, its session would end a second later.
    serve(same, account(bob, 30));
    await parts.loader.load({ kind: 'connection', connection: 'studio' });
    parts.sessions.onDidChange(({ change }) => {
      if (change.kind !== 'read') drawn.push(change.kind === 'account' ? change.key : change.kind);
    });
    await parts.loader.renew('studio');
    assert.deepEqual(drawn.splice(0), []);
    serve(same, account(bob, 30, { executing: 1 }));
    await parts.loader.renew('studio');
    assert.deepEqual(drawn.splice(0), [bob]);
    await Promise.all([
      parts.loader.renew('studio'),
      parts.loader.refresh({ kind: 'connection', connection: 'studio' }),
    ]);
    assert.deepEqual(drawn, ['all'], 'someone who asks meanwhile shares the reading');
  });

  describe('and what hovers over their connection', () => {
    const { now } = Date;
    let time: number;

    beforeEach(() => {
      time = now();
      Date.now = () => time;
    });

    afterEach(() => {
      Date.now = now;
    });

    it('tells when they were read last, even where nothing else is drawn', async () => {
      const { store, sessions, loader, pins, settings } = parts;
      const provider = new ExplorerProvider(store, sessions, loader, pins, settings);
      const drawn: unknown[] = [];
      provider.onDidChangeTreeData((change) => drawn.push(change));
      serve(account(jane, 30));
      await provider.getChildren();
      const node = provider.connectionNode('studio');
      assert.ok(node);
      await loader.load({ kind: 'connection', connection: 'studio' });
      const look = () => {
        const { tooltip } = provider.resolveTreeItem(new vscode.TreeItem(''), node);
        assert.ok(typeof tooltip === 'string');
        return tooltip;
      };
      const renew = async (minutes: number) => {
        time += minutes * 60_000;
        await loader.renew('studio');
        await provider.told;
        return drawn.splice(0);
      };
      await renew(0);
      assert.deepEqual(await renew(10), [], 'nobody has looked');
      const first = look();
      assert.ok(first.includes(`Read ${dateTimeText(time)}`), first);
      assert.deepEqual(await renew(0), [], 'it says the same');
      assert.deepEqual(await renew(10), [node]);
      assert.deepEqual(await renew(10), [], 'nobody has looked since it was drawn');
      const last = look();
      assert.ok(last.includes(`Read ${dateTimeText(time)}`) && last !== first, last);
      provider.dispose();
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
      const ending = account(jane, 3);
      serve(ending, account(bob, 30));
      await refresh('studio');
      await heard(1);
      assert.deepEqual(told, [`The session of the Luma account ${jane} ends in 2 days.`]);
      assert.match(parts.context.stateText, /studio [\w-]{16} \d+/);
      assert.ok(!parts.context.stateText.includes('example.com'));
      open();
      serve(ending, account(bob, 3));
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
