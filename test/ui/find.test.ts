import assert from 'node:assert/strict';
import { personAt } from '../../src/sample/people.ts';
import { until } from '../hosts/until.ts';
import type { Choice } from '../hosts/quickInput.ts';
import { respond } from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { UserList } from '../server/userList.ts';
import { paths } from '../server/services.ts';
import { beginLuminary, connectLuminary } from './connecting.ts';
import { useWorkbench } from './fixture.ts';

const people = 40_000;

/** Invented people, and some whose names are spelt in ways that nobody types. */
function peopleWith(...extra: readonly object[]): unknown[] {
  return [...Array.from({ length: people }, (_, index) => personAt(index)), ...extra];
}

const special = [
  { id: 'user_01SPECIAL0000000000000001', first_name: 'Łukasz', last_name: 'Straße' },
  { id: 'user_01SPECIAL0000000000000002', first_name: 'Axanthe', last_name: 'Aquux' },
  { id: 'user_01SPECIAL0000000000000003', first_name: 'Xanthea', last_name: 'Quuxley' },
  { id: 'user_01SPECIAL0000000000000004', first_name: 'Xanthe', last_name: 'Quux' },
].map((user) => ({ ...user, email: `${user.id.slice(-2)}@example.org` }));

describe('Find User', function () {
  this.timeout(60_000);
  const person = useWorkbench();
  let server: TestServer;

  before(async () => {
    server = await startServer({ latencyMs: 20 });
    server.users = new UserList(peopleWith(...special));
  });

  after(async () => {
    await server.close();
  });

  const labels = async () => (await person().quickInput.choices()).map(({ label }) => label);
  const rest = async (match: RegExp) =>
    until(
      String(match),
      async () => (await labels()).find((label) => match.test(label)),
      async () => (await labels()).join('\n'),
    );

  /** Opens the question and waits until it knows how many users there are. */
  async function find(): Promise<void> {
    await person().run('Find User…');
    await person().quickInput.question('Find User');
    await person().quickInput.question(/\d users loaded/);
  }

  it('offers what is loaded, and to go on through the others', async () => {
    await person().explorer.open();
    await connectLuminary(person(), server, 'acme');
    await person().explorer.row('Users 1–100');
    await find();
    await person().quickInput.type('zzzz');
    await rest(/^Search the remaining 39,904 users…$/);
    assert.deepEqual(await labels(), ['Search the remaining 39,904 users…']);
    await person().workbench.picture('find user nothing loaded fits');
    await person().quickInput.cancel();
  });

  it('finds a user on the last page by searching the others, and reveals it', async () => {
    const { quickInput, explorer } = person();
    await find();
    await quickInput.type('quux xanthe');
    await quickInput.moveTo(({ label }) => label.startsWith('Search the remaining'));
    await quickInput.accept();
    await rest(/^Xanthe Quux$/);
    await until(
      'all to be searched',
      async () => !(await labels()).some((l) => l.startsWith('Search')),
    );
    await person().workbench.picture('find user found');
    const limits = server.requests.map(({ query }) => query.get('limit'));
    assert.ok(limits.includes('1000'));
    await quickInput.pick('Xanthe Quux');
    await explorer.row((row) => row.label === 'Xanthe Quux' && row.selected && row.focused);
    await person().workbench.picture('find user revealed');
    const copied = await person().copied(() => person().press('ControlOrMeta+c'));
    assert.equal(copied, special[3]?.id);
  });

  it('shows the best first, in an order of ours', async () => {
    await find();
    await person().quickInput.type('xanthe quux');
    await until('all three', async () => (await labels()).length === 3);
    assert.deepEqual(await labels(), ['Xanthe Quux', 'Xanthea Quuxley', 'Axanthe Aquux']);
    await person().quickInput.type('e');
    await person().quickInput.question(/\d found · 40,004 users loaded/);
    // The editor by itself would sort by where the labels match.
    const expected = await until('names with words that begin so', async () => {
      const shown = await labels();
      return shown.length > 5 && shown;
    });
    const words = (label: string) =>
      label
        .normalize('NFD')
        .toLowerCase()
        .split(/[^\p{L}\p{M}]+/u);
    const [first = '', ...others] = expected;
    assert.ok([first, ...others.slice(0, 4)].every((l) => words(l).some((w) => w.startsWith('e'))));
    await person().quickInput.cancel();
  });

  it('ignores accents, and knows letters that have a twin', async () => {
    for (const typed of ['lukasz strasse', 'STRAßE Łukasz']) {
      await find();
      await person().quickInput.type(typed);
      await until('Łukasz', async () => (await labels()).includes('Łukasz Straße'));
      await person().quickInput.cancel();
    }
  });

  it('copies and inserts with the buttons of a line', async () => {
    const { quickInput, page } = person();
    await person().run('File: New Untitled Text File');
    await person().inFront('Untitled');
    await find();
    await quickInput.type('xanthe quux');
    await until('the lines', async () => (await labels()).length === 3);
    const press = async (label: string, button: string) => {
      const line = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: label });
      await line.first().hover();
      await line.first().getByRole('button', { name: button }).click();
    };
    const id = await person().copied(() => press('Xanthe Quux', 'Copy ID'));
    assert.equal(id, special[3]?.id);
    const json = await person().copied(() => press('Xanthe Quux', 'Copy JSON'));
    assert.deepEqual(JSON.parse(json), special[3]);
    await person().workbench.picture('find user buttons');
    await press('Xanthe Quux', 'Insert ID at Cursor');
    await quickInput.closed();
    assert.equal(await person().editorText(), special[3]?.id);
    await person().press('ControlOrMeta+z');
    await person().run('View: Close Editor');
  });

  it('stops when it is closed, keeps what came, and never asks twice at once', async () => {
    server.users = new UserList(peopleWith(...special));
    await person().explorer.chooseFromMenu('Luminary: acme', 'Disconnect');
    await person().messages.pressInDialog('Disconnect');
    await person().explorer.gone('Luminary: acme');
    await connectLuminary(person(), server, 'acme');
    await person().explorer.row('Users 1–100');
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    const hold = server.fault({ path: paths.users, at: 2, times: 1, fault: () => held });
    await find();
    await person().quickInput.type('quux');
    await person().quickInput.pressButton('Search the remaining');
    await rest(/^Searching the remaining users…$/);
    await person().quickInput.question(/found · 1,100 of 40,004 users loaded/);
    await person().workbench.picture('find user searching');
    const before = server.requests.length;
    await person().quickInput.cancel();
    go();
    hold.remove();
    await find();
    await person().quickInput.question(/1,100 of 40,004 users loaded/);
    assert.equal(server.requests.length, before);
    await person().quickInput.cancel();
  });

  it('says so when the others can’t be read, and what is loaded stays', async () => {
    const fault = server.fault({
      path: paths.users,
      fault: (exchange) => {
        exchange.cut('reset');
      },
    });
    await find();
    await person().quickInput.type('quux');
    await person().quickInput.pressButton('Search the remaining');
    await rest(/Luminary: acme: The connection was lost\./);
    await person().workbench.picture('find user failed');
    fault.remove();
    await person().quickInput.type('quux xanthe');
    const failed = 'Luminary: acme: The connection was lost. (ECONNRESET)';
    await focused(failed);
    const [line] = await person().quickInput.choices();
    assert.equal(line?.detail, 'Press Enter to try again');
    await person().quickInput.accept();
    await rest(/^Xanthe Quux$/);
    assert.ok(!(await labels()).includes(failed));
    await person().quickInput.cancel();
  });

  it('looks through several tenants, and says whose a user is', async () => {
    await connectLuminary(person(), server, 'beta');
    await person().explorer.row((row) => row.label === 'Users 1–100' && row.index > 3);
    await find();
    await ofBoth();
    await person().workbench.picture('find user two tenants');
    await person().quickInput.cancel();
  });

  it('looks through all from the view’s button, though a tenant is selected', async () => {
    await person().explorer.click('Luminary: beta');
    await person().explorer.press('Find User…');
    await person().quickInput.question(/^Find User · /);
    await ofBoth();
    await person().workbench.picture('find user from the button');
    await person().quickInput.cancel();
    await person().explorer.expand('Luminary: beta');
  });

  it('looks through those alone whose rows it is called on, and names them', async () => {
    const { explorer, quickInput } = person();
    await explorer.chooseFromMenu('Luminary: beta', 'Find User in Tenant…');
    await quickInput.question(/^Find User in beta · /);
    await quickInput.cancel();
    await explorer.click('Luminary: acme');
    await explorer.click('Luminary: beta', { modifiers: ['ControlOrMeta'] });
    await person().explorer.press('Find User…');
    await quickInput.question(/^Find User · /);
    await quickInput.cancel();
    await explorer.chooseFromMenu('Luminary: beta', 'Find User in Tenant…');
    await quickInput.question(/^Find User in (acme and beta|beta and acme) · /);
    await quickInput.cancel();
    await explorer.click('Luminary: acme');
    await person().run('Find User in Tenant…');
    await quickInput.question(/^Find User in acme · /);
    await quickInput.cancel();
    await explorer.focus();
    await person().press('Escape');
    await person().run('Find User in Tenant…');
    await quickInput.question('Find a user of which tenant?');
    await person().workbench.picture('find user in which tenant');
    await quickInput.pick('Luminary: beta');
    await quickInput.question(/^Find User in beta · /);
    await quickInput.cancel();
  });

  it('tries a tenant again that could not be read, from its line', async () => {
    const { quickInput } = person();
    const fault = server.fault({ path: paths.users, fault: respond(503) });
    await beginLuminary(person(), server, 'Access token');
    await quickInput.question('Access token for');
    await quickInput.answer(server.tokens.luminary);
    await quickInput.pick('Save Anyway');
    await quickInput.question('Name of this connection');
    await quickInput.answer('gamma');
    await person().explorer.row('The service has a problem.');
    await person().run('Find User…');
    await quickInput.type('nobody has this');
    await rest(/^Search the /); // It has been tried once more by now.
    await focused(/^Luminary: gamma: The service has a problem/);
    await person().workbench.picture('find user one failed');
    fault.remove();
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    const hold = server.fault({ path: paths.users, times: 1, fault: () => held });
    await quickInput.accept();
    await focused('Luminary: gamma: Trying again…');
    await person().workbench.picture('find user trying again');
    go();
    hold.remove();
    await until(
      'the line to go',
      async () => !(await labels()).some((label) => label.startsWith('Luminary: gamma: ')),
    );
    await quickInput.cancel();
    await person().explorer.gone('The service has a problem.');
  });

  /** Looks for someone whom both tenants have, and waits until both stand there, each with its tenant. */
  async function ofBoth(): Promise<void> {
    const { quickInput } = person();
    await quickInput.type(personAt(5).email);
    await until(
      'a user of each',
      async () => {
        const choices = await quickInput.choices();
        return choices.some(tenantIs('acme')) && choices.some(tenantIs('beta'));
      },
      async () => JSON.stringify(await quickInput.choices(), undefined, 2),
    );
  }

  /** Waits until the cursor stands on such a line. */
  async function focused(label: string | RegExp): Promise<void> {
    await until(
      `the cursor on “${String(label)}”`,
      async () => {
        const line = (await person().quickInput.choices()).find((choice) => choice.focused);
        if (line === undefined) return false;
        return typeof label === 'string' ? line.label === label : label.test(line.label);
      },
      async () => JSON.stringify(await person().quickInput.choices(), undefined, 2),
    );
  }
});

function tenantIs(name: string): (choice: Choice) => boolean {
  return ({ detail }) => detail.includes(`Luminary: ${name}`);
}
