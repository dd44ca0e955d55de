import assert from 'node:assert/strict';
import { personAt } from '../../src/sample/people.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { connectLuminary } from './connecting.ts';
import { useWorkbench } from './fixture.ts';
import { TextFile } from './textFile.ts';

const people = [0, 1, 2].map(personAt);
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
    const file = await TextFile.open(person(), 'one.txt', 'id: ');
    await drag(first);
    await person().workbench.picture('dragged');
    assert.equal(await file.saved(), `id: ${ids[0]}`);
    assert.equal(await file.undone(), 'id: ');
    await file.close();
  });

  it('drops the IDs of several rows and of a page, one a line', async () => {
    const { explorer } = person();
    const file = await TextFile.open(person(), 'several.txt', '');
    await explorer.collapse(first);
    await explorer.click(first);
    await explorer.collapse(first);
    await explorer.click(second, { modifiers: ['ControlOrMeta'] });
    await drag(second);
    assert.equal(await file.saved(), `${ids[0]}\n${ids[1]}`);
    await file.undone();
    await explorer.focus();
    await person().press('Escape');
    await drag('Users 1–3');
    assert.equal(await file.saved(), ids.join('\n'));
    await file.close();
  });

  it('drops the value of a field', async () => {
    const { explorer } = person();
    const file = await TextFile.open(person(), 'field.txt', '');
    await explorer.expand(first);
    await explorer.row('Email');
    await drag('Email');
    assert.equal(await file.saved(), people[0]?.email);
    await file.close();
  });
});
