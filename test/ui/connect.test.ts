import assert from 'node:assert/strict';
import { noAnswer, respond, htmlWith200 } from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { paths } from '../server/services.ts';
import { beginLuma, beginLuminary, connectLuma } from './connecting.ts';
import { useWorkbench } from './fixture.ts';

describe('Connecting with the keyboard', function () {
  this.timeout(60_000);
  const person = useWorkbench();
  let server: TestServer;

  before(async () => {
    server = await startServer({ users: 250 });
  });

  after(async () => {
    await server.close();
  });

  afterEach(() => {
    server.heal();
  });

  it('offers three ways to begin, and asks nothing by itself', async () => {
    const { explorer, quickInput } = person();
    await explorer.open();
    const welcome = await explorer.welcome();
    for (const button of ['Connect Luma', 'Connect Luminary', 'Explore Sample Data']) {
      assert.ok(welcome.includes(button), button);
    }
    assert.equal(await quickInput.now(), undefined);
  });

  it('connects Luma at another address, with a way back from each step', async () => {
    const { run, quickInput, press, explorer } = steps();
    await run('Connect Luma…');
    assert.equal((await quickInput.question('Luma API token')).password, true);

    await quickInput.pressButton('Use another address');
    await quickInput.question('Address of a Luma gateway');
    await quickInput.answer('http://gateway.example.com');
    await quickInput.question('Only https:// is safe');
    await quickInput.type('nonsense');
    await quickInput.question('This is no address');
    await quickInput.back();
    await quickInput.question('Luma API token');
    await quickInput.pressButton('Use another address');
    await quickInput.question('Address of a Luma gateway');
    await quickInput.answer(''); // None means that of useapi.net.
    await quickInput.question('from your account at useapi.net');
    await quickInput.pressButton('Use another address');
    await quickInput.question('Address of a Luma gateway');
    await quickInput.answer(server.lumaAddress);

    await quickInput.question('Luma API token');
    await quickInput.answer('two words');
    await quickInput.question('A token has no spaces');
    await quickInput.answer('user:99999-wrong');
    await quickInput.question('The service refused the token. (401: Unauthorized)');
    await person().workbench.picture('connect refused');
    await quickInput.answer(server.tokens.luma);

    await quickInput.question('Name of this connection');
    await quickInput.answer(' ');
    await quickInput.question('Enter a name');
    await quickInput.type('team');
    await quickInput.back();
    await stillThere('Luma API token', server.tokens.luma);
    await person().workbench.picture('connect back to the token');
    await quickInput.back();
    assert.equal((await quickInput.question('Luma gateway')).value, server.lumaAddress);
    await quickInput.back();
    assert.equal((await quickInput.question('from your account at useapi.net')).value, '');
    await quickInput.pressButton('Use another address');
    await quickInput.question('Luma gateway');
    await quickInput.accept();
    await stillThere('Luma API token', server.tokens.luma);
    await quickInput.accept();
    assert.equal((await quickInput.question('Name of this connection')).value, 'team');
    await quickInput.answer('studio');
    await explorer.row((row) => row.label === 'Luma: studio' && row.focused);
    await explorer.row('studio@example.com');
    await press('Escape');
  });

  it('connects Luminary by client ID and secret', async () => {
    const { run, quickInput, explorer } = steps();
    await run('Connect Luminary…');
    await quickInput.question('Subdomain of your tenant');
    await quickInput.type('evil.example/x?');
    await quickInput.question('A subdomain has only letters');
    await quickInput.answer(new URL(server.luminaryAddress).origin);
    await quickInput.question('How do you sign in');
    await quickInput.pick('Client ID and secret');
    await quickInput.question('Client ID');
    await quickInput.answer(server.tokens.clientId);
    await quickInput.question('Client secret');
    await quickInput.answer('wrong');
    await quickInput.question('The client ID or secret was refused. (401');
    await person().workbench.picture('connect client refused');
    await quickInput.back();
    assert.equal((await quickInput.question('Client ID')).value, server.tokens.clientId);
    await quickInput.accept();
    await stillThere('Client secret', 'wrong');
    await quickInput.answer(server.tokens.clientSecret);
    await quickInput.question('Name of this connection');
    for (const question of ['Client secret', 'Client ID', 'How do you sign in']) {
      await quickInput.back();
      await quickInput.question(question);
    }
    await quickInput.pick('Client ID and secret');
    assert.equal((await quickInput.question('Client ID')).value, server.tokens.clientId);
    await quickInput.accept();
    await stillThere('Client secret', server.tokens.clientSecret);
    await quickInput.accept();
    await quickInput.question('Name of this connection');
    await quickInput.answer('acme');
    await explorer.row((row) => row.label === 'Luminary: acme' && row.focused);
    await explorer.row('Users 1–100');
    await explorer.row('Users 201–250');
    await person().workbench.picture('connected');
  });

  it('offers to retry, save anyway or cancel when the service is not there', async () => {
    const { quickInput, explorer } = steps();
    server.fault({ fault: respond(503), path: paths.users });
    await beginLuminary(person(), server, 'Access token');
    await quickInput.question('Access token for');
    await quickInput.answer(server.tokens.luminary);
    await quickInput.question('The service has a problem. (503)');
    await person().workbench.picture('connect absent');
    assert.deepEqual(
      (await quickInput.choices()).map(({ label }) => label),
      ['Retry', 'Save Anyway', 'Cancel'],
    );
    server.heal();
    await quickInput.pick('Retry');
    await quickInput.question('Name of this connection');
    await quickInput.cancel();
    assert.equal((await explorer.allRows()).filter(({ level }) => level === 1).length, 2);
  });

  it('does not take a page of HTML for a service', async () => {
    const { quickInput } = steps();
    server.fault({ fault: htmlWith200, path: paths.accounts });
    await beginLuma(person(), server);
    await quickInput.answer(server.tokens.luma);
    await quickInput.question('Something answered, but not as this service does.');
    await quickInput.cancel();
  });

  it('leaves a trial that takes too long', async () => {
    const { quickInput } = steps();
    server.fault({ fault: noAnswer, path: paths.users });
    server.requests.length = 0;
    await beginLuminary(person(), server, 'Access token');
    await quickInput.question('Access token for');
    await quickInput.answer(server.tokens.luminary);
    const request = await server.arrived(1);
    await quickInput.cancel();
    await request.ended;
    assert.equal(request.outcome, 'aborted');
  });

  it('names a foreign host before anything is sent to it', async () => {
    const { quickInput, run, messages } = steps();
    await run('Connect Luminary…');
    await quickInput.question('Subdomain');
    await quickInput.answer('https://gateway.example.com');
    assert.match(await messages.dialog(), /Send the credential to gateway\.example\.com\?/);
    await person().workbench.picture('connect foreign');
    await messages.pressInDialog('Cancel');
    await quickInput.question('Subdomain');
    await quickInput.cancel();
  });

  it('renames and replaces the token', async () => {
    const { quickInput, explorer } = steps();
    await explorer.chooseFromMenu('Luma: studio', 'Rename Connection…');
    await quickInput.question('Rename Connection');
    await quickInput.answer('team');
    await explorer.row('Luma: team');

    server.tokens.luma = 'user:22222-replaced';
    await explorer.chooseFromMenu('Luma: team', 'Refresh');
    const failed = await explorer.row('The service refused the token.');
    assert.equal(failed.description, '401: Unauthorized');
    assert.match((await explorer.row('Luma: team')).description, /^as of .+ · 3 accounts/);
    await explorer.row('studio@example.com');
    await person().workbench.picture('refresh refused');
    await explorer.click('Replace Token…');
    await quickInput.question('Luma API token');
    await quickInput.answer(server.tokens.luma);
    await explorer.gone('The service refused the token.');
    await explorer.row('studio@example.com');
  });

  it('says of a refused client ID and secret which they are, and lets them be replaced', async () => {
    const { quickInput, explorer } = steps();
    const refused = 'The client ID or secret was refused.';
    server.tokens.clientSecret = 'replaced';
    server.tokens.revoke();
    await explorer.chooseFromMenu('Luminary: acme', 'Refresh');
    const row = await explorer.row(refused);
    assert.match(row.description, /^401: unknown client/);
    assert.ok(row.ariaLabel.includes(refused));
    await person().workbench.picture('client refused');
    await explorer.click('Replace Client ID or Secret…');
    await quickInput.question('Replace Client ID or Secret: Luminary: acme');
    await quickInput.pick('Client ID and secret');
    await quickInput.question('Client ID, from');
    await quickInput.answer(server.tokens.clientId);
    await quickInput.question('Client secret that');
    await quickInput.answer(server.tokens.clientSecret);
    await person().said('Client ID and secret replaced');
    await explorer.gone(refused);
    await explorer.row('Users 201–250');
  });

  it('disconnects after asking, and forgets everything', async () => {
    const { explorer, messages } = steps();
    await explorer.chooseFromMenu('Luminary: acme', 'Disconnect');
    assert.match(await messages.dialog(), /Disconnect Luminary: acme\?/);
    await messages.pressInDialog('Cancel');
    await explorer.row('Luminary: acme');
    await explorer.chooseFromMenu('Luminary: acme', 'Disconnect');
    await messages.dialog();
    await messages.pressInDialog('Disconnect');
    await explorer.gone('Luminary: acme');
    await explorer.chooseFromMenu('Luma: team', 'Disconnect');
    await messages.dialog();
    await messages.pressInDialog('Disconnect');
    await explorer.gone('Luma: team');
    assert.match(await explorer.welcome(), /Connect Luma/);
  });

  it('says so where a connection is gone when its new token has been tried', async () => {
    const { explorer, quickInput, messages } = steps();
    await connectLuma(person(), server, 'studio');
    await explorer.chooseFromMenu('Luma: studio', 'Replace Token…');
    await quickInput.question('Luma API token');
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    server.fault({ path: paths.accounts, fault: () => held });
    server.requests.length = 0;
    await quickInput.answer(server.tokens.luma);
    await server.arrived(1);
    await explorer.chooseFromMenu('Luma: studio', 'Disconnect');
    await messages.dialog();
    await messages.pressInDialog('Disconnect');
    await explorer.gone('Luma: studio');
    answer();
    await messages.notification('Luma: studio was changed or removed meanwhile');
    await person().workbench.picture('replace the token of what is gone');
    await quickInput.closed();
    assert.match(await explorer.welcome(), /Connect Luma/);
  });

  /** Waits for a question for a secret, in which a text stands, hidden. */
  async function stillThere(question: string, text: string): Promise<void> {
    const { value, password } = await person().quickInput.question(question);
    assert.deepEqual([value, password], [text, true]);
  }

  function steps() {
    const { quickInput, explorer, messages } = person();
    return {
      quickInput,
      explorer,
      messages,
      run: (title: string) => person().run(title),
      press: (...keys: string[]) => person().press(...keys),
    };
  }
});
