import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { Announcements } from '../hosts/announcements.ts';
import type { Row } from '../hosts/rows.ts';
import { until } from '../hosts/until.ts';
import { webview } from '../hosts/webviews.ts';
import { respond } from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { paths } from '../server/services.ts';
import { connectLuma, connectLuminary } from './connecting.ts';
import { useWorkbench } from './fixture.ts';

describe('Accessibility', function () {
  this.timeout(60_000);
  const person = useWorkbench();
  let server: TestServer;

  before(async () => {
    server = await startServer({ users: 8000, latencyMs: 50 });
  });

  after(async () => {
    await server.close();
  });

  /** What has the keyboard, as a screen reader says it. */
  const atKeyboard = () =>
    person().page.evaluate(() => {
      const element = document.activeElement;
      const name = (one: Element | null | undefined) =>
        one?.getAttribute('aria-label') ?? one?.textContent ?? '';
      const active = element?.getAttribute('aria-activedescendant');
      return name(active ? document.getElementById(active) : element);
    });

  /** Presses a key until something has the keyboard. */
  async function pressUntil(key: string, wanted: string | RegExp): Promise<void> {
    const met: string[] = [];
    for (let presses = 0; presses < 60; presses++) {
      const now = await atKeyboard();
      if (typeof wanted === 'string' ? now.startsWith(wanted) : wanted.test(now)) return;
      met.push(now);
      await person().press(key);
    }
    throw new Error(`${key} never came to ${String(wanted)}, only to:\n${met.join('\n')}`);
  }

  async function namesOf(buttons: Locator): Promise<string[]> {
    return buttons.evaluateAll((all) =>
      all.map((one) => (one.getAttribute('aria-label') ?? one.textContent).trim()),
    );
  }

  function assertSentences(rows: readonly Row[]): void {
    for (const { label, ariaLabel } of rows) {
      assert.match(ariaLabel, /^\S.* \S.*[.?)]$/, label);
      assert.doesNotMatch(ariaLabel, /·|\.\.|\bundefined\b/, label);
    }
  }

  /** Goes from the palette to the first row. */
  async function focusRows(): Promise<void> {
    await person().run('Focus on Luma & Luminary View');
    await person().explorer.focusTaken();
    await person().press('Home');
  }

  it('takes the keyboard from the palette to the welcome’s buttons and to the first rows', async () => {
    const { explorer } = person();
    await person().run('Focus on Luma & Luminary View');
    await explorer.welcome();
    await pressUntil('Tab', 'Explore Sample Data');
    await person().press('Enter');
    await explorer.row('Luma: sample data');
    await explorer.row('Users 1–100');
  });

  it('opens rows with the keyboard, each of which is a sentence', async () => {
    const { explorer } = person();
    await focusRows();
    await explorer.moveTo('studio@example.com');
    await person().press('ArrowRight');
    await explorer.row('Credits');
    await explorer.row((row) => row.label === 'Luminary: sample data' && row.expanded === true);
    const rows = await explorer.allRows();
    assertSentences(rows);
    const spoken = (label: string) => rows.find((row) => row.label === label)?.ariaLabel ?? '';
    assert.match(
      spoken('studio@example.com'),
      /^Luma account studio@example\.com is idle\. It uses 0 of 4 slots\. Its session ends in /,
    );
    assert.match(spoken('Email'), /^Email has the value studio@example\.com\.$/);
    assert.equal(spoken('Users 101–200'), 'Users 101–200 is page 2 of 25.');
    assert.equal(
      spoken('Luma: sample data'),
      'Luma: sample data is a connection with 3 accounts, 1 needs attention, 4 slots free.',
    );
  });

  it('copies from a row and from its menu with the keyboard', async () => {
    const { explorer } = person();
    await focusRows();
    await explorer.moveTo('render.queue@example.org');
    const id = await person().copied(() => person().press('ControlOrMeta+c'));
    assert.match(id, /^[\da-f-]{36}$/);
    const email = await person().copied(async () => {
      await person().press('Shift+F10');
      await pressUntil('ArrowDown', 'Copy Email');
      await person().press('Enter');
    });
    assert.equal(email, 'render.queue@example.org');
    await explorer.seen((row) => row.label === 'render.queue@example.org' && row.focused);
  });

  it('pins with the keyboard, and says so', async () => {
    const { explorer } = person();
    await person().press('Shift+F10');
    await pressUntil('ArrowDown', 'Pin');
    await person().press('Enter');
    await explorer.row('Pinned');
    await explorer.moveTo('Pinned');
    await person().press('ArrowRight');
    const pinned = await explorer.row(
      ({ label, ariaLabel }) =>
        label === 'render.queue@example.org' && ariaLabel.includes('pinned'),
    );
    assert.match(pinned.ariaLabel, /is busy\. .* It is pinned, from sample data\.$/);
    assert.equal((await explorer.row('Pinned')).ariaLabel, '1 user or account is pinned.');
    await explorer.moveTo((row) => row.index === pinned.index);
    await person().press('Shift+F10');
    await pressUntil('ArrowDown', 'Unpin');
    await person().press('Enter');
    await explorer.gone('Pinned');
  });

  it('finds, copies and reveals with the keyboard', async () => {
    const { quickInput, explorer, page } = person();
    await person().run('Find User…');
    await quickInput.question('Any part of name');
    await quickInput.type('jonsdottir');
    const found = await until('a user', async () =>
      (await quickInput.choices()).find(({ label }) => label.includes('Jónsdóttir')),
    );
    await until('it to be said', async () => (await atKeyboard()).startsWith(found.label));
    assert.equal(
      await atKeyboard(),
      [found.label, found.description, found.detail].filter((part) => part !== '').join(', '),
    );
    await person().press('Tab', 'Tab');
    assert.equal(await atKeyboard(), 'Reveal in the Tree');
    await person().press('ArrowRight');
    assert.equal(await atKeyboard(), 'Copy ID');
    const id = await person().copied(() => person().press('Enter'));
    assert.ok(found.detail.startsWith(id));
    const buttons = page.locator('.quick-input-widget:visible').getByRole('button');
    for (const name of await namesOf(buttons)) assert.match(name, /\S/);
    await person().press('ArrowLeft', 'Enter');
    await quickInput.closed();
    const row = await explorer.row((one) => one.label === found.label && one.selected);
    assert.match(row.ariaLabel, / is a user\b.*\.$/);
  });

  it('has a name for every button of the view', async () => {
    const { explorer, page } = person();
    const names = await namesOf(page.locator('.part.sidebar').getByRole('button'));
    for (const name of ['Find User…', 'Refresh All', 'Copy ID (Ctrl+C)', 'Insert ID at Cursor']) {
      assert.ok(names.includes(name), names.join('\n'));
    }
    for (const name of names) assert.match(name, /^\S{3,}/);
    await explorer.chooseFromMenu('Luma: sample data', 'Disconnect');
    await explorer.gone('Luma: sample data');
    await explorer.chooseFromMenu('Luminary: sample data', 'Disconnect');
    await explorer.welcome();
  });

  it('offers what helps after a failure, a key away', async () => {
    const { explorer } = person();
    await connectLuma(person(), server, 'studio');
    await connectLuminary(person(), server, 'acme');
    await explorer.row('Users 1–100');
    const fault = server.fault({ path: paths.users, fault: respond(404, { error: 'gone' }) });
    await explorer.chooseFromMenu('Luminary: acme', 'Refresh');
    const failed = await explorer.row('There is nothing at this address.');
    assert.equal(
      failed.ariaLabel,
      'This could not be read. There is nothing at this address. (404: gone)',
    );
    assert.match(
      (await explorer.row('Luminary: acme')).ariaLabel,
      /^Luminary: acme is a connection with 8,000 users\. It could not be read\. What it shows is as of .*\.$/,
    );
    assertSentences(await explorer.allRows());
    await focusRows();
    const retry = await explorer.moveTo('Retry');
    assert.equal(retry.ariaLabel, 'Retry: press Enter to try again.');
    await person().workbench.picture('error row with the keyboard');
    fault.remove();
    await person().press('Enter');
    await explorer.gone('Retry');
  });

  it('says of long work how it begins, each quarter and its end, and no more', async () => {
    const { explorer, page } = person();
    const announcements = await Announcements.heardIn(page);
    await explorer.chooseFromMenu('Luminary: acme', 'Load All Users');
    await person().messages.notification('8,000 users loaded: that is all of acme');
    const said = (await announcements.take()).filter((text) => text.includes('acme'));
    const title = 'Info: Loading all users of acme:';
    const quarter = (percent: string) =>
      new RegExp(`^${title} [\\d,]+ of 8,000 users · ${percent}%`);
    const expected = ['1', '2[5-9]', '5\\d', '7[5-9]'].map(quarter);
    expected.push(new RegExp(`^${title} done$`), /^Info: 8,000 users loaded: that is all of acme$/);
    const distinct = said.filter((text, index) => text !== said[index - 1]);
    assert.equal(distinct.length, expected.length, distinct.join('\n'));
    for (const [index, pattern] of expected.entries()) assert.match(distinct[index] ?? '', pattern);
    await person().messages.clear();
  });

  it('stops long work with the keyboard, and says how far it came', async () => {
    const { explorer, messages, page } = person();
    await explorer.chooseFromMenu('Luminary: acme', 'Disconnect');
    await messages.pressInDialog('Disconnect');
    await explorer.gone('Luminary: acme');
    await connectLuminary(person(), server, 'acme');
    await explorer.row('Users 1–100');
    const announcements = await Announcements.heardIn(page);
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    const hold = server.fault({ path: paths.users, at: 3, times: 1, fault: () => held });
    await explorer.chooseFromMenu('Luminary: acme', 'Load All Users');
    await messages.notification('Loading all users of acme');
    await person().run('Notifications: Focus Notification Toast');
    await pressUntil('Tab', 'Cancel');
    await person().press('Enter');
    await messages.notification(/^Stopped: [\d,]+ of 8,000 users of acme loaded/);
    go();
    hold.remove();
    const said = await announcements.take();
    assert.ok(
      said.some((text) => text.startsWith('Info: Stopped: ')),
      said.join('\n'),
    );
    assert.ok(!said.some((text) => text.endsWith('done')), said.join('\n'));
    await messages.clear();
  });

  it('says how far a search is', async () => {
    const { quickInput, page } = person();
    const announcements = await Announcements.heardIn(page);
    await person().run('Find User…');
    await quickInput.question('Any part of name');
    await quickInput.type('nobody at all');
    await quickInput.pick(/^Search the remaining/);
    await until('the search to end', async () =>
      (await quickInput.choices()).some(({ label }) => label === 'No user matches'),
    );
    await quickInput.cancel();
    const said = (await announcements.take()).filter((text) => text.includes('Searching'));
    assert.match(said.join('\n'), /Searching the remaining users of acme: .* of 8,000 users/);
    assert.match(said.at(-1) ?? '', /^Info: Searching the remaining users of acme: done$/);
  });

  it('tells which keys there are', async () => {
    await person().run('Show Keyboard Help');
    await person().inFront('[Preview] keyboard-help.md');
    const preview = webview(person().page);
    const title = 'Luma & Luminary Explorer: Keyboard Help';
    await preview.getByRole('heading', { name: title, level: 1 }).waitFor();
    await person().workbench.picture('keyboard help');
    assert.equal(await preview.locator('a, img').count(), 0);
    const text = await preview.locator('body').innerText();
    assert.match(text, /Luma & Luminary: Focus on Luma & Luminary View/);
    assert.match(text, /Shift\+F10/);
    const palette = await person().quickInput.commands('Focus on Luma & Luminary View');
    assert.ok(
      palette.includes('Luma & Luminary: Focus on Luma & Luminary View'),
      palette.join('\n'),
    );
    await person().run('View: Close All Editors');
  });
});
