import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { SampleUser } from '../../src/sample/people.ts';
import { testOutputMark } from '../hosts/totals.ts';
import { startServer } from '../server/server.ts';
import { loadFirstPage, open, parts, useTenants } from './idsStage.ts';
import { tenant } from './parts.ts';

describe('IDs in editors, proposed', function () {
  this.timeout(120_000);
  useTenants();

  it('are proposed from 100,000 users without holding anything up', async () => {
    const many = await startServer({ users: 100_000 });
    try {
      await parts.store.save({ ...tenant(many), id: 'many', name: 'many' });
      const session = await parts.sessions.open('many');
      assert.ok(session?.kind === 'luminary');
      await session.pages.loadAll();
      const times: number[] = [];
      const { first_name, last_name } = many.users.at(99_990) as SampleUser;
      const whole = `user_${last_name}_${first_name}`.replaceAll(/[^\p{L}_]/gu, '_');
      for (const word of ['user_', 'user_a', 'user_an', whole, 'user_01', 'user_uuuu']) {
        const document = await open(`x = "${word}"`);
        const at = new vscode.Position(0, 5 + word.length);
        const began = performance.now();
        const list = await vscode.commands.executeCommand<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          document.uri,
          at,
          '_',
        );
        times.push(performance.now() - began);
        const users = list.items.filter(({ kind }) => kind === vscode.CompletionItemKind.User);
        assert.ok(users.length <= 50);
        assert.equal(users.length > 0, word !== 'user_uuuu', word);
        assert.ok(word === 'user_uuuu' || list.isIncomplete);
      }
      const shown = times.map((time) => `${time.toFixed(0)} ms`).join(', ');
      console.log(
        `${testOutputMark}Completions over 100,000 users, the first with its index: ${shown}`,
      );
    } finally {
      await many.close();
    }
  });

  it('propose nothing where no ID begins', async () => {
    await loadFirstPage();
    const document = await open('my_user_ my_ us user_');
    const proposed: number[] = [];
    for (const character of [3, 8, 12, 15, 21]) {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        new vscode.Position(0, character),
      );
      const users = list.items.filter(({ kind }) => kind === vscode.CompletionItemKind.User);
      proposed.push(users.length);
    }
    assert.deepEqual(proposed, [0, 0, 0, 0, 50]);
  });
});
