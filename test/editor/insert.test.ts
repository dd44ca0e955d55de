import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { editorForText, insertIds, insertText } from '../../src/commands/insert.ts';
import { until } from '../hosts/until.ts';
import { MemoryFiles } from './memoryFiles.ts';

describe('Inserting', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'luma-luminary-insert-'));
  });

  after(async () => {
    await rm(folder, { recursive: true });
  });

  /** Files, as an untitled document may take the name of one that was closed. */
  const opened = async (name: string, content: string) => {
    const file = path.join(folder, `${name}.txt`);
    await writeFile(file, content);
    return vscode.workspace.openTextDocument(file);
  };
  const show = (document: vscode.TextDocument) =>
    vscode.window.showTextDocument(document, { preview: false });

  const typed = (text: string) => vscode.commands.executeCommand('type', { text });
  const lines = (ids: readonly string[], lead: number) => ids.join(`\n${' '.repeat(lead)}`);

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('leaves each cursor behind its text, whatever stood there and how many lines come', async () => {
    const document = await opened('cursors', 'one;\n  two\n\nend\n');
    const editor = await show(document);
    const places = [
      new vscode.Selection(2, 0, 2, 0),
      new vscode.Selection(0, 3, 0, 3),
      new vscode.Selection(1, 5, 1, 2),
      new vscode.Selection(3, 3, 3, 3),
    ];
    for (const ids of [
      ['user_1', 'user_2', 'user_3', 'user_4'],
      ['user_1', 'user_2'],
    ]) {
      editor.selections = places;
      await until('the cursors', () =>
        Promise.resolve(isDeepStrictEqual(editor.selections, places)),
      );
      assert.ok(await insertIds(editor, ids));
      await typed('!');
      const [a, b, c, d] = ids.length === 4 ? ids : [0, 2, 0, 0].map((lead) => lines(ids, lead));
      assert.equal(document.getText(), `one${a}!;\n  ${b}!\n${c}!\nend${d}!\n`);
      await vscode.commands.executeCommand('undo');
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), 'one;\n  two\n\nend\n');
    }
  });

  it('goes where it was begun, whichever editor is in front when the text is there', async () => {
    const [one, other] = [await opened('one', 'one\n'), await opened('other', 'other\n')];
    const begun = await show(one);
    await show(other);
    assert.equal(await insertText(begun, 'text', 'Inserted'), false);
    assert.deepEqual([one.getText(), other.getText()], ['one\n', 'other\n']);

    await show(one);
    assert.equal(await insertIds(begun, ['user_1']), true);
    assert.deepEqual([one.getText(), other.getText()], ['user_1one\n', 'other\n']);
  });

  it('knows before it begins what is read-only', async () => {
    const [locked, open] = [new MemoryFiles('lumalocked', true), new MemoryFiles('lumaopen')];
    const shown = vscode.workspace.registerTextDocumentContentProvider('lumashown', {
      provideTextDocumentContent: () => 'shown\n',
    });
    try {
      for (const files of [locked, open]) files.files.set('/file.txt', 'text\n');
      const known = async (uri: vscode.Uri) => {
        const editor = await show(await vscode.workspace.openTextDocument(uri));
        assert.equal(vscode.window.activeTextEditor, editor);
        return (await editorForText()) === undefined;
      };
      assert.equal(await known(locked.uri('/file.txt')), true);
      assert.equal(await known(vscode.Uri.parse('lumashown:/file.txt')), true);
      assert.equal(await known(open.uri('/file.txt')), false);
      assert.equal(await known((await opened('open', 'text\n')).uri), false);
      assert.equal(await known(vscode.Uri.parse('untitled:inserting')), false);
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      vscode.Disposable.from(locked, open, shown).dispose();
    }
  });
});
