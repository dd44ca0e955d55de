import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Comparison } from '../../src/commands/compareAccounts.ts';
import { Documents, standingUri } from '../../src/commands/documents.ts';
import type { StandingName } from '../../src/commands/documents.ts';
import { until } from '../hosts/until.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { Parts } from './parts.ts';

describe('The comparison of accounts, restored after a restart', () => {
  let server: TestServer;
  let parts: Parts;
  let comparison: Comparison;
  let asked: number;

  beforeEach(async () => {
    server = await startServer({ users: 0 });
    parts = new Parts();
    const { lumaAddress: address, tokens } = server;
    const base = { kind: 'luma', id: 'studio', name: 'studio' } as const;
    await parts.store.save({ ...base, address, token: tokens.luma });
    const { store, sessions, loader, settings } = parts;
    asked = 0;
    const documents = {
      askAgain: () => {
        asked++;
      },
    };
    comparison = new Comparison({ store, sessions, loader, settings, documents });
  });

  afterEach(async () => {
    comparison.dispose();
    parts.dispose();
    await server.close();
  });

  it('tells what is known, asks no service, and follows', async () => {
    const text = await comparison.text();
    assert.match(text, /^- `Luma: studio`: not loaded yet$/m);
    assert.match(text, /^Not everything is loaded: Refresh Comparison of Accounts/m);
    assert.deepEqual(server.requests, []);
    assert.equal(asked, 0);
    await parts.loader.load({ kind: 'connection', connection: 'studio' });
    await until('it to be asked for again', () => Promise.resolve(asked > 0));
    assert.match(await comparison.text(), /^\| `studio@example.com` \| `studio` \|/m);
  });

  it('is found by its address alone', async () => {
    const document = await vscode.workspace.openTextDocument(standingUri('luma-accounts.md'));
    assert.match(document.getText(), /^# Luma accounts\n/);
  });
});

describe('A document that was closed', () => {
  it('says how it is opened again, and is not mistaken for JSON', async () => {
    const documents = new Documents((name) =>
      Promise.resolve(name === 'network-diagnostics.md' ? undefined : `the text of ${name}`),
    );
    const { scheme } = standingUri('luma-accounts.md');
    const text = (path: string) =>
      documents.provideTextDocumentContent(vscode.Uri.from({ scheme, path, query: 'gone' }));
    const said = /^What this document showed was forgotten when it was closed\. .*again\.\n$/;
    assert.match(await text('/user.md'), said);
    const json = await text('/user.json');
    assert.ok(json.startsWith('// '));
    assert.match(json.slice(3), said);
    const standing = (name: StandingName) =>
      documents.provideTextDocumentContent(standingUri(name));
    assert.equal(await standing('luma-accounts.md'), 'the text of luma-accounts.md');
    assert.equal(await standing('keyboard-help.md'), 'the text of keyboard-help.md');
    assert.match(await standing('network-diagnostics.md'), said);
    documents.dispose();
  });
});
