import assert from 'node:assert/strict';
import type { SampleUser } from '../../src/sample/people.ts';
import { respond } from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { UserList } from '../server/userList.ts';
import { paths } from '../server/services.ts';
import { connectLuminary } from './connecting.ts';
import { useWorkbench } from './fixture.ts';
import { Untitled } from './untitled.ts';

describe('Go to User by ID', function () {
  this.timeout(60_000);
  const person = useWorkbench();
  let server: TestServer;
  let far: SampleUser;
  let near: SampleUser;

  before(async () => {
    server = await startServer({ users: 2000 });
    [near, far] = [42, 1234].map((index) => server.users.at(index)) as [SampleUser, SampleUser];
  });

  after(async () => {
    await server.close();
  });

  it('takes the ID from the clipboard, asks once, and shows the user beside the pages', async () => {
    const { explorer, quickInput } = person();
    await explorer.open();
    await connectLuminary(person(), server, 'acme');
    await explorer.row('Users 1–100');
    await explorer.collapse('Users 1–100');
    await person().setClipboard(`see ${far.id}, please`);
    server.requests.length = 0;
    await person().run('Go to User by ID…');
    const { value } = await quickInput.question('ID of a Luminary user');
    assert.equal(value, far.id);
    await quickInput.accept();
    const label = `${far.first_name} ${far.last_name}`;
    await explorer.row((row) => row.label === label && row.selected && row.focused);
    await explorer.row('Looked up');
    await person().workbench.picture('looked up');
    assert.deepEqual(
      server.requests.map(({ path }) => path),
      [`${paths.users}/${far.id}`],
    );
    const copied = await person().copied(() => person().press('ControlOrMeta+c'));
    assert.equal(copied, far.id);
    assert.deepEqual(
      JSON.parse(await person().copied(() => explorer.chooseFromMenu(label, 'Copy JSON'))),
      far,
    );
  });

  it('takes the ID under the cursor of the editor, and reveals a user that is loaded', async () => {
    const { explorer, quickInput } = person();
    await Untitled.open(person(), `const id = '${near.id}';`);
    await person().press('End', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft');
    await person().setClipboard('');
    server.requests.length = 0;
    await person().run('Go to User by ID…');
    const { value } = await quickInput.question('ID of a Luminary user');
    assert.equal(value, near.id);
    await quickInput.accept();
    const label = `${near.first_name} ${near.last_name}`;
    await explorer.row((row) => row.label === label && row.selected);
    assert.deepEqual(server.requests, []);
  });

  it('says so when there is no such user', async () => {
    const { quickInput, messages } = person();
    await person().run('Go to User by ID…');
    await quickInput.question('ID of a Luminary user');
    await quickInput.answer('user_nobody');
    await messages.notification('There is no user with the ID user_nobody in acme.');
  });

  it('is refreshed with its tenant, and goes when the user is gone', async () => {
    const { explorer } = person();
    server.users = new UserList(1000);
    await explorer.chooseFromMenu('Luminary: acme', 'Refresh');
    await explorer.gone('Looked up');
  });
});

describe('Go to User by ID with several tenants', function () {
  this.timeout(60_000);
  const person = useWorkbench();
  let refusing: TestServer;
  let other: TestServer;

  before(async () => {
    refusing = await startServer({ users: 200 });
    other = await startServer({ users: 1500 });
  });

  after(async () => {
    await refusing.close();
    await other.close();
  });

  it('goes on to the next where one can’t be asked', async () => {
    const { explorer, quickInput } = person();
    await explorer.open();
    await connectLuminary(person(), refusing, 'acme');
    await explorer.row('Users 1–100');
    await connectLuminary(person(), other, 'beta');
    await explorer.row('Users 1,401–1,500');
    refusing.fault(respond(403));
    const user = other.users.at(1400) as SampleUser;
    await person().run('Go to User by ID…');
    await quickInput.question('ID of a Luminary user');
    await quickInput.answer(user.id);
    const label = `${user.first_name} ${user.last_name}`;
    await explorer.row((row) => row.label === label && row.selected);
    assert.equal(refusing.requests.at(-1)?.path, `${paths.users}/${user.id}`);
  });
});
