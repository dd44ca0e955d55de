import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { copyCommands } from '../../src/commands/copy.ts';
import { Rows } from '../../src/commands/rows.ts';
import { activeIndent, activeStyle } from '../../src/commands/style.ts';
import type { Ask } from '../../src/commands/ask.ts';
import type { Services } from '../../src/commands/services.ts';
import type { Json } from '../../src/http/json.ts';
import type { Node } from '../../src/tree/nodes.ts';
import { until } from '../hosts/until.ts';
import { startServer } from '../server/server.ts';
import { Parts, tenant } from './parts.ts';

describe('Copying', () => {
  const row: Node = { kind: 'connection', id: 'acme', service: 'luminary' };
  const target = { nodes: [row], first: row, fromMenu: true, argument: undefined };

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  /** The commands for a row that stands for a value, and the texts that they open. */
  function commandsFor(json: Json) {
    const opened: string[] = [];
    const open = (_: string, text: string) => {
      opened.push(text);
      return Promise.resolve();
    };
    const rows = {
      chosen: (nodes: readonly Node[]) => Promise.resolve(nodes),
      records: { json: () => json },
      told: (_: readonly Node[], said: string) => said,
    };
    const services = { documents: { open } } as unknown as Services;
    return { opened, ...copyCommands(services, rows as unknown as Rows, {} as unknown as Ask) };
  }

  it('indents as the active editor does, whose step may be narrower or wider than usual', async () => {
    const document = await vscode.workspace.openTextDocument({ content: '' });
    const editor = await vscode.window.showTextDocument(document);
    for (const [options, expected] of [
      [{ insertSpaces: true, tabSize: 8, indentSize: 2 }, ' '.repeat(2)],
      [{ insertSpaces: true, tabSize: 12, indentSize: 'tabSize' }, ' '.repeat(12)],
      [{ insertSpaces: false, tabSize: 8, indentSize: 2 }, '\t'],
    ] as const) {
      editor.options = options;
      await until('the indentation', () => Promise.resolve(activeIndent() === expected));
      const { copyJson } = commandsFor({ a: [1] });
      await copyJson(target);
      assert.equal(
        await vscode.env.clipboard.readText(),
        ['{', '\t"a": [', '\t\t1', '\t]', '}'].join('\n').replaceAll('\t', expected),
      );
    }
  });

  it('has the style of an editor that is asked for, whichever is in front', async () => {
    const open = async (content: string, column: vscode.ViewColumn) => {
      const document = await vscode.workspace.openTextDocument({ content });
      return vscode.window.showTextDocument(document, { viewColumn: column, preview: false });
    };
    const one = await open('const a = "b";\n', vscode.ViewColumn.One);
    one.options = { insertSpaces: true, tabSize: 8, indentSize: 3 };
    const other = await open("const a = 'b';\n", vscode.ViewColumn.Two);
    other.options = { insertSpaces: false };
    try {
      await until('the indentations', () =>
        Promise.resolve(activeIndent(one) === '   ' && activeIndent() === '\t'),
      );
      assert.equal(vscode.window.activeTextEditor, other);
      const [first, second] = [activeStyle(one), activeStyle()];
      assert.deepEqual([first.indent, first.quote], ['   ', '"']);
      assert.deepEqual([second.indent, second.quote], ['\t', "'"]);
    } finally {
      for (const { document } of [one, other]) {
        await vscode.window.showTextDocument(document);
        await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      }
    }
  });

  it('says so where a tenant was meant and not all of its users are loaded', async () => {
    const server = await startServer({ users: 250 });
    const parts = new Parts();
    const said: string[] = [];
    const { setStatusBarMessage } = vscode.window;
    Object.assign(vscode.window, { setStatusBarMessage: (text: string) => said.push(text) });
    try {
      await parts.store.save(tenant(server));
      await parts.loader.load({ kind: 'page', connection: 'acme', index: 0 });
      const rows = (nodes: readonly Node[]) => Promise.resolve(nodes);
      const ask = { rows } as unknown as Ask;
      const { copyId, copyJson } = copyCommands(
        {} as unknown as Services,
        new Rows(parts, ask),
        ask,
      );
      await copyId(target);
      await copyJson(target);
      await parts.loader.loadAll('acme');
      await copyId(target);
      assert.deepEqual(said, [
        '$(check) Copied 100 IDs (only of what is loaded)',
        '$(check) Copied JSON (only of what is loaded)',
        '$(check) Copied 250 IDs',
      ]);
    } finally {
      Object.assign(vscode.window, { setStatusBarMessage });
      parts.dispose();
      await server.close();
    }
  });

  it('leaves what no editor would take to files', async () => {
    await vscode.env.clipboard.writeText('before');
    const { copyJson, openJson, opened } = commandsFor(['x'.repeat(50_000_000)]);
    await copyJson(target);
    await openJson(target);
    assert.deepEqual([await vscode.env.clipboard.readText(), opened], ['before', []]);
  });
});
