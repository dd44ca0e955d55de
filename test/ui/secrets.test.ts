import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Fault } from '../server/exchange.ts';
import { htmlWith200, respond } from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { paths } from '../server/services.ts';
import { until } from '../hosts/until.ts';
import { beginLuminary, connectLuma, connectLuminary } from './connecting.ts';
import { useWorkbench } from './fixture.ts';

const lumaToken = 'user:31337-MARKEDlumaSECRET';
const luminaryToken = 'MARKEDluminarySECRET';
const clientSecret = 'MARKEDclientSECRET';
const session = 'MARKEDsessionSECRET';
const mark = /MARKED\w+SECRET/;

/** An error that repeats the header with the token. */
function echo(status: number, body: (header: string) => unknown): Fault {
  return (exchange) =>
    respond(status, body(String(exchange.request.headers.authorization)))(exchange);
}

/** Everything that a person or another program could find of what the extension wrote. */
describe('Secrets', function () {
  this.timeout(60_000);
  const person = useWorkbench();
  let server: TestServer;
  const found: string[] = [];

  before(async () => {
    const email = 'jane.doe@example.com';
    const account = { account: email, email, user_id: 'u-1', concurrency: 2, executing: 0 };
    server = await startServer({
      users: 20,
      accounts: new Map([[email, { ...account, session, luma_session: { token: session } }]]),
    });
    server.tokens.luma = lumaToken;
    server.tokens.luminary = luminaryToken;
  });

  after(async () => {
    await server.close();
  });

  it('are never in the tree, a tooltip, a message, the clipboard or a document', async () => {
    const { explorer, messages, page, quickInput } = person();
    await explorer.open();
    await connectLuma(person(), server, 'studio');
    await connectLuminary(person(), server, 'acme');
    await connectClient();
    await explorer.expand('jane.doe@example.com');
    await explorer.row('Credits');
    for (const row of ['Luma: studio', 'jane.doe@example.com', 'Users 1–20']) {
      found.push(await person().copied(() => explorer.chooseFromMenu(row, 'Copy JSON')));
    }
    await explorer.chooseFromMenu('Luma: studio', 'Open JSON');
    found.push(await person().editorText());
    await explorer.hover('Luma: studio');
    await page.locator('.monaco-hover:visible').filter({ hasText: server.lumaAddress }).waitFor();
    await look();

    for (const fault of [
      echo(401, (header) => ({ error: `Bad header ${header}` })),
      echo(500, (header) => ({ code: 'oops', message: `it was ${header}` })),
      htmlWith200,
    ]) {
      server.fault({ fault });
      await person().run('Refresh All');
      const rows = async () => (await explorer.allRows()).map(({ description }) => description);
      await until('the failures', async () =>
        (await rows()).some((text) => text.startsWith('as of')),
      );
      await look();
      server.heal();
    }

    await explorer.chooseFromMenu('Luma: studio', 'Replace Token…');
    await quickInput.question('Luma API token');
    await quickInput.answer(`${lumaToken}WRONG`);
    await quickInput.question('The service refused the token');
    await look();
    await quickInput.cancel();

    const issued = server.tokens.issued;
    assert.ok(issued.length > 0);
    const leaks = found.filter((text) => mark.test(text) || issued.some((t) => text.includes(t)));
    assert.ok(found.length >= 9 && found.every((text) => text !== ''));
    assert.ok(
      found.some((text) => text.includes('Bad header Bearer …')),
      'what a service says is there',
    );
    assert.deepEqual(leaks, []);

    /** A tenant that signs in by itself, first with an endpoint that repeats the secret. */
    async function connectClient(): Promise<void> {
      server.tokens.clientSecret = clientSecret;
      const echoed = server.fault({
        path: paths.token,
        fault: (exchange) =>
          respond(401, { error: 'invalid_client', error_description: exchange.request.body })(
            exchange,
          ),
      });
      await beginLuminary(person(), server, 'Client ID and secret');
      await quickInput.question('Client ID');
      await quickInput.answer(server.tokens.clientId);
      await quickInput.question('Client secret');
      await quickInput.answer(clientSecret);
      await quickInput.question('The client ID or secret was refused. (401');
      await look();
      echoed.remove();
      await quickInput.accept();
      await quickInput.question('Name of this connection');
      await quickInput.answer('client');
      await explorer.row((row) => row.label === 'Luminary: client' && row.focused);
    }

    async function look(): Promise<void> {
      const rows = await explorer.allRows();
      found.push(rows.map((row) => `${row.label} ${row.description} ${row.ariaLabel}`).join('\n'));
      found.push(...(await messages.notifications()));
      // The whole window: rows with their spoken labels, hovers, editors, the panel.
      found.push(await page.evaluate(() => document.documentElement.outerHTML));
    }
  });

  it('are in no file of the editor, its logs included', async () => {
    const { server: editor } = person();
    await person().run('Luma & Luminary: Show Log');
    const files = await until('the log file', async () => {
      const all = await texts(path.dirname(editor.workspace));
      return [...all.values()].some((text) => text.includes('GET /accounts 401')) && all;
    });
    const { issued } = server.tokens;
    const leaks = [...files]
      .filter(([, text]) => mark.test(text) || issued.some((token) => text.includes(token)))
      .map(([file]) => file);
    assert.deepEqual(leaks, []);
    const withEmail = [...files].filter(
      ([file, text]) => file.includes('logs') && text.includes('jane.doe'),
    );
    assert.deepEqual(
      withEmail.map(([file]) => file),
      [],
    );
  });

  async function texts(folder: string): Promise<Map<string, string>> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return new Map(
      await Promise.all(
        files.map(async (entry) => {
          const file = path.join(entry.parentPath, entry.name);
          return [file, await readFile(file, 'utf8')] as const;
        }),
      ),
    );
  }
});
