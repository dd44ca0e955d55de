import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isServiceError } from '../../src/http/errors.ts';
import type { Json } from '../../src/http/json.ts';
import { curl, shellQuoted } from '../../src/model/formats/curl.ts';
import { Shell } from '../hosts/shell.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { UserList } from '../server/userList.ts';
import { textAccount, textUser } from './anyRecord.ts';

/** Identifiers that a shell, curl or an address could take for something else. */
const oddIds = [
  'user_00000000000000000000000001',
  "it's",
  '$(touch x)`touch y`$HOME',
  '"; touch z; "',
  'a b\tc\nd',
  '{a,b}[1-3]',
  '-H',
  '..%2f',
  'a/../b?c#d&e=f',
  '\\\\',
  '!!',
  'ünï 🏳️‍🌈',
];

describe('Records as cURL commands', function () {
  this.timeout(60_000);
  let server: TestServer;
  let shell: Shell;

  before(async () => {
    const accounts = new Map(oddIds.map((key) => [key, { account: key, email: key }]));
    server = await startServer({ accounts });
    server.users = new UserList(oddIds.map((id) => ({ id, email: 'jane.doe@example.com' })));
    shell = await Shell.open();
  });

  after(async () => {
    await shell.close();
    await server.close();
  });

  const answerTo = async (command: string, token: string) =>
    JSON.parse(await shell.run(command, { TOKEN: token })) as Json;

  const format = curl('\n', (connection) =>
    connection === 'acme' ? server.luminaryAddress : server.lumaAddress,
  );

  it('give each record, whatever its id or key is', async () => {
    for (const id of oddIds) {
      const user = await answerTo(format.text(textUser({ id }, id)), server.tokens.luminary);
      assert.deepEqual(user, { id, email: 'jane.doe@example.com' });
      const account = await answerTo(format.text(textAccount({}, id)), server.tokens.luma);
      assert.equal((account as { account: string }).account, id);
    }
  });

  it('hold no token, but a name for it', () => {
    const address = server.luminaryAddress;
    assert.equal(
      format.text(textUser({}, 'user_01')),
      `curl --header "Authorization: Bearer $TOKEN" '${address}/users/user_01'`,
    );
    for (const id of oddIds) {
      for (const token of [server.tokens.luminary, server.tokens.luma]) {
        assert.ok(!format.text(textUser({}, id)).includes(token));
      }
    }
  });

  it('ask an address with brackets, which mean something else to curl', () => {
    const there = curl('\n', () => 'http://[::1]:3000/v1').text(textUser({}, 'a'));
    assert.equal(
      there,
      `curl --globoff --header "Authorization: Bearer $TOKEN" 'http://[::1]:3000/v1/users/a'`,
    );
  });

  it('are not made for what no address leads to', () => {
    for (const id of ['', '.', '..', '\ud83d']) {
      assert.throws(
        () => format.text(textUser({}, id)),
        (error) => isServiceError(error) && error.reason === 'invalidAddress',
      );
    }
  });

  it('quote anything for a shell', async () => {
    const texts = fc
      .sample(fc.string({ unit: 'binary' }), 300)
      .map((text) => text.replaceAll('\0', '').toWellFormed());
    texts.push(...oddIds, "''", "\\'", '\n');
    const command = `"$NODE" -p 'JSON.stringify(process.argv.slice(1))' -- ${texts.map(shellQuoted).join(' ')}`;
    assert.deepEqual(JSON.parse(await shell.run(command, { NODE: process.execPath })), texts);
  });
});
