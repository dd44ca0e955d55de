import assert from 'node:assert/strict';
import { personAt } from '../../src/sample/people.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { connectLuma, connectLuminary } from './connecting.ts';
import { useWorkbench } from './fixture.ts';
import { Untitled } from './untitled.ts';

const people = [0, 1, 2].map((index) => personAt(index));
const ids = people.map(({ id }) => id);
const names = people.map(({ first_name, last_name }) => `${first_name} ${last_name}`);
const [first = '', second = '', third = ''] = names;

describe('Inserting IDs', function () {
  this.timeout(60_000);
  const person = useWorkbench();
  let server: TestServer;

  before(async () => {
    const account = { email: 'jane.doe@example.com', user_id: '9ecac364-0001' };
    server = await startServer({ users: people, accounts: new Map([['jane', account]]) });
  });

  after(async () => {
    await server.close();
  });

  afterEach(async () => {
    await person().press('Escape');
    await person().messages.clear();
  });

  const select = async (...rows: readonly string[]) => {
    const [row = '', ...others] = rows;
    await person().explorer.collapse(row);
    await person().explorer.click(row);
    await person().explorer.collapse(row);
    for (const other of others) {
      await person().explorer.click(other, { modifiers: ['ControlOrMeta'] });
    }
  };

  it('says so before it asks, where no editor is open', async () => {
    await person().explorer.open();
    await connectLuma(person(), server, 'studio');
    await connectLuminary(person(), server, 'acme');
    await person().explorer.row(first);
    await person().explorer.pressInline(first, 'Insert ID at Cursor');
    await person().messages.notification('There is no text editor to insert into');
    await person().workbench.picture('insert without an editor');
    await person().messages.clear();
    await person().run('Luma & Luminary: Insert ID at Cursor');
    await person().messages.notification('There is no text editor to insert into');
    await person().quickInput.closed();
  });

  it('puts one into each of several cursors and selections, undone at once', async () => {
    const text = 'one\n  two\nthree\n';
    const editor = await Untitled.open(person(), text);
    await person().press('Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight');
    await person().run('Add Cursor Below');
    await person().explorer.pressInline(first, 'Insert ID at Cursor');
    await person().said('Inserted ID');
    await person().workbench.picture('inserted at two cursors');
    // The keyboard is in the editor again, and the cursors stand behind what was inserted.
    await person().page.keyboard.type('!');
    assert.equal(await editor.text(), `${ids[0]}!\n${ids[0]}!wo\nthree\n`);
    await editor.undone();
    assert.equal(await editor.undone(), text);
    await editor.close();
  });

  it('gives each of as many cursors one of several, from the top', async () => {
    const text = '[]\n[]\n[]\n';
    const editor = await Untitled.open(person(), text);
    await person().press('ArrowDown', 'ArrowDown', 'ArrowRight');
    await person().run('Add Cursor Above');
    await person().run('Add Cursor Above');
    await select(first, second, third);
    await person().explorer.chooseFromMenu(second, 'Insert ID at Cursor');
    await person().said('Inserted 3 IDs');
    assert.equal(await editor.text(), ids.map((id) => `[${id}]\n`).join(''));
    assert.equal(await editor.undone(), text);
    await editor.close();
  });

  it('puts several into every cursor where there are more or fewer, one a line', async () => {
    const text = '\tids = \nids = \n';
    const editor = await Untitled.open(person(), text);
    await person().press('End');
    await select(first, second);
    await person().explorer.pressInline(second, 'Insert ID at Cursor');
    await person().said('Inserted 2 IDs');
    assert.equal(await editor.text(), `\tids = ${ids[0]}\n\t${ids[1]}\nids = \n`);
    assert.equal(await editor.undone(), text);
    await editor.close();
  });

  it('takes an account’s ID', async () => {
    const editor = await Untitled.open(person(), '');
    await person().explorer.pressInline('jane.doe@example.com', 'Insert ID at Cursor');
    await person().said('Inserted ID');
    assert.equal(await editor.text(), '9ecac364-0001');
    await editor.close();
  });

  it('asks with Find User from the palette', async () => {
    const { quickInput, explorer } = person();
    const editor = await Untitled.open(person(), 'to: \n');
    await explorer.click('Users 1–3');
    await explorer.focus();
    await person().press('Escape');
    await editor.focus();
    await person().press('End');
    await person().run('Luma & Luminary: Insert ID at Cursor');
    await quickInput.question('Which connection?');
    await quickInput.pick('Luminary: acme');
    await quickInput.question(/^Insert the ID of… · /);
    await quickInput.type(third);
    await quickInput.pick(third);
    await person().said('Inserted ID');
    await editor.shows(`to: ${ids[2]}`);
    assert.equal(await editor.text(), `to: ${ids[2]}\n`);
    await editor.close();
  });

  it('says so where the editor is read-only, and changes nothing', async () => {
    const { explorer, messages } = person();
    await explorer.expand('Users 1–3');
    await explorer.chooseFromMenu(first, 'Open JSON');
    await person().inFront(ids[0] ?? '');
    const before = await person().editorText();
    await explorer.pressInline(second, 'Insert ID at Cursor');
    await messages.notification('Nothing was inserted: the editor is read-only');
    await person().workbench.picture('insert into a read-only editor');
    await messages.clear();
    // Which format is not asked for what can't be inserted.
    await explorer.chooseFromMenu(second, 'Insert As…');
    await messages.notification('Nothing was inserted: the editor is read-only');
    await person().quickInput.closed();
    assert.equal(await person().editorText(), before);
    await person().run('View: Close All Editors');
  });
});
