import assert from 'node:assert/strict';
import type { ErrorReason } from '../../src/http/errors.ts';
import type { Row } from '../hosts/rows.ts';
import { until } from '../hosts/until.ts';
import { selfSigned, signed } from '../server/certificates.ts';
import * as faults from '../server/faults.ts';
import { startProxy } from '../server/proxy.ts';
import type { TestProxy } from '../server/proxy.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { paths } from '../server/services.ts';
import { beginLuminary, beginRealTenant, connectLuma, connectLuminary } from './connecting.ts';
import { useWorkbench } from './fixture.ts';
import { answers } from './reasons.ts';
import type { Told } from './reasons.ts';
import { changeSettings } from './userSettings.ts';

/** Reasons on the way to a proxy, by what is set as proxy. */
const proxies: readonly (Told & {
  readonly reason: ErrorReason;
  readonly setting: (proxy: TestProxy, secure: TestProxy) => string;
  readonly refusal?: number;
})[] = [
  {
    reason: 'proxyUnreachable',
    setting: () => 'http://nobody.invalid:3128',
    sentence: /^The proxy can’t be reached; .* http\.proxy\.$/,
    facts: /^(ENOTFOUND|EAI_AGAIN)$/,
    action: 'Retry',
  },
  {
    reason: 'proxyCertificate',
    setting: (_, secure) => secure.address(),
    sentence: 'The certificate of the proxy is not trusted.',
    facts: /SELF_SIGNED/,
    action: 'Show Network Diagnostics',
  },
  {
    reason: 'proxyUnauthorized',
    setting: (proxy) => proxy.address('user:wrong'),
    sentence: /^The proxy asks for a password, .*\.$/,
    facts: /^407$/,
    action: 'Retry',
  },
  {
    reason: 'proxyRefused',
    setting: (proxy) => proxy.address('user:password'),
    refusal: 403,
    sentence: /^The proxy refused the connection; .*\.$/,
    facts: /^403$/,
    action: 'Retry',
  },
  {
    reason: 'proxyAddress',
    setting: () => 'socks5://localhost:1080',
    sentence: 'What is set as proxy is no address of an HTTP proxy.',
    facts: /^http\.proxy$/,
    action: 'Show Network Diagnostics',
  },
];

describe('Each reason of a failure', function () {
  this.timeout(90_000);
  const settings: Record<string, unknown> = {
    'lumaLuminary.timeLimit': 6,
    // The settings' file in an editor like any other: VS Code 1.139 puts it over the window.
    'workbench.editor.useModal': 'off',
  };
  let server: TestServer;
  let tls: TestServer;
  let proxy: TestProxy;
  let secure: TestProxy;

  // Before the window opens: its settings name the proxy.
  before(async () => {
    const account = { email: 'jane.doe@example.com', concurrency: 2, executing: 0 };
    const accounts = new Map([
      ['jane.doe@example.com', account],
      ['..', { ...account, email: 'dots@example.com' }],
    ]);
    server = await startServer({ users: 30, accounts });
    tls = await startServer({ tls: signed });
    proxy = await startProxy({ credentials: 'user:password' });
    secure = await startProxy({ tls: selfSigned });
    proxy.hosts.set('acme.withluminary.com:443', Number(new URL(tls.address).port));
    settings['http.proxy'] = proxy.address('user:password');
  });
  const person = useWorkbench({ settings });

  afterEach(() => {
    server.heal();
  });

  after(async () => {
    for (const part of [proxy, secure, tls, server]) await part.close();
  });

  it('starts from two connections', async () => {
    await person().explorer.open();
    await connectLuma(person(), server, 'studio');
    await connectLuminary(person(), server, 'acme');
    await person().explorer.row('Users 1–30');
    await person().explorer.collapse('Users 1–30');
  });

  for (const { reason, fault, ...told } of answers) {
    it(`is told: ${reason}`, async () => {
      server.fault({ path: ({ path }) => path !== paths.token, fault });
      await person().run('Refresh All');
      await seen(told, 2);
      await person().workbench.picture(`reason ${reason}`);
      server.heal();
      await person().run('Refresh All');
      await person().explorer.gone(told.sentence);
    });
  }

  it('is told: invalidAddress, of an account that can’t be asked for', async () => {
    await person().explorer.expand('dots@example.com');
    await seen({
      sentence: 'This can’t be asked for: its address is not valid.',
      action: 'Show Log',
    });
    await person().explorer.collapse('dots@example.com');
  });

  it('is told: invalidCredential, of a token endpoint that gives no token', async () => {
    const { quickInput, explorer } = person();
    await beginLuminary(person(), server, 'Client ID and secret');
    await quickInput.question('Client ID');
    await quickInput.answer(server.tokens.clientId);
    await quickInput.question('Client secret');
    await quickInput.answer(server.tokens.clientSecret);
    await quickInput.question('Name of this connection');
    await quickInput.answer('client');
    await explorer.row((row) => row.label === 'Luminary: client' && row.focused);
    server.tokens.revoke();
    server.fault({ path: paths.token, fault: faults.json({ access_token: 'line\nbreak' }) });
    await explorer.chooseFromMenu('Luminary: client', 'Refresh');
    await seen({
      sentence: 'The token has characters that no token has.',
      action: 'Replace Token…',
    });
    server.heal();
    await explorer.chooseFromMenu('Luminary: client', 'Refresh');
    await explorer.gone('The token has characters that no token has.');
    await explorer.collapse('Luminary: client');
  });

  it('is told: certificate, of a service behind a proxy', async () => {
    const { quickInput, explorer } = person();
    await beginRealTenant(person(), tls.tokens.luminary);
    await quickInput.question('The certificate is not trusted.');
    await quickInput.pick('Save Anyway');
    await quickInput.question('Name of this connection');
    await quickInput.answer('far');
    await explorer.row((row) => row.label === 'Luminary: far' && row.focused);
    await seen({
      sentence: 'The certificate is not trusted.',
      facts: /^[A-Z_]+$/,
      action: 'Show Network Diagnostics',
    });
    assert.equal(tls.requests.length, 0);
  });

  for (const { reason, setting, refusal, ...told } of proxies) {
    it(`is told: ${reason}`, async () => {
      proxy.refusal = refusal;
      await changeSettings(person(), { 'http.proxy': setting(proxy, secure) });
      await until(
        reason,
        async () => {
          await person().explorer.chooseFromMenu('Luminary: far', 'Refresh');
          await person().explorer.gone('Loading…');
          return (await rowsOf(told.sentence)).length > 0;
        },
        () => person().explorer.text(),
        60_000,
      );
      await seen(told);
      await person().workbench.picture(`reason ${reason}`);
    });
  }

  it('is told: unreachable', async () => {
    await server.close();
    await person().run('Refresh All');
    const told = { sentence: 'The service can’t be reached.', facts: /^ECONNREFUSED$/ };
    await seen({ ...told, action: 'Retry' }, 2);
    await server.listen(0);
  });

  /** Waits for the rows of a failure, each with the action among the rows right below it. */
  async function seen({ sentence, facts = /^/, action }: Told, atLeast = 1): Promise<void> {
    // Rows and actions from one look: what is read again redraws both.
    const found = await until(
      `the row “${String(sentence)}” with ${action}`,
      async () => {
        const all = await person().explorer.allRows();
        const rows = all.filter((row) => says(row, sentence));
        const offered = rows.every(({ index, level }) =>
          all
            .filter((other) => other.index > index && other.level === level)
            .slice(0, 3)
            .some(({ label }) => label === action),
        );
        return rows.length >= atLeast && offered && rows;
      },
      () => person().explorer.text(),
    );
    for (const row of found) {
      assert.match(row.description, facts);
      assert.ok(row.ariaLabel.includes(row.label) && row.ariaLabel.includes(row.description));
    }
  }

  function says({ label }: Row, sentence: string | RegExp): boolean {
    return typeof sentence === 'string' ? label === sentence : sentence.test(label);
  }

  async function rowsOf(sentence: string | RegExp): Promise<Row[]> {
    return (await person().explorer.allRows()).filter((row) => says(row, sentence));
  }
});
