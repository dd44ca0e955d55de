import assert from 'node:assert/strict';

import type { Row } from '../hosts/rows.ts';
import { useWorkbench } from './fixture.ts';

describe('Sample data', () => {
  const person = useWorkbench();

  it('is one of three buttons in an empty view', async () => {
    const { explorer } = person();
    await explorer.open();
    const welcome = await explorer.welcome();
    for (const button of ['Connect Luma', 'Connect Luminary', 'Explore Sample Data']) {
      assert.ok(welcome.includes(button), welcome);
    }
    assert.deepEqual(await explorer.rows(), []);
  });

  it('is shown at the press of the button, with both services', async () => {
    const { explorer } = person();
    await explorer.press('Explore Sample Data');
    await explorer.row('studio@example.com');
    const luma = await explorer.row('Luma: sample data');
    assert.equal(luma.description, '3 accounts, 1 needs attention');
    await explorer.row('Luminary: sample data');
  });

  it('is browsed and copied with the keyboard alone', async () => {
    const { explorer, page, copied, press } = keyboard();
    await explorer.focus();
    await press('Home');
    await explorer.moveTo('Luminary: sample data');
    if ((await explorer.focused())?.expanded === false) await press('ArrowRight');
    await explorer.row('Users 1–100');
    const secondPage = await explorer.moveTo('Users 101–200');
    await press('ArrowRight');
    const isUser = ({ index, level, expanded }: Row) =>
      index > secondPage.index && level === 3 && expanded !== undefined;
    await explorer.row(isUser);
    const user = await explorer.moveTo(isUser);
    const id = await copied(() => press('ControlOrMeta+c'));
    assert.match(id, /^user_\w+$/);

    await press('ArrowRight');
    const field = await explorer.moveTo('ID');
    assert.equal(field.description, id);
    assert.equal(field.level, user.level + 1);
    await page.keyboard.press('ArrowLeft');
    assert.equal((await explorer.focused())?.label, user.label);
  });

  it('offers what can be done with a row in its menu', async () => {
    const { explorer } = person();
    const menu = await explorer.menuOf('studio@example.com');
    for (const item of ['Refresh', 'Copy ID', 'Copy Email', 'Copy JSON', 'Open JSON']) {
      assert.ok(menu.includes(item), menu.join(', '));
    }
  });

  it('stands there once, however often it is asked for', async () => {
    const { explorer, run } = keyboard();
    await run('Explore Sample Data');
    await explorer.collapse('Luminary: sample data');
    const connections = (await explorer.allRows()).filter(({ level }) => level === 1);
    assert.deepEqual(
      connections.map(({ label }) => label),
      ['Luma: sample data', 'Luminary: sample data'],
    );
  });

  /** The person, with the methods that press keys at hand. */
  function keyboard() {
    const who = person();
    return {
      explorer: who.explorer,
      page: who.page,
      copied: who.copied.bind(who),
      press: who.press.bind(who),
      run: who.run.bind(who),
    };
  }
});
