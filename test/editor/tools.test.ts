import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../hosts/until.ts';
import * as faults from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { paths } from '../server/services.ts';

/**
 * They run here without their confirmation, which a UI test looks at. Other tests of the same window
 * leave connections behind whose servers are gone.
 */
describe('The language-model tools', () => {
  const connection = 'studio of the tools';
  const tenant = 'acme of the tools';
  let server: TestServer;

  before(async () => {
    server = await startServer({ users: 300 });
    const [luma, luminary] = [server.lumaAddress, server.luminaryAddress];
    await vscode.commands.executeCommand('lumaLuminary.connectLuma', {
      name: connection,
      address: luma,
      token: server.tokens.luma,
    });
    await vscode.commands.executeCommand('lumaLuminary.connectLuminary', {
      name: tenant,
      address: luminary,
      token: server.tokens.luminary,
    });
    await until('the first page', () =>
      Promise.resolve(server.requests.some(({ query }) => query.get('limit') === '100')),
    );
  });

  after(async () => {
    await server.close();
  });

  async function call(name: string, input: object, token?: vscode.CancellationToken) {
    const options = { toolInvocationToken: undefined, input };
    const { content } = await vscode.lm.invokeTool(`lumaLuminary_${name}`, options, token);
    return content
      .map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : 'no text'))
      .join('');
  }

  const idAt = (index: number) => (server.users.at(index) as { id: string }).id;

  it('are there, with what they take', () => {
    const tools = vscode.lm.tools.filter(({ name }) => name.startsWith('lumaLuminary_'));
    assert.deepEqual(tools.map(({ name }) => name).sort(), [
      'lumaLuminary_findUsers',
      'lumaLuminary_getUser',
      'lumaLuminary_listAccounts',
    ]);
    for (const tool of tools) {
      assert.ok(tool.inputSchema !== undefined && tool.description.length > 100);
    }
  });

  it('list accounts, with emails only where they are wanted', async () => {
    const given = await call('listAccounts', { connection });
    const [head, ...lines] = given.split('\n');
    assert.equal(head, `Luma: ${connection}: 3 accounts`);
    assert.equal(lines.length, 3);
    assert.match(given, /"status":"idle · 0\/\d/);
    assert.ok(!given.includes('@') && !given.includes(server.tokens.luma));
    assert.match(
      await call('listAccounts', { connection, emails: true }),
      /"email":"studio@example.com"/,
    );
    assert.equal(await call('listAccounts', { connection: connection.toUpperCase() }), given);
  });

  it('find users among those that are loaded, and tell how many these are', async () => {
    const requests = server.requests.length;
    const given = await until('the first page', async () => {
      const text = await call('findUsers', { tenant, query: idAt(42) });
      return text.startsWith('1 found') && text;
    });
    const [, searched, line] = given.split('\n');
    assert.match(
      searched ?? '',
      /^Luminary: acme of the tools: only the 100 of 300 users that are loaded/,
    );
    assert.equal((JSON.parse(line ?? '') as { id: string }).id, idAt(42));
    assert.match(
      await call('findUsers', { tenant, query: 'user_', limit: 3 }),
      /^100 found, 3 given\./,
    );
    assert.match(await call('findUsers', { tenant, query: idAt(250) }), /^0 found, 0 given\./);
    assert.equal(server.requests.length, requests);
  });

  it('get a user, asked for once', async () => {
    const before = server.requests.length;
    for (const of of [undefined, tenant, `Luminary: ${tenant}`]) {
      const given = await call('getUser', { id: idAt(250), ...(of && { tenant: of }) });
      assert.equal((JSON.parse(given) as { id: string }).id, idAt(250));
    }
    assert.equal(
      await call('getUser', { id: 'user_nobody', tenant }),
      `No user has this ID in Luminary: ${tenant}.`,
    );
    assert.deepEqual(
      server.requests.slice(before).map(({ path }) => path),
      [`${paths.users}/${idAt(250)}`, `${paths.users}/user_nobody`],
    );
  });

  it('say in words what is wrong', async () => {
    const wrong = (input: object, message: RegExp, name = 'getUser') =>
      assert.rejects(call(name, input), (error: Error) => {
        assert.match(error.message, message);
        return true;
      });
    await wrong({}, /input of getUser is wrong.*id/);
    await wrong({ id: 'a', tenant: 'gamma' }, /There is no connection of this name/);
    await wrong({ query: 'a', limit: 1000 }, /input of findUsers is wrong.*limit/, 'findUsers');
    const fault = server.fault({ path: `${paths.users}/user_denied`, fault: faults.respond(403) });
    await wrong({ id: 'user_denied', tenant }, /The token is not allowed to read this\./);
    fault.remove();
    const broken = server.fault({ path: `${paths.luma}/accounts`, fault: faults.respond(403) });
    assert.match(
      await call('listAccounts', { connection }),
      /^Luma: studio of the tools: 3 accounts, as of \d{4}-\d\d-\d\dT[\d:.]+Z, since reading them again failed: The token/,
    );
    broken.remove();
  });

  it('end when they are cancelled', async () => {
    const hold = server.fault({ path: `${paths.users}/user_slow`, fault: faults.noAnswer });
    const stop = new vscode.CancellationTokenSource();
    const calling = call('getUser', { id: 'user_slow', tenant }, stop.token);
    await until('the request', () => Promise.resolve(hold.hits === 1));
    stop.cancel();
    await assert.rejects(calling);
    await until('the request to end', () =>
      Promise.resolve(server.requests.at(-1)?.outcome === 'aborted'),
    );
    hold.remove();
  });
});
