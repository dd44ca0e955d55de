import assert from 'node:assert/strict';
import { Walkthrough } from '../hosts/walkthrough.ts';
import { useWorkbench } from './fixture.ts';
import { walkthroughListed } from './walkthroughListed.ts';

const connect = 'Make a connection';
const browse = 'Look through accounts and users';
const find = 'Find anybody';
const code = 'Bring IDs into your code';
const watch = 'Know which account is free';
/** The steps by their ids, in their order. */
const steps = { connect, browse, find, code, watch };
const all = Object.values(steps);

const themes = {
  dark: 'Dark Modern',
  light: 'Light Modern',
  'high contrast dark': 'Dark High Contrast',
  'high contrast light': 'Light High Contrast',
};

describe('The walkthrough', function () {
  this.timeout(90_000);
  // A step takes the keyboard when it has slid open, even from a question that its button has asked.
  const still = { 'workbench.reduceMotion': 'on', 'workbench.editor.useModal': 'off' };
  const person = useWorkbench({ settings: still });
  const walkthrough = () => new Walkthrough(person().page);

  /** Closes what was opened above it. */
  async function close(title: string): Promise<void> {
    const tab = person().page.locator('.tab').filter({ hasText: title });
    await tab.locator('.action-label').click();
  }

  /** Leaves a question; Escape would leave the walkthrough before the question has the keyboard. */
  async function leave(): Promise<void> {
    await person().page.locator('.quick-input-widget input:focus').waitFor();
    await person().quickInput.cancel();
  }

  it('is a link away for whoever has no connection, and begins with nothing done', async () => {
    const { explorer, page } = person();
    // Where there is less room, the editor leaves the pictures out.
    await page.setViewportSize({ width: 1700, height: 900 });
    await explorer.open();
    await explorer.welcome();
    await walkthroughListed(person());
    await explorer.press('Get Started');
    const there = await walkthrough().steps();
    assert.deepEqual(
      there.map(({ title, open }) => ({ title, open })),
      all.map((title) => ({ title, open: title === connect })),
    );
    await walkthrough().press(find, 'Go to User by ID…');
    await person().messages.press('There is no tenant yet', 'Show Luma & Luminary');
    assert.deepEqual(await walkthrough().done(), []);
  });

  it('has a picture for each step, in the colours of each theme', async () => {
    const { page, workbench, quickInput } = person();
    const backgrounds = new Set<string>();
    for (const [name, label] of Object.entries(themes)) {
      await person().run('Preferences: Color Theme');
      await quickInput.question('Select Color Theme');
      await quickInput.type(label);
      await quickInput.pick(label);
      await quickInput.closed();
      for (const [id, title] of Object.entries(steps)) {
        await walkthrough().open(title);
        const picture = walkthrough().picture(id);
        await picture.waitFor();
        await page.mouse.move(640, 780);
        await workbench.picture(`walkthrough ${name} ${id}`);
        assert.ok(((await picture.boundingBox())?.width ?? 0) >= 350);
        if (id !== 'code') continue;
        const background = picture.locator('g > rect').first();
        backgrounds.add(await background.evaluate((rect) => getComputedStyle(rect).fill));
      }
    }
    assert.ok(backgrounds.size >= 3, [...backgrounds].join());
  });

  it('takes nothing for done that was only tried', async () => {
    // Three messages: of more within 800 ms the editor shows no toast.
    const { explorer, quickInput, messages } = person();
    await walkthrough().press(connect, 'Connect Luma');
    await quickInput.question('Luma API token');
    await leave();
    await walkthrough().press(connect, 'Connect Luminary');
    await quickInput.question('Subdomain');
    await leave();
    await walkthrough().press(browse, 'Show Luma & Luminary');
    await explorer.welcome();
    await walkthrough().press(find, 'Find User…');
    await messages.press('There is no tenant yet', 'Show Luma & Luminary');
    await walkthrough().press(code, 'Copy As…');
    await messages.press('There is no connection yet', 'Show Luma & Luminary');
    await walkthrough().press(watch, 'Compare Accounts');
    await messages.press('There is no Luma token yet', 'Show Luma & Luminary');
    assert.deepEqual(await walkthrough().done(), []);
  });

  it('is done with connecting when there is a connection', async () => {
    const { explorer } = person();
    await walkthrough().press(connect, 'Explore Sample Data');
    await explorer.row('Users 1–100');
    await walkthrough().untilDone(connect);
  });

  it('is done with browsing when a user or an account was opened', async () => {
    const { explorer, workbench } = person();
    await walkthrough().press(browse, 'Show Keyboard Help');
    await person().inFront('[Preview] keyboard-help.md');
    await close('[Preview]');
    assert.deepEqual(await walkthrough().done(), [connect]);
    await explorer.expand('studio@example.com');
    await explorer.row('Credits');
    await walkthrough().untilDone(connect, browse);
    await workbench.picture('walkthrough two steps done');
  });

  it('is done with finding when someone was found', async () => {
    const { explorer, quickInput } = person();
    await walkthrough().press(find, 'Find User…');
    await quickInput.question('Find User');
    await leave();
    assert.deepEqual(await walkthrough().done(), [connect, browse]);
    await walkthrough().press(find, 'Find User…');
    await quickInput.question(/\d users loaded/);
    await quickInput.type('example');
    await quickInput.moveTo(({ detail }) => detail.startsWith('user_'));
    await quickInput.accept();
    await explorer.row(({ level, selected }) => level === 3 && selected);
    await walkthrough().untilDone(connect, browse, find);
  });

  it('is done with the code when something was taken there', async () => {
    const { explorer, quickInput, page } = person();
    await walkthrough().press(code, 'New Text File');
    await page.getByRole('tab', { name: 'Untitled-1' }).waitFor();
    assert.deepEqual(await walkthrough().done(), [connect, browse, find]);
    await explorer.pressInline(({ level, selected }) => level === 3 && selected, 'Insert ID');
    await walkthrough().untilDone(connect, browse, find, code);
    assert.match(await person().editorText(), /^user_\w+$/);
    await walkthrough().press(code, 'Copy As…');
    await quickInput.question('In which format?');
    await leave();
  });

  it('is done with watching when accounts were compared', async () => {
    const { page, workbench } = person();
    await walkthrough().press(watch, 'Open Setting');
    await page.locator('.settings-editor').getByText('Auto Refresh').first().waitFor();
    await workbench.picture('walkthrough setting');
    await close('Settings');
    await walkthrough().press(watch, 'Compare Accounts');
    await person().inFront('[Preview]');
    await close('[Preview]');
    await walkthrough().untilDone(...all);
    await workbench.picture('walkthrough done');
  });
});
