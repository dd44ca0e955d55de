import assert from 'node:assert/strict';
import { until } from '../hosts/until.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { paths } from '../server/services.ts';
import { connectLuminary } from './connecting.ts';
import { useWorkbench } from './fixture.ts';

describe('Browsing 100,000 users', function () {
  this.timeout(60_000);
  const person = useWorkbench();
  let server: TestServer;

  before(async () => {
    server = await startServer({ users: 100_000, latencyMs: 20 });
  });

  after(async () => {
    await server.close();
  });

  const asked = () =>
    server.requests
      .filter(({ path }) => path === paths.users)
      .map(({ query }) => query.get('limit'));

  it('shows all pages after the first answer', async () => {
    const { explorer } = person();
    await explorer.open();
    await connectLuminary(person(), server, 'acme');
    await explorer.row('Users 1–100');
    await explorer.collapse('Users 1–100');
    assert.equal((await explorer.row('Luminary: acme')).description, '100,000 users');
    const pages = (await explorer.allRows()).filter(({ level }) => level === 2);
    assert.equal(pages.length, 1000);
    assert.equal(pages.at(-1)?.label, 'Users 99,901–100,000');
    assert.match(pages.at(-1)?.ariaLabel ?? '', /page 1,000 of 1,000/);
    assert.deepEqual(asked(), ['1', '100']);
  });

  it('loads a page when it is opened, and no other', async () => {
    const { explorer } = person();
    server.requests.length = 0;
    await explorer.expand('Users 101–200');
    const [first] = await children('Users 101–200', 1);
    assert.equal(first?.description, emailAt(100));
    assert.deepEqual(asked(), ['100']);
    await explorer.collapse('Users 101–200');
  });

  it('loads what lies before a far page, with progress, and can be cancelled', async () => {
    const { explorer, messages, workbench } = person();
    server.requests.length = 0;
    server.latencyMs = 200;
    await explorer.expand('Users 89,901–90,000');
    assert.match(
      await messages.notification('Luminary: acme: loading up to Users 89,901–90,000'),
      /[\d,]+ of 90,000 users/,
    );
    await workbench.picture('far page');
    await messages.press('loading up to', 'Cancel');
    await explorer.row('Loading was cancelled.');
    await explorer.seen('Continue');
    await workbench.picture('far page cancelled');
    const count = asked().length;
    assert.ok(count > 0 && count < 90, `${String(count)} requests`);
    assert.ok(asked().every((limit) => limit === '1000'));
  });

  it('does not begin again by itself what was cancelled', async () => {
    const { explorer } = person();
    server.requests.length = 0;
    await explorer.chooseFromMenu('Luminary: acme', 'Refresh');
    await until('the refresh to be answered', () => {
      const { requests } = server;
      return Promise.resolve(
        requests.length > 0 && requests.every(({ outcome }) => outcome === 'answered'),
      );
    });
    await explorer.row('Continue');
    assert.deepEqual(await person().messages.notifications(), []);
  });

  it('goes on where it was cancelled', async () => {
    const { explorer } = person();
    const before = asked().length;
    server.latencyMs = 0;
    await explorer.click('Continue');
    await explorer.gone('Continue', 30_000);
    const [first] = await children('Users 89,901–90,000', 1);
    assert.equal(first?.description, emailAt(89_900));
    assert.ok(asked().length <= 91, `${String(asked().length)} requests, ${String(before)} before`);
  });

  it('keeps expansion, place and rows over a refresh', async () => {
    const { explorer } = person();
    server.users.change(89_900, { first_name: 'Renamed', last_name: 'Person' });
    const before = (await explorer.rows()).map(({ index }) => index);
    await explorer.pressInline('Users 89,901–90,000', 'Refresh');
    await explorer.row('Renamed Person');
    const after = await explorer.rows();
    assert.deepEqual(
      after.map(({ index }) => index),
      before,
    );
    assert.equal((await explorer.row('Users 89,901–90,000')).expanded, true);
  });

  const emailAt = (index: number) => (server.users.at(index) as { email?: string }).email;

  async function children(page: string, atLeast: number) {
    const { explorer } = person();
    await explorer.row((row) => row.level === 3 && row.expanded === false);
    const rows = (await explorer.children(page)).filter(({ expanded }) => expanded !== undefined);
    assert.ok(rows.length >= atLeast);
    return rows;
  }
});
