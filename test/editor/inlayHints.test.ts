import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { personAt } from '../../src/sample/people.ts';
import { until } from '../hosts/until.ts';
import { account, acme, beta, language, open, set, useTenants } from './idsStage.ts';

describe('IDs in editors, with names after them', function () {
  this.timeout(120_000);
  useTenants();

  it('have names written after them, asked for once each', async () => {
    const ids = [4, 103, 703, 5000].map((n) => personAt(n).id);
    const document = await open(`${ids.join('\n')}\n${account}`);
    const hints = async () => {
      const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        document.uri,
        new vscode.Range(0, 0, 4, 100),
      );
      return found.map(({ label, position }) => [label, position.line, position.character]);
    };
    assert.deepEqual(await hints(), []);
    assert.deepEqual([acme.requests.length, beta.requests.length], [0, 0]);
    await set('inlayHints', true);
    const shown = await until('all names', async () => {
      const now = await hints();
      return now.length === 4 && now;
    });
    const named = (n: number) => `${personAt(n).first_name} ${personAt(n).last_name}`;
    assert.deepEqual(shown, [
      [named(4), 0, 31],
      [named(103), 1, 31],
      [named(703), 2, 31],
      ['studio@example.com', 4, 36],
    ]);
    await hints();
    assert.ok(acme.requests.length <= 4);
    assert.equal(beta.requests.filter(({ path }) => path.includes('user_')).length <= 4, true);
  });

  it('have names written after them once they are typed, and are not asked for before', async () => {
    const { id } = personAt(104);
    const document = await open('');
    const names: unknown[] = [];
    const write = () => {
      const range = new vscode.Range(0, 0, 0, 100);
      const hints = language.hints.provide(document, range, write);
      names.push(...hints.map(({ label }) => label));
    };
    for (let length = 12; length <= id.length; length++) {
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(0, 0, 0, 100), id.slice(0, length));
      await vscode.workspace.applyEdit(edit);
      write();
    }
    await until('the name', () => Promise.resolve(names.length > 0));
    const { first_name, last_name } = personAt(104);
    assert.deepEqual(names, [`${first_name} ${last_name}`]);
    for (const { requests } of [acme, beta]) {
      const typed = requests.map(({ path }) => path.split('/').at(-1)).filter((one) => one !== id);
      assert.deepEqual(typed, []);
    }
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});
