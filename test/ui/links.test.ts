import assert from 'node:assert/strict';
import { personAt } from '../../src/sample/people.ts';
import { stored } from '../hosts/stored.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { paths } from '../server/services.ts';
import { connectLuma, connectLuminary } from './connecting.ts';
import { useWorkbench } from './fixture.ts';
import { namedUsers } from './namedUsers.ts';
import type { NamedUser } from './namedUsers.ts';

const accountId = '9ecac364-0000-4000-8000-000000000001';

describe('Links', function () {
  this.timeout(60_000);
  const person = useWorkbench();
  let server: TestServer;
  let near: NamedUser;
  let far: NamedUser;

  const nameOf = ({ first_name, last_name }: NamedUser) => `${first_name} ${last_name}`;
  const start = /^([\w-]+):\/\/luma-luminary\.luma-luminary-explorer\//;
  let scheme = '';

  before(async () => {
    server = await startServer({
      users: namedUsers(300),
      accounts: new Map<string, unknown>([
        ['jane.doe@example.com', { email: 'jane.doe@example.com', user_id: accountId }],
        ['john.roe@example.com', { email: 'john.roe@example.com' }],
      ]),
    });
    [near, far] = [3, 250].map((index) => server.users.at(index)) as [NamedUser, NamedUser];
  });

  after(async () => {
    await server.close();
  });

  function linkTo(kind: 'user' | 'account', id: string, address = server.address): string {
    const query = `address=${encodeURIComponent(address)}&id=${id}`;
    return `${scheme}://luma-luminary.luma-luminary-explorer/${kind}?${query}`;
  }

  /** Has the system hand a link to the editor. */
  async function handOver(link: string): Promise<void> {
    const { messages, quickInput } = person();
    await person().run('Developer: Open URL');
    await quickInput.type(link);
    await quickInput.accept();
    await messages.dialog();
    await messages.pressInDialog('Open');
  }

  /** Opens a link that is on the clipboard. */
  async function open(link: string): Promise<void> {
    const { quickInput } = person();
    await person().setClipboard(link);
    await person().run('Open Link…');
    const { value } = await quickInput.question('Link to a user or an account');
    assert.equal(value, link);
    await quickInput.accept();
  }

  it('are copied from users and accounts, and hold an address and an ID', async () => {
    const { explorer } = person();
    await explorer.open();
    await connectLuma(person(), server, 'studio');
    await connectLuminary(person(), server, 'acme');
    await explorer.row('Users 1–100');
    const copied = (row: string) =>
      person().copied(() => explorer.chooseFromMenu(row, 'Copy Link'));
    const link = await copied(nameOf(near));
    scheme = start.exec(link)?.[1] ?? '';
    assert.equal(link, linkTo('user', near.id));
    assert.equal(await copied('jane.doe@example.com'), linkTo('account', accountId));
    await explorer.click(nameOf(near));
    // A click opens the row as well; its fields would be selected with the others.
    await explorer.collapse(nameOf(near));
    await explorer.click(nameOf(server.users.at(5) as NamedUser), { modifiers: ['Shift'] });
    const ids = [3, 4, 5].map((index) => (server.users.at(index) as NamedUser).id);
    const links = await person().saying('Copied 3 links', () => copied(nameOf(near)));
    assert.deepEqual(
      links.split('\n'),
      ids.map((id) => linkTo('user', id)),
    );
    await person().press('Escape');
    await explorer.chooseFromMenu('john.roe@example.com', 'Copy Link');
    await person().messages.notification('an email never stands in a link');
    await person().workbench.picture('no link');
    await person().messages.clear();
  });

  it('show what is loaded at once, and ask for nothing', async () => {
    const { explorer } = person();
    await explorer.collapse('Users 1–100');
    server.requests.length = 0;
    await open(linkTo('user', near.id));
    await explorer.row((row) => row.label === nameOf(near) && row.selected && row.focused);
    await open(linkTo('account', accountId));
    await explorer.row((row) => row.label === 'jane.doe@example.com' && row.selected);
    assert.deepEqual(server.requests, []);
  });

  it('ask the person before they ask a service', async () => {
    const { explorer, messages } = person();
    server.requests.length = 0;
    await open(linkTo('user', far.id));
    const question = await messages.dialog();
    assert.ok(question.includes(`Ask Luminary: acme for the user ${far.id}?`), question);
    assert.ok(question.includes(new URL(server.address).host), question);
    await person().workbench.picture('link asks');
    await messages.pressInDialog('Cancel');
    assert.deepEqual(server.requests, []);
    await open(linkTo('user', far.id));
    await messages.dialog();
    await messages.pressInDialog('Ask');
    await explorer.row((row) => row.label === nameOf(far) && row.selected && row.focused);
    assert.deepEqual(
      server.requests.map(({ path }) => path),
      [`${paths.users}/${far.id}`],
    );
    await open(linkTo('user', 'user_nobody'));
    await messages.dialog();
    await messages.pressInDialog('Ask');
    await messages.notification('There is no user with the ID user_nobody in acme.');
    await messages.clear();
  });

  it('are followed when the system hands them to the editor', async () => {
    const { explorer } = person();
    await explorer.collapse('Users 1–100');
    await handOver(linkTo('user', near.id));
    await explorer.row((row) => row.label === nameOf(near) && row.selected && row.focused);
  });

  it('that are none say so in a sentence, and nothing is asked', async () => {
    const { quickInput, messages } = person();
    server.requests.length = 0;
    const bad: [string, string][] = [
      [linkTo('user', 'a').replace('/user?', '/users?'), 'This is no link to a user'],
      [`https://x.example/user?id=a`, 'This is no link to a user'],
      [`${linkTo('user', 'a')}&id=b`, 'has two addresses or two IDs'],
      [linkTo('user', 'a'.repeat(10_000)), 'The ID in this link is none'],
      [linkTo('user', 'jane.doe%40example.com'), 'The ID in this link is none'],
      [linkTo('user', 'a', 'http://acme.withluminary.com'), 'The address in this link is none'],
    ];
    for (const [link, sentence] of bad) {
      await person().setClipboard('');
      await person().run('Open Link…');
      await quickInput.question('Link to a user or an account');
      await quickInput.type(link);
      await quickInput.question(sentence);
      if (sentence.includes('two')) await person().workbench.picture('bad link');
      await quickInput.cancel();
    }
    await person().run('Developer: Open URL');
    await quickInput.type(`${linkTo('user', 'a')}&id=b`);
    await quickInput.accept();
    await messages.dialog();
    await messages.pressInDialog('Open');
    await messages.notification('has two addresses or two IDs');
    await messages.clear();
    assert.deepEqual(server.requests, []);
  });

  it('to where no connection leads offer to connect, and fill nothing in', async () => {
    const { messages, quickInput } = person();
    server.requests.length = 0;
    await open(linkTo('user', 'user_1', 'https://beta.withluminary.com'));
    const text = await messages.notification('which you have no connection to');
    assert.ok(text.includes('beta.withluminary.com'), text);
    await person().workbench.picture('link without a connection');
    await messages.press('which you have no connection to', 'Connect…');
    const { value } = await quickInput.question('Subdomain of your tenant');
    assert.equal(value, '');
    await quickInput.cancel();
    assert.deepEqual(server.requests, []);
  });

  it('to the sample data lead nowhere else', async () => {
    const { explorer, messages } = person();
    await open(linkTo('user', 'user_1', 'sample'));
    await messages.notification('leads to the sample data');
    await messages.press('leads to the sample data', 'Explore Sample Data');
    await explorer.row('Luminary: sample data');
    await explorer.collapse('Luminary: acme');
    await explorer.collapse('Luma: studio');
    const copied = await person().copied(() =>
      explorer.chooseFromMenu('studio@example.com', 'Copy Link'),
    );
    assert.match(copied, /\/account\?address=sample&id=7f1c9a52-/);
    await explorer.expand('Luma: studio');
    await open(copied);
    await explorer.row((row) => row.label === 'studio@example.com' && row.selected);
  });

  it('to the sample data are followed without a question, as nothing is sent', async () => {
    const { explorer, workbench } = person();
    const { id, first_name, last_name } = personAt(1234);
    server.requests.length = 0;
    await open(linkTo('user', id, 'sample'));
    const name = `${first_name} ${last_name}`;
    await explorer.row((row) => row.label === name && row.selected && row.focused);
    await workbench.picture('link into the sample data');
    assert.deepEqual(server.requests, []);
  });

  it('are followed in a window that shows nothing of this product yet', async () => {
    const { page, messages, explorer } = person();
    await person().run('View: Close All Editors');
    await person().run('View: Show Run and Debug');
    await stored(page, 'workbench.sidebar.activeviewletid=workbench.view.debug');
    await page.reload();
    await page.locator('.part.sidebar').getByText('Run and Debug').first().waitFor();
    assert.equal(await explorer.container.count(), 0, 'the view is not there');
    await handOver(linkTo('user', near.id));
    await messages.notification('which you have no connection to');
  });
});
