import assert from 'node:assert/strict';
import type { Row } from '../hosts/rows.ts';
import { until } from '../hosts/until.ts';
import * as faults from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { paths } from '../server/services.ts';
import { UserList } from '../server/userList.ts';
import { connectLuma, connectLuminary } from './connecting.ts';
import { useWorkbench } from './fixture.ts';
import { namedUsers } from './namedUsers.ts';
import type { NamedUser } from './namedUsers.ts';

describe('Pinning', function () {
  this.timeout(60_000);
  const person = useWorkbench();
  let server: TestServer;
  let first: NamedUser;
  let second: NamedUser;

  const nameOf = ({ first_name, last_name }: NamedUser) => `${first_name} ${last_name}`;
  const inPage = (user: NamedUser) => (row: Row) =>
    row.label === nameOf(user) && !row.ariaLabel.includes('It is pinned');
  const pinned = (label: string) => (row: Row) =>
    row.label === label && row.ariaLabel.includes('It is pinned');
  const order = async () =>
    (await person().explorer.children('Pinned')).map(({ label }: Row) => label);

  before(async () => {
    server = await startServer({ users: namedUsers(300) });
    [first, second] = [3, 5].map((index) => server.users.at(index)) as [NamedUser, NamedUser];
  });

  after(async () => {
    await server.close();
  });

  it('puts a row at the end of the tree, and marks what is pinned', async () => {
    const { explorer } = person();
    await explorer.open();
    await connectLuma(person(), server, 'studio');
    await connectLuminary(person(), server, 'acme');
    await explorer.row('Users 1–100');
    assert.ok((await explorer.menuOf(nameOf(first))).includes('Pin'));
    server.requests.length = 0;
    await explorer.chooseFromMenu(nameOf(first), 'Pin');
    const row = await explorer.row('Pinned');
    assert.deepEqual([row.level, row.expanded, row.description], [1, false, '1']);
    assert.equal((await explorer.allRows()).at(-1)?.label, 'Pinned');
    const menu = await explorer.menuOf(nameOf(first));
    assert.ok(menu.includes('Unpin') && !menu.includes('Pin') && menu.includes('Copy JSON'));
    await explorer.chooseFromMenu(nameOf(second), 'Pin');
    await explorer.chooseFromMenu('studio@example.com', 'Pin');
    await explorer.collapse('Users 1–100');
    await explorer.expand('Pinned');
    const rows = await until('the pinned rows', async () => {
      const all = await explorer.children('Pinned');
      return all.length === 3 && all;
    });
    assert.deepEqual(
      rows.map(({ label }) => label),
      [nameOf(first), nameOf(second), 'studio@example.com'],
    );
    assert.match(rows[0]?.description ?? '', / · acme$/);
    assert.match(rows[2]?.description ?? '', / · studio$/);
    assert.deepEqual(server.requests, [], 'all of them were loaded');
    await person().workbench.picture('pinned');
  });

  it('gives rows that are like any other', async () => {
    const { explorer } = person();
    const row = pinned(nameOf(second));
    const copied = (item: string) => person().copied(() => explorer.chooseFromMenu(row, item));
    assert.equal(await copied('Copy ID'), second.id);
    assert.deepEqual(JSON.parse(await copied('Copy JSON')), second);
    await explorer.expand(row);
    await explorer.row('First name');
    await explorer.collapse(row);
    await explorer.expand('studio@example.com');
    await explorer.expand(pinned('studio@example.com'));
    await explorer.row((field) => field.label === 'Credits' && field.level === 3);
    await person().workbench.picture('pinned opened');
    await explorer.collapse(pinned('studio@example.com'));
    await explorer.collapse('studio@example.com');
    await explorer.chooseFromMenu(row, 'Open JSON');
    await person().inFront(second.id);
    await person().run('View: Close Editor');
  });

  it('moves up and down, and keeps that order', async () => {
    const { explorer } = person();
    const account = pinned('studio@example.com');
    await explorer.chooseFromMenu(account, 'Move Pin Up');
    await until('it to be the second', async () => (await order())[1] === 'studio@example.com');
    await explorer.chooseFromMenu(account, 'Move Pin Up');
    await until('it to be the first', async () => (await order())[0] === 'studio@example.com');
    await explorer.chooseFromMenu(pinned(nameOf(first)), 'Move Pin Down');
    await until('it to be the last', async () => (await order())[2] === nameOf(first));
    await person().workbench.picture('pinned moved');
  });

  it('is found in its page by Go to User', async () => {
    const { explorer, quickInput } = person();
    await person().run('Go to User by ID…');
    await quickInput.question('ID of a Luminary user');
    await quickInput.answer(first.id);
    await explorer.row((row) => inPage(first)(row) && row.selected && row.level === 3);
    await explorer.collapse('Users 1–100');
  });

  it('says so when a user is gone, and takes it away', async () => {
    const { explorer } = person();
    server.users = new UserList(namedUsers(300).filter(({ id }) => id !== first.id));
    await explorer.chooseFromMenu('Luminary: acme', 'Refresh');
    const gone = 'Not in acme any more';
    assert.equal((await explorer.row(gone)).description, first.id);
    await explorer.row(pinned(nameOf(second)));
    await person().workbench.picture('pinned gone');
    await explorer.pressInline(gone, 'Unpin');
    await explorer.gone(gone);
    assert.deepEqual(await order(), ['studio@example.com', nameOf(second)]);
  });

  it('reads what is not loaded when it is opened, and says why that failed', async () => {
    const { explorer, quickInput } = person();
    const far = server.users.at(250) as NamedUser;
    await person().run('Go to User by ID…');
    await quickInput.question('ID of a Luminary user');
    await quickInput.answer(far.id);
    await explorer.row((row) => row.label === nameOf(far) && row.selected);
    await explorer.chooseFromMenu(nameOf(far), 'Pin');
    await explorer.collapse('Pinned');
    // Whoever was looked up and is gone is dropped when the tenant is refreshed.
    server.users = new UserList(namedUsers(200));
    await explorer.chooseFromMenu('Luminary: acme', 'Refresh');
    await explorer.gone('Looked up');
    const path = `${paths.users}/${far.id}`;
    const fault = server.fault({ path, fault: faults.respond(500) });
    server.users = new UserList([...namedUsers(11), far]);
    await explorer.expand('Pinned');
    await explorer.row('The service has a problem.');
    await person().workbench.picture('pinned failed');
    fault.remove();
    await explorer.click('Retry');
    await explorer.row(pinned(nameOf(far)));
    await explorer.gone('Retry');
  });

  it('asks from the palette what to unpin, and goes with the last pin', async () => {
    const { explorer, quickInput } = person();
    for (const left of [2, 1, 0]) {
      await explorer.click('Luma: studio');
      await explorer.row((row) => row.label === 'Luma: studio' && row.selected);
      await person().run('Luma & Luminary: Unpin');
      await quickInput.question('Unpin…');
      await quickInput.moveTo(() => true); // The question comes before its lines.
      if (left === 2) await person().workbench.picture('unpin from the palette');
      await quickInput.accept();
      if (left === 0) await explorer.gone('Pinned');
      else await explorer.row((row) => row.label === 'Pinned' && row.description === String(left));
    }
  });

  it('goes with its connection', async () => {
    const { explorer, messages } = person();
    await explorer.chooseFromMenu('Luminary: acme', 'Refresh');
    await explorer.expand('Users 1–12');
    await explorer.chooseFromMenu(nameOf(second), 'Pin');
    await explorer.row('Pinned');
    await explorer.chooseFromMenu('Luminary: acme', 'Disconnect');
    await messages.pressInDialog('Disconnect');
    await explorer.gone('Pinned');
    await connectLuminary(person(), server, 'acme');
    await explorer.row('Users 1–12');
    assert.ok(!(await explorer.allRows()).some(({ label }) => label === 'Pinned'));
  });
});
