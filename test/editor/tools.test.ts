import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../hosts/until.ts';
import * as faults from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { paths } from '../server/services.ts';

/** They run here without their confirmation, which a UI test looks at. */
describe('The language-model tools', () => {
  let server: TestServer;

  before(async () => {
    server = await startServer({ users: 300 });
    const [luma, luminary] = [server.lumaAddress, server.luminaryAddress];
    await vscode.commands.executeCommand('lumaLuminary.connectLuma', {
      name: 'studio',
      address: luma,
      token: server.tokens.luma,
    });
    await vscode.commands.executeCommand('lumaLuminary.connectLuminary', {
      name: 'acme',
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
    const given = await call('listAccounts', {});
    const [head, ...lines] = given.split('\n');
    assert.equal(head, 'Luma: studio: 3 accounts');
    assert.equal(lines.length, 3);
    assert.match(given, /"status":"idle · 0\/\d/);
    assert.ok(!given.includes('@') && !given.includes(server.tokens.luma));
    assert.match(await call('listAccounts', { emails: true }), /"email":"studio@example.com"/);
    assert.equal(await call('listAccounts', { connection: 'STUDIO' }), given);
  });

  it('find users among those that are loaded, and tell how many these are', async () => {
    const requests = server.requests.length;
    const given = await until('the first page', async () => {
      const text = await call('findUsers', { query: idAt(42) });
      return text.startsWith('1 found') && text;
    });
    const [, tenant, line] = given.split('\n');
    assert.match(tenant ?? '', /^Luminary: acme: only the 100 of 300 users that are loaded/);
    assert.equal((JSON.parse(line ?? '') as { id: string }).id, idAt(42));
    assert.match(await call('findUsers', { query: 'user_', limit: 3 }), /^100 found, 3 given\./);
    assert.match(await call('findUsers', { query: idAt(250) }), /^0 found, 0 given\./);
    assert.equal(server.requests.length, requests);
  });

  it('get a user, asked for once', async () => {
    const before = server.requests.length;
    for (const tenant of [undefined, 'acme', 'Luminary: acme']) {
      const given = await call('getUser', { id: idAt(250), ...(tenant && { tenant }) });
      assert.equal((JSON.parse(given) as { id: string }).id, idAt(250));
    }
    assert.equal(
      await call('getUser', { id: 'user_nobody' }),
      'No user has this ID in Luminary: acme.',
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
    await wrong({ id: 'user_denied' }, /The token is not allowed to read this\./);
    fault.remove();
    const broken = server.fault({ path: `${paths.luma}/accounts`, fault: faults.respond(403) });
    assert.match(
      await call('listAccounts', {}),
      /^Luma: studio: 3 accounts, as of .* since reading them again failed: The token/,
    );
    broken.remove();
  });

  it('end when they are cancelled', async () => {
    const hold = server.fault({ path: `${paths.users}/user_slow`, fault: faults.noAnswer });
    const stop = new vscode.CancellationTokenSource();
    const calling = call('getUser', { id: 'user_slow' }, stop.token);
    await until('the request', () => Promise.resolve(hold.hits === 1));
    stop.cancel();
    await assert.rejects(calling);
    await until('the request to end', () =>
      Promise.resolve(server.requests.at(-1)?.outcome === 'aborted'),
    );
    hold.remove();
  });
});
