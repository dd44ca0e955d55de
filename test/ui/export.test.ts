import assert from 'node:assert/strict';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { noAnswer, respond } from '../server/faults.ts';
import { sparseUsers, unreadableUsers, usersWithOddNames } from '../server/oddRecords.ts';
import { repeatedCursor } from '../server/pageFaults.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { paths } from '../server/services.ts';
import { parseUsers } from '../unit/csvParser.ts';
import { until } from '../hosts/until.ts';
import { connectLuma, connectLuminary } from './connecting.ts';
import { useWorkbench } from './fixture.ts';

describe('Exporting users', function () {
  this.timeout(60_000);
  const question = 'Export the users of Luminary: acme / EU';
  const person = useWorkbench();
  let server: TestServer;
  let everyone: unknown[];

  before(async () => {
    server = await startServer({ users: 2500 });
    const odd = [
      usersWithOddNames(),
      Object.values(sparseUsers()),
      Object.values(unreadableUsers()),
    ];
    server.users.insert(1200, ...odd.flat());
    everyone = Array.from({ length: server.users.size }, (_, index) =>
      asSent(server.users.at(index)),
    );
  });

  afterEach(async () => {
    server.heal();
    await person().messages.clear();
    for (const name of await readdir(person().server.workspace)) await rm(inWorkspace(name));
  });

  after(async () => {
    await server.close();
  });

  it('starts from a connection of each kind', async () => {
    await person().explorer.open();
    await connectLuma(person(), server, 'studio');
    await connectLuminary(person(), server, 'acme / EU');
  });

  it('offers it for a tenant, its pages and its users', async () => {
    const { explorer } = person();
    for (const row of ['Luminary: acme / EU', 'Users 1–100', await firstUser()]) {
      assert.ok((await explorer.menuOf(row)).includes('Export Users…'), row);
    }
    assert.ok(!(await explorer.menuOf('Luma: studio')).includes('Export Users…'));
  });

  it('as JSON, named after the connection, and opens the file', async () => {
    const { explorer, quickInput, messages, workbench } = person();
    await explorer.chooseFromMenu('Luminary: acme / EU', 'Export Users…');
    assert.equal(await quickInput.suggestedFile(question), inWorkspace('acme-EU-users.json'));
    await workbench.picture('export target');
    await quickInput.accept();
    await messages.notification('Exported 2,529 users to acme-EU-users.json');
    await workbench.picture('exported');
    assert.deepEqual(JSON.parse(await contentOf('acme-EU-users.json')), everyone);
    assert.deepEqual(await names(), ['acme-EU-users.json']);

    await messages.press('Exported', 'Open');
    await person()
      .page.getByRole('tab', { name: /acme-EU-users\.json/ })
      .waitFor();
    await workbench.picture('export opened');
    await person().run('View: Close All Editors');
  });

  it('as JSON Lines, from a page’s menu', async () => {
    await exportFrom('Users 1–100', 'everyone.jsonl');
    await person().messages.notification('Exported 2,529 users to everyone.jsonl');
    const lines = (await contentOf('everyone.jsonl')).split('\n');
    assert.equal(lines.pop(), '');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line) as unknown),
      everyone,
    );
  });

  it('as CSV, from the palette; begins with the latest ending', async () => {
    const { explorer, quickInput, messages } = person();
    await explorer.click('Luma: studio');
    await person().press('Escape');
    await person().run('Export Users…');
    assert.equal(await quickInput.suggestedFile(question), inWorkspace('acme-EU-users.jsonl'));
    await quickInput.answer(inWorkspace('everyone.csv'));
    await messages.notification('Exported 2,529 users to everyone.csv');
    assert.deepEqual(parseUsers(await contentOf('everyone.csv')), everyone);

    await messages.press('Exported', 'Reveal in Explorer');
    await person().page.locator('.explorer-folders-view').getByText('everyone.csv').waitFor();
    await person().workbench.picture('export revealed');
    await explorer.open();
  });

  it('tells how far it is, and leaves nothing when it is cancelled', async () => {
    const { messages, workbench } = person();
    server.fault({ path: paths.users, at: 3, fault: noAnswer });
    await exportFrom('Luminary: acme / EU', 'everyone.json');
    await messages.notification(
      /Exporting Luminary: acme \/ EU to everyone\.json.*2,000 of 2,529 users · 79%/s,
    );
    assert.deepEqual(
      (await names()).map((name) => name.replace(/[0-9a-f]{16}/, '…')),
      ['.everyone.json.….export.tmp'],
    );
    await workbench.picture('exporting');
    await messages.press('Exporting', 'Cancel');
    await until('nothing to be left', async () => (await names()).length === 0);
    await messages.notification('everyone.json was not written: the export was cancelled.');
    const shown = await messages.notifications();
    assert.ok(!shown.some((text) => text.includes('Exporting')), shown.join('\n'));
  });

  it('leaves what stood there when the service fails, says why, and tries again', async () => {
    const { messages, quickInput, workbench } = person();
    await writeFile(inWorkspace('everyone.csv'), 'kept');
    const fault = server.fault({ path: paths.users, at: 3, fault: respond(403, { error: 'No' }) });
    await exportFrom('Luminary: acme / EU', 'everyone.csv');
    await quickInput.question('already exists');
    await quickInput.accept();
    const said = await messages.notification('everyone.csv was not written');
    assert.equal(
      said,
      'everyone.csv was not written. The token is not allowed to read this. (403: No)',
    );
    await workbench.picture('export failed');
    assert.equal(await contentOf('everyone.csv'), 'kept');
    assert.deepEqual(await names(), ['everyone.csv']);

    fault.remove();
    // The message moves down when that on the progress goes.
    await until('the progress to go', async () => (await messages.notifications()).length === 1);
    await messages.press('was not written', 'Try Again');
    await messages.notification('Exported 2,529 users to everyone.csv');
    assert.deepEqual(parseUsers(await contentOf('everyone.csv')), everyone);
  });

  it('does not pass a part of the list off as all of it', async () => {
    const { messages } = person();
    server.fault({ path: paths.users, fault: repeatedCursor });
    await exportFrom('Luminary: acme / EU', 'everyone.json');
    await messages.notification(
      'everyone.json was not written. The service leads back to users already read',
    );
    assert.deepEqual(await names(), []);
  });

  async function exportFrom(row: string, name: string): Promise<void> {
    const { explorer, quickInput } = person();
    await explorer.chooseFromMenu(row, 'Export Users…');
    await quickInput.suggestedFile(question);
    await quickInput.answer(inWorkspace(name));
  }

  async function firstUser(): Promise<string> {
    const { explorer } = person();
    await explorer.row((row) => row.level === 3 && row.expanded === false);
    const [first] = await explorer.children('Users 1–100');
    assert.ok(first);
    return first.label;
  }

  const inWorkspace = (name: string) => path.join(person().server.workspace, name);
  const contentOf = (name: string) => readFile(inWorkspace(name), 'utf8');
  const names = () => readdir(person().server.workspace);
});

/** What arrives of a value. */
function asSent(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}
