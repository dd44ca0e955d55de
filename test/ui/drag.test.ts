import assert from 'node:assert/strict';
import { personAt } from '../../src/sample/people.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { connectLuminary } from './connecting.ts';
import { useWorkbench } from './fixture.ts';
import { Untitled } from './untitled.ts';

const people = [0, 1, 2].map((index) => personAt(index));
const ids = people.map(({ id }) => id);
const [first = '', second = ''] = people.map((p) => `${p.first_name} ${p.last_name}`);

describe('Dragging rows into an editor', function () {
  this.timeout(60_000);
  const person = useWorkbench();
  let server: TestServer;

  before(async () => {
    server = await startServer({ users: people });
  });

  after(async () => {
    await server.close();
  });

  /** Drags a row into the editor, with Shift, and lets it go behind the text of its first line. */
  async function drag(row: string): Promise<void> {
    const { explorer, page } = person();
    const line = await page.locator('.editor-instance .view-line').first().boundingBox();
    assert.ok(line);
    await explorer.hover(row);
    await page.mouse.down();
    await page.keyboard.down('Shift');
    await page.mouse.move(line.x + line.width / 2, line.y + 100, { steps: 10 });
    await page.mouse.move(line.x + line.width - 10, line.y + line.height / 2, { steps: 10 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
  }

  it('drops the ID of a user, undone at once', async () => {
    const { explorer } = person();
    await explorer.open();
    await connectLuminary(person(), server, 'acme');
    await explorer.row(first);
    const editor = await Untitled.open(person(), 'id: ');
    await drag(first);
    await editor.shows(`id: ${ids[0]}`);
    await person().workbench.picture('dragged');
    assert.equal(await editor.text(), `id: ${ids[0]}`);
    assert.equal(await editor.undone(), 'id: ');
    await editor.close();
  });

  it('drops the IDs of several rows and of a page, one a line', async () => {
    const { explorer } = person();
    const editor = await Untitled.open(person(), 'x');
    await explorer.collapse(first);
    await explorer.click(first);
    await explorer.collapse(first);
    await explorer.click(second, { modifiers: ['ControlOrMeta'] });
    await drag(second);
    await editor.shows(`x${ids[0]}${ids[1]}`);
    assert.equal(await editor.text(), `x${ids[0]}\n${ids[1]}`);
    await editor.undone();
    await explorer.focus();
    await person().press('Escape');
    await drag('Users 1–3');
    await editor.shows(`x${ids.join('')}`);
    assert.equal(await editor.text(), `x${ids.join('\n')}`);
    await editor.close();
  });

  it('drops the value of a field', async () => {
    const { explorer } = person();
    const editor = await Untitled.open(person(), 'x');
    await explorer.expand(first);
    await explorer.row('Email');
    await drag('Email');
    await editor.shows(`x${people[0]?.email ?? ''}`);
    assert.equal(await editor.text(), `x${people[0]?.email ?? ''}`);
    await editor.undone();
    await explorer.click('Email');
    await explorer.click(second, { modifiers: ['ControlOrMeta'] });
    await drag(second);
    await editor.shows(`x${people[0]?.email ?? ''}${ids[1]}`);
    assert.equal(await editor.text(), `x${people[0]?.email ?? ''}\n${ids[1]}`);
    await editor.close();
  });
});
