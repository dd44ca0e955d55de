import assert from 'node:assert/strict';
import path from 'node:path';
import type { SampleUser } from '../../src/sample/people.ts';
import { projectFolder } from '../hosts/paths.ts';
import { until } from '../hosts/until.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { paths } from '../server/services.ts';
import { connectLuma, connectLuminary } from './connecting.ts';
import { packagedExtension, useWorkbench } from './fixture.ts';

describe('Language-model tools', function () {
  this.timeout(60_000);
  const person = useWorkbench({
    install: [packagedExtension(), path.join(projectFolder, 'test', 'ui', 'tool-caller')],
  });
  let server: TestServer;
  let far: SampleUser;

  before(async () => {
    server = await startServer({ users: 300 });
    far = server.users.at(250) as SampleUser;
  });

  after(async () => {
    await server.close();
  });

  /** Calls a tool, and waits for the question that comes before it. */
  async function call(name: string, input: object): Promise<string> {
    await person().setClipboard(JSON.stringify({ name: `lumaLuminary_${name}`, input }));
    await person().run('Test: Call Tool');
    return person().messages.dialog();
  }

  /** Answers the question, and gives what the tool has given or thrown. */
  async function answer(button: string): Promise<string> {
    await person().messages.pressInDialog(button);
    return until('what the tool gives', async () => {
      const text = await person().clipboard();
      return /^(given|thrown): /.test(text) && text;
    });
  }

  it('ask the person, saying what is handed on and by whom', async () => {
    await person().explorer.open();
    await connectLuma(person(), server, 'studio');
    await connectLuminary(person(), server, 'acme');
    await person().explorer.row('Users 1–100');
    server.requests.length = 0;
    const asked = await call('getUser', { id: far.id });
    assert.match(asked, /Tell the language model about a user\?/);
    assert.ok(asked.includes('It gets ID, name, email and tenant of one user'), asked);
    assert.ok(asked.includes(`is asked for at Luminary: acme. It asks for: ${far.id}`), asked);
    await person().workbench.picture('tool confirmation');
    assert.deepEqual(server.requests, []);
    assert.match(await answer('Cancel'), /^thrown: /);
    assert.deepEqual(server.requests, [], 'whoever says no lets nothing happen');
  });

  it('give what was said, once the person has agreed', async () => {
    await call('getUser', { id: far.id });
    const given = await answer('Yes');
    assert.deepEqual(JSON.parse(given.replace('given: ', '')), {
      id: far.id,
      name: `${far.first_name} ${far.last_name}`,
      email: far.email,
      tenant: 'acme',
      created_at: far.created_at,
      updated_at: far.updated_at,
    });
    assert.deepEqual(
      server.requests.map((request) => request.path),
      [`${paths.users}/${far.id}`],
    );
  });

  it('say that no email is handed on, and hand on none', async () => {
    const asked = await call('listAccounts', {});
    assert.match(asked, /^Tell.*\nFor each account of Luma: studio, it gets .* but no email/s);
    await person().workbench.picture('tool confirmation accounts');
    const given = await answer('Yes');
    assert.match(given, /^given: Luma: studio: 3 accounts\n/);
    assert.ok(!given.includes('@'));
  });

  it('show what a model looks for as text and nothing else', async () => {
    const query =
      '[x](command:workbench.action.quit) <img src=x> **$(trash)** &lt; https://x.example';
    const asked = await call('findUsers', { query });
    assert.ok(asEntities(asked).endsWith(`It looks for: ${asEntities(query)}`), asked);
    await person().workbench.picture('tool confirmation odd query');
    assert.match(
      await answer('Yes'),
      /^given: 0 found, 0 given\.\nLuminary: acme: only the 100 of 300/,
    );
  });
});

/** A text whose signs of HTML are entities, as dialogs of older versions show those within code. */
function asEntities(text: string): string {
  const entities = text.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return entities.replaceAll('&amp;', '&');
}
