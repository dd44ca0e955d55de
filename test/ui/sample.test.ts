import assert from 'node:assert/strict';
import type { Row } from '../hosts/rows.ts';
import { until } from '../hosts/until.ts';
import { useWorkbench } from './fixture.ts';

describe('Sample data', function () {
  this.timeout(60_000);
  const person = useWorkbench();

  it('is one button away, and needs no network', async () => {
    const { explorer } = person();
    await explorer.open();
    await explorer.press('Explore Sample Data');
    await explorer.row('Luma: sample data');
    const summary = await explorer.row((row) => row.description.includes('3 accounts'));
    assert.equal(summary.description, '1 needs attention · 4 slots free · 3 accounts');
  });

  it('shows each account’s health in words', async () => {
    const { explorer } = person();
    assert.match(
      (await explorer.row('studio@example.com')).description,
      /^idle · 0\/4 · session ends in/,
    );
    assert.match((await explorer.row('render.queue@example.org')).description, /^busy · 4\/4/);
    const expired = await explorer.row('archive@example.net');
    assert.match(expired.description, /^expired 3 days ago/);
    assert.match(
      expired.ariaLabel,
      /^Luma account archive@example\.net has no valid session: it expired 3 days ago\./,
    );
  });

  it('opens an account into its fields and live details', async () => {
    const { explorer } = person();
    await explorer.expand('studio@example.com');
    const credits = await explorer.row('Credits');
    assert.match(credits.description, /of .* used \(\d+%\)/);
    assert.equal((await explorer.row('Session valid')).description, 'yes');
    await explorer.collapse('Luma: sample data');
  });

  it('opens the users page by page', async () => {
    const { explorer } = person();
    await explorer.expand('Luminary: sample data');
    await explorer.row('Users 1–100');
    assert.equal((await explorer.row('Luminary: sample data')).description, '2,500 users');
    await explorer.collapse('Users 1–100');
    await explorer.expand('Users 2,401–2,500');
    await explorer.row((row) => row.level === 3 && row.expanded === false);
    const rows = (await explorer.allRows()).filter(({ level }) => level === 3);
    assert.equal(rows.length, 100);
  });

  it('shows what a row holds when one looks at it', async () => {
    const { explorer, page, workbench } = person();
    await explorer.hover((row) => row.level === 3);
    const tooltip = page.locator('.monaco-hover:visible').filter({ hasText: 'Created' });
    await tooltip.waitFor();
    assert.equal(await tooltip.locator('table tr').count(), 7);
    await workbench.picture('tooltip');
  });

  it('copies like any other connection', async () => {
    const { explorer } = person();
    const id = await person().copied(() =>
      explorer.chooseFromMenu((row) => row.level === 3, 'Copy ID'),
    );
    assert.match(id, /^user_[0-9A-HJKMNP-TV-Z]{26}$/);
  });

  it('refreshes like any other, and stands in the log as what was never sent', async () => {
    const { explorer } = person();
    await person().run('Luma & Luminary: Show Log');
    const log = person().page.locator('.part.panel .view-lines');
    const shown = async () => (await log.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
    const before = await until('the log', async () => {
      const lines = await shown();
      return lines.includes('/users') && lines;
    });
    await explorer.chooseFromMenu('Luminary: sample data', 'Refresh');
    const text = await until('more in the log', async () => {
      const lines = await shown();
      return lines !== before && lines;
    });
    assert.equal((await explorer.row('Users 2,401–2,500')).expanded, true);
    assert.match(text, /GET \/users 200 \d+ ms attempt 1 sample data, nothing sent/);
    assert.doesNotMatch(text, /useapi|withluminary/);
    await person().workbench.picture('log of sample data');
    await person().run('View: Hide Panel');
  });

  it('stands there once, however often it is asked for', async () => {
    const { explorer } = person();
    await person().run('Explore Sample Data');
    const connections = (await explorer.allRows()).filter(({ level }) => level === 1);
    assert.deepEqual(
      connections.map(({ label }) => label),
      ['Luma: sample data', 'Luminary: sample data'],
    );
  });

  it('is browsed and copied with the keyboard alone', async () => {
    const { explorer } = person();
    await explorer.focus();
    await person().press('Home');
    await explorer.moveTo('Luminary: sample data');
    await explorer.row('Users 1–100');
    const page = await explorer.moveTo('Users 101–200');
    await person().press('ArrowRight');
    const isUser = ({ index, level, expanded }: Row) =>
      index > page.index && level === 3 && expanded !== undefined;
    await explorer.row(isUser);
    const user = await explorer.moveTo(isUser);
    const id = await person().copied(() => person().press('ControlOrMeta+c'));
    assert.match(id, /^user_\w+$/);

    await person().press('ArrowRight');
    const field = await explorer.moveTo('ID');
    assert.equal(field.description, id);
    assert.equal(field.level, user.level + 1);
    await person().press('ArrowLeft');
    assert.equal((await explorer.focused())?.label, user.label);
  });

  it('has no token, says so, and offers to connect what has one', async () => {
    const { explorer, messages, quickInput } = person();
    await explorer.row('Luma: sample data');
    for (const [button, question] of [
      ['Connect Luminary…', 'Subdomain of your tenant'],
      ['Connect Luma…', 'Luma API token'],
    ] as const) {
      await person().run('Replace Token…');
      await messages.notification('Sample data has no token');
      await person().workbench.picture('no token to replace');
      await messages.press('Sample data has no token', button);
      await quickInput.question(question);
      await quickInput.cancel();
    }
  });

  it('offers no token to replace, and goes without a question', async () => {
    const { explorer, messages } = person();
    assert.ok(!(await explorer.menuOf('Luma: sample data')).includes('Replace Token…'));
    await explorer.chooseFromMenu('Luma: sample data', 'Disconnect');
    await explorer.gone('Luma: sample data');
    await explorer.chooseFromMenu('Luminary: sample data', 'Disconnect');
    assert.match(await explorer.welcome(), /Explore Sample Data/);
    assert.deepEqual(await messages.notifications(), []);
  });
});
