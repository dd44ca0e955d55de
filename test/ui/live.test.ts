import assert from 'node:assert/strict';
import type { Row } from '../hosts/rows.ts';
import { until } from '../hosts/until.ts';
import * as faults from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { paths } from '../server/services.ts';
import { connectLuma } from './connecting.ts';
import { useWorkbench } from './fixture.ts';
import { changeSettings } from './userSettings.ts';

/** In s: the shortest that there is. */
const INTERVAL = 5;
const DAY = 24 * 3600_000;
const studio = 'studio@example.com';
const queue = 'render.queue@example.org';

describe('Luma accounts that are read again by themselves', function () {
  this.timeout(90_000);
  const person = useWorkbench({
    settings: { 'lumaLuminary.autoRefresh': INTERVAL, 'workbench.editor.useModal': 'off' },
  });
  let server: TestServer;

  before(async () => {
    server = await startServer({ users: 0 });
  });

  after(async () => {
    await server.close();
  });

  /** Changes an account in the service; `undefined` takes a field away. */
  function edit(key: string, fields: Readonly<Record<string, unknown>>): void {
    server.accounts = new Map(
      [...server.accounts].map(([name, account]) => [
        name,
        name === key ? { ...(account as object), ...fields } : account,
      ]),
    );
  }

  const lists = () => server.requests.filter(({ path }) => path === paths.accounts).length;
  const says = (label: string, text: string) => (row: Row) =>
    row.label === label && row.description.includes(text);
  const endsIn = (days: number) => ({
    luma_session_expires: `${new Date(Date.now() + days * DAY + 3600_000).toISOString().slice(0, 19).replace('T', ' ')} UTC`,
  });

  /** Waits until the accounts have been read so often from now on. */
  async function read(times: number): Promise<void> {
    const before = lists();
    const limit = times * INTERVAL * 3000;
    const count = () => Promise.resolve(String(lists() - before));
    const done = () => Promise.resolve(lists() >= before + times);
    await until(`${times} readings by themselves`, done, count, limit);
  }

  /** That nothing is asked shows only in time: in that from one reading to the next. */
  async function nothingIsRead(): Promise<void> {
    const underWay = Date.now() + 1000;
    await until('what is under way to end', () => Promise.resolve(Date.now() > underWay));
    const [rest, end] = [lists(), Date.now() + INTERVAL * 1000 + 1000];
    await until('an interval to go by', () => Promise.resolve(Date.now() > end));
    assert.equal(lists(), rest);
  }

  /** The window gets the focus, or loses it to another program. */
  async function focus(has: boolean): Promise<void> {
    await person().page.evaluate((value) => {
      document.hasFocus = () => value;
      document.dispatchEvent(new Event('visibilitychange'));
    }, has);
  }

  it('shows the live details of one that is opened, and by itself what changes', async () => {
    const { explorer, messages } = person();
    await explorer.open();
    await connectLuma(person(), server, 'studio');
    await explorer.expand(studio);
    await explorer.row((row) => row.label === 'Credits' && row.level === 3);
    edit(studio, { executing: 2 });
    await explorer.row(says(studio, '2/4'));
    await explorer.row((row) => row.label === 'Credits' && row.level === 3);
    assert.equal((await explorer.row(studio)).expanded, true);
    await person().workbench.picture('live changed');
    assert.deepEqual(await messages.notifications(), [], 'what was so at first is no news');
  });

  it('leaves the rows when that fails, and marks them as a refresh by hand does', async () => {
    const { explorer } = person();
    const fault = server.fault({ path: /^\/v1\/luma\/accounts/, fault: faults.respond(500) });
    await explorer.row('The service has a problem.');
    fault.remove();
    assert.match((await explorer.row('Luma: studio')).description, /^as of /);
    await explorer.row(says(studio, '2/4'));
    await person().workbench.picture('live failed');
    edit(studio, { executing: 1 });
    // It waits twice as long after a failure, and once more if that came twice.
    await explorer.gone('The service has a problem.', 5 * INTERVAL * 1000);
    await explorer.row(says(studio, '1/4'));
    await read(2);
  });

  it('stops while the sidebar is hidden, and goes on at once with it', async () => {
    const { explorer } = person();
    await person().run('View: Toggle Primary Side Bar Visibility');
    await explorer.container.waitFor({ state: 'hidden' });
    await nothingIsRead();
    edit(studio, { executing: 3 });
    await person().run('View: Toggle Primary Side Bar Visibility');
    await explorer.row(says(studio, '3/4'));
    await read(2);
  });

  it('stops while the window has no focus', async () => {
    const { explorer } = person();
    await focus(false);
    await nothingIsRead();
    edit(studio, { executing: 0 });
    await focus(true);
    await explorer.row(says(studio, '0/4'));
  });

  it('tells once of one that breaks, and shows it', async () => {
    const { explorer, messages } = person();
    await explorer.collapse(studio);
    edit(studio, { error: 'out of order [x](command:workbench.action.quit)' });
    const told = await messages.notification('reports an error');
    assert.equal(
      told,
      `The Luma account ${studio} reports an error: out of order [x] (command:workbench.action.quit)`,
    );
    await person().page.getByRole('button', { name: 'Show', exact: true }).hover();
    await person().workbench.picture('live notice');
    await messages.press('reports an error', 'Show');
    await explorer.row((row) => row.label === studio && row.selected);
    await read(3);
    assert.deepEqual(await messages.notifications(), []);
  });

  it('tells of several at once in one message, of the worst first', async () => {
    const { explorer, messages } = person();
    edit(studio, { error: undefined });
    await explorer.row(says(studio, 'idle'));
    edit(studio, endsIn(3));
    edit(queue, { error: 'out of order' });
    assert.equal(
      await messages.notification('need attention'),
      `2 Luma accounts need attention: ${queue}, ${studio}`,
    );
    await messages.clear();
    await read(3);
    assert.deepEqual(await messages.notifications(), []);
  });

  it('tells that another session is about to end', async () => {
    const { messages } = person();
    edit(queue, { error: undefined, ...endsIn(2) });
    assert.equal(
      await messages.notification('ends in'),
      `The session of the Luma account ${queue} ends in 2 days.`,
    );
    await messages.clear();
  });

  it('keeps quiet by setting', async () => {
    const { explorer, messages } = person();
    await changeSettings(person(), { 'lumaLuminary.accountNotices': false });
    edit(queue, endsIn(1));
    await explorer.row(says(queue, 'in 1 day'));
    await read(2);
    assert.deepEqual(await messages.notifications(), []);
  });

  it('says so where the interval is out of range, and reads no more', async () => {
    const { messages } = person();
    await changeSettings(person(), { 'lumaLuminary.autoRefresh': 4 });
    await messages.notification('autoRefresh must be 0 or a whole number from 5 to 3600');
    await nothingIsRead();
  });
});
