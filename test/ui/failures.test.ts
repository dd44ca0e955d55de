import assert from 'node:assert/strict';
import { htmlWith200, noAnswer, resetBeforeHeaders, respond } from '../server/faults.ts';
import { usersWithOddNames, unreadableUsers } from '../server/oddRecords.ts';
import type { Fault } from '../server/exchange.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { UserList } from '../server/userList.ts';
import { connectLuma, connectLuminary } from './connecting.ts';
import { useWorkbench } from './fixture.ts';
import { until } from '../hosts/until.ts';

interface Case {
  readonly what: string;
  readonly fault: Fault;
  readonly label: string;
  readonly action: string;
}

const refused = respond(401, { error: 'Unauthorized' });
const cases: readonly Case[] = [
  {
    what: 'a wrong token',
    fault: refused,
    label: 'The service refused the token.',
    action: 'Replace Token…',
  },
  {
    what: 'an HTML answer with 200',
    fault: htmlWith200,
    label: 'Something answered, but not as this service does.',
    action: 'Retry',
  },
  {
    what: 'a connection that breaks',
    fault: resetBeforeHeaders,
    label: 'The connection was lost.',
    action: 'Retry',
  },
  {
    what: 'a service that is down',
    fault: respond(503, 'down'),
    label: 'The service has a problem.',
    action: 'Retry',
  },
];

describe('Failures', function () {
  this.timeout(60_000);
  const person = useWorkbench();
  let server: TestServer;

  before(async () => {
    server = await startServer({ users: 250 });
  });

  afterEach(() => {
    server.heal();
  });

  it('start from two connections', async () => {
    await person().explorer.open();
    await connectLuma(person(), server, 'studio');
    await connectLuminary(person(), server, 'acme');
    await person().explorer.row('Users 1–100');
    await person().explorer.collapse('Users 1–100');
    const badge = { name: /1 Luma account needs attention/ };
    await person().page.locator('.activitybar').getByRole('tab', badge).waitFor();
  });

  for (const { what, fault, label, action } of cases) {
    it(`${what}: says so under each connection, and keeps what was loaded`, async () => {
      const { explorer, workbench } = person();
      server.fault({ fault });
      await person().run('Refresh All');
      await until('both failures', async () => (await rowsWith(label)).length === 2);
      await explorer.row('studio@example.com');
      await explorer.row('Users 201–250');
      assert.equal((await rowsWith(action)).length, 2);
      assert.match((await explorer.row('Luma: studio')).description, /^as of /);
      assert.match((await explorer.row('Luminary: acme')).description, /^as of .* · 250 users/);
      await workbench.picture(`failure ${what}`);
      server.heal();
      await person().run('Refresh All');
      await explorer.gone(label);
      assert.equal((await explorer.row('Luminary: acme')).description, '250 users');
    });
  }

  it('a dead server: a page that was never loaded fails alone, and Retry loads it', async () => {
    const { explorer } = person();
    const fault = server.fault({ fault: resetBeforeHeaders });
    await explorer.expand('Users 101–200');
    await explorer.row('The connection was lost.');
    fault.remove();
    await explorer.click('Retry');
    await explorer.gone('Retry');
    await explorer.row((row) => row.level === 3 && row.expanded === false);
    await explorer.collapse('Users 101–200');
  });

  it('what a service says is text, and no link that runs a command', async () => {
    const { quickInput, page } = person();
    const message = 'Your plan ended. [Renew](command:workbench.action.closeWindow) $(trash)';
    server.fault({ fault: respond(401, { error: message }) });
    await person().explorer.chooseFromMenu('Luma: studio', 'Replace Token…');
    await quickInput.question('Luma API token');
    await quickInput.answer(server.tokens.luma);
    await quickInput.question('[Renew] (command:');
    assert.equal(await page.locator('.quick-input-message a').count(), 0);
    await quickInput.cancel();
  });

  it('a load can be cancelled at its row, and from the palette', async () => {
    const { explorer } = person();
    server.fault({ fault: noAnswer });
    await explorer.expand('Users 201–250');
    await explorer.pressInline('Loading…', 'Cancel Loading');
    await explorer.row('Loading was cancelled.');
    await explorer.click('Continue');
    await explorer.row('Loading…');
    await person().run('Cancel Loading');
    await explorer.row('Loading was cancelled.');
    server.heal();
    await explorer.click('Continue');
    await explorer.row((row) => row.level === 3 && row.expanded === false);
    await explorer.collapse('Users 201–250');
  });

  it('Refresh reads everything again where nothing is selected', async () => {
    const { explorer } = person();
    await explorer.click('studio@example.com');
    await person().press('Escape');
    server.requests.length = 0;
    await person().run('Luma & Luminary: Refresh');
    await until('both to be read', () =>
      Promise.resolve(new Set(server.requests.map(({ path }) => path)).size >= 2),
    );
  });

  it('an account whose record can’t be read keeps its name', async () => {
    const { explorer } = person();
    const before = server.accounts;
    server.accounts = new Map<string, unknown>([...before, ['jane.doe@example.com', 'no object']]);
    await explorer.chooseFromMenu('Luma: studio', 'Refresh');
    const row = await explorer.row('jane.doe@example.com');
    assert.equal(row.description, 'can’t be read · it is no object: "no object"');
    await person().workbench.picture('unreadable account');
    server.accounts = before;
  });

  it('an empty 404 is no failure: no accounts are configured', async () => {
    const { explorer } = person();
    server.accounts = new Map();
    await explorer.chooseFromMenu('Luma: studio', 'Refresh');
    await explorer.row('No accounts configured');
    assert.equal((await explorer.row('Luma: studio')).description, '0 accounts');
  });

  it('an empty tenant says so', async () => {
    const { explorer } = person();
    server.users = new UserList(0);
    await explorer.chooseFromMenu('Luminary: acme', 'Refresh');
    await explorer.row('No users');
    await person().workbench.picture('empty');
  });

  it('shows hostile names as text, and unreadable records as rows of their own', async () => {
    const { explorer } = person();
    const odd = [...usersWithOddNames(), ...Object.values(unreadableUsers())];
    server.users = new UserList(odd);
    await explorer.chooseFromMenu('Luminary: acme', 'Refresh');
    await explorer.row('Unreadable record');
    await person().workbench.picture('odd records');
    const labels = (await explorer.allRows()).map(({ label }) => label);
    assert.ok(
      labels.some((label) => label.includes('$(')),
      'an icon in a name stays text',
    );
    assert.ok(labels.every((label) => label.length <= 200 && !label.includes('\n')));
    assert.equal(
      labels.filter((label) => label === 'Unreadable record').length,
      Object.keys(unreadableUsers()).length,
    );
  });

  it('a server that is gone is said to be out of reach, and old rows stay', async () => {
    const { explorer } = person();
    await server.close();
    await person().run('Refresh All');
    await until('both failures', async () => {
      return (await rowsWith('The service can’t be reached.')).length === 2;
    });
    assert.equal((await explorer.row('The service can’t be reached.')).description, 'ECONNREFUSED');
    await explorer.row('No accounts configured');
    await explorer.row('Unreadable record');
    await person().workbench.picture('server gone');
  });

  it('a connection that failed says why when one looks at it', async () => {
    const { explorer, page, workbench } = person();
    for (const connection of ['Luma: studio', 'Luminary: acme']) {
      await explorer.hover(connection);
      const tooltip = page.locator('.monaco-hover:visible').filter({ hasText: connection });
      await tooltip.filter({ hasText: 'The service can’t be reached. (ECONNREFUSED)' }).waitFor();
      await workbench.picture(`tooltip of ${connection.replace(':', '')}, which failed`);
    }
  });

  async function rowsWith(label: string) {
    return (await person().explorer.allRows()).filter((row) => row.label === label);
  }
});
