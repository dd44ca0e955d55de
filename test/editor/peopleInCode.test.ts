import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { createLanguage } from '../../src/core.ts';
import { foundCard } from '../../src/language/card.ts';
import { hoverProvider, registerLanguage } from '../../src/language/register.ts';
import type { Language } from '../../src/language/register.ts';
import { UserIndexes } from '../../src/model/search/userIndexes.ts';
import { personAt } from '../../src/sample/people.ts';
import type { SampleUser } from '../../src/sample/people.ts';
import { testOutputMark } from '../hosts/totals.ts';
import { until } from '../hosts/until.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { Parts, tenant } from './parts.ts';

const account = '9ecac364-0000-4000-8000-000000000001';
const evil =
  '[x](command:workbench.action.quit) <img src=x onerror=alert(1)> $(trash) **b** \u202eabc';

/** What is told of ids in editors, through the editor's own questions to all who know something. */
describe('IDs in editors', function () {
  this.timeout(120_000);
  let acme: TestServer;
  let beta: TestServer;
  let parts: Parts;
  let language: Language;
  let registered: vscode.Disposable;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'luma-luminary-ids-'));
    const users = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) => personAt(from + n));
    acme = await startServer({ users: users(0, 600) });
    beta = await startServer({
      users: users(500, 400),
      accounts: new Map([['a', { user_id: account, email: 'studio@example.com' }]]),
    });
  });

  beforeEach(async () => {
    for (const server of [acme, beta]) {
      server.heal();
      server.requests.length = 0;
    }
    parts = new Parts();
    const indexes = new UserIndexes();
    const { store, sessions, loader, log, settings } = parts;
    language = createLanguage({ store, sessions, loader, log, indexes }, settings);
    registered = registerLanguage(settings, sessions, () => Promise.resolve(language));
    const named = { ...tenant(beta), id: 'beta', name: 'beta', label: 'PRODUCTION' };
    // Stored as if before this window was opened.
    const luma = {
      kind: 'luma',
      name: 'studio',
      address: beta.lumaAddress,
      token: beta.tokens.luma,
    };
    for (const [id, connection] of [
      ['acme', tenant(acme)],
      ['beta', named],
      ['studio', luma],
    ] as const) {
      await parts.context.secrets.store(`connection:${id}`, JSON.stringify(connection));
    }
    await until('the secrets to be read', () => Promise.resolve(parts.store.all?.length === 3));
  });

  afterEach(async () => {
    await set('hover', undefined);
    await set('inlayHints', undefined);
    registered.dispose();
    parts.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  after(async () => {
    await acme.close();
    await beta.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Files: an untitled document takes the name of one before it, which may still be known by it. */
  async function open(content: string, ending = 'txt'): Promise<vscode.TextDocument> {
    const file = path.join(folder, `${randomUUID()}.${ending}`);
    await writeFile(file, content);
    return vscode.workspace.openTextDocument(file);
  }

  async function set(name: string, value: unknown): Promise<void> {
    const configuration = vscode.workspace.getConfiguration('lumaLuminary');
    await configuration.update(name, value, vscode.ConfigurationTarget.Global);
  }

  /** What hovers at a place, as text. */
  async function hover(document: vscode.TextDocument, line = 0, character = 3): Promise<string> {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(line, character),
    );
    return textOf(hovers);
  }

  it('take at most a request to each tenant, however often the mouse rests on a thousand', async () => {
    const session = await parts.sessions.open('acme');
    assert.ok(session?.kind === 'luminary');
    await session.pages.open(0);
    acme.requests.length = 0;
    const ids = Array.from({ length: 1000 }, (_, n) => personAt(n).id);
    const document = await open(ids.map((id) => `  "${id}",`).join('\n'), 'json');
    const began = performance.now();
    let found = 0;
    const provider = hoverProvider(parts.settings, () => Promise.resolve(language));
    const { token } = new vscode.CancellationTokenSource();
    // Once as the editor asks, which takes its time, and then what it asks.
    const rested = async (line: number, round: number) => {
      if (round === 0) return hover(document, line, 12);
      const told = await provider.provideHover(document, new vscode.Position(line, 12), token);
      return told === undefined ? '' : textOf([told]);
    };
    for (let round = 0; round < 10; round++) {
      for (let line = 0; line < ids.length; line += 50) {
        const lines = Array.from({ length: 50 }, (_, n) => line + n);
        const texts = await Promise.all(lines.map((at) => rested(at, round)));
        found += texts.filter((text) => text.includes('Luminary')).length;
      }
    }
    const took = (performance.now() - began) / 1000;
    const counts = [acme, beta].map(({ requests }) => requests.length);
    console.log(
      `${testOutputMark}10,000 hovers over 1,000 IDs: ${String(counts)} requests, ${took.toFixed(1)} s`,
    );
    assert.equal(found, 9000);
    for (const { requests } of [acme, beta]) {
      const paths = requests.map(({ path }) => path);
      assert.ok(paths.length <= 1000);
      assert.equal(new Set(paths).size, paths.length);
      for (const id of ids.slice(0, 100)) assert.ok(!paths.some((path) => path.endsWith(id)));
    }
  });

  it('are told with the tenant and its label, in a notebook too', async () => {
    const document = await open(`# ${personAt(700).id}`, 'py');
    const text = await hover(document, 0, 10);
    assert.match(text, /Luminary&#58;&nbsp;beta&nbsp;·&nbsp;PRODUCTION/);
    const cell = new vscode.NotebookCellData(
      vscode.NotebookCellKind.Code,
      `  ${personAt(700).id}`,
      'python',
    );
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([cell]),
    );
    assert.match(await hover(notebook.cellAt(0).document), /PRODUCTION/);
    assert.deepEqual([acme.requests.length, beta.requests.length], [1, 1]);
  });

  it('read no secret and load nothing before the mouse rests on one', async () => {
    const fresh = new Parts();
    let loads = 0;
    const { store, sessions, loader, log, settings } = fresh;
    const indexes = new UserIndexes();
    registered.dispose();
    registered = registerLanguage(settings, sessions, () => {
      loads++;
      return Promise.resolve(createLanguage({ store, sessions, loader, log, indexes }, settings));
    });
    try {
      const document = await open(`user_id = user_; ${personAt(1).id}`);
      assert.equal(await hover(document), '');
      assert.deepEqual([fresh.context.reads, loads], [0, 0]);
      await hover(document, 0, 20);
      assert.ok(fresh.context.reads > 0 && loads === 1);
    } finally {
      fresh.dispose();
    }
  });

  it('are not asked for where the setting says so', async () => {
    const document = await open(`${personAt(3).id}\n${personAt(103).id}`);
    await set('hover', 'loadedOnly');
    assert.equal(await hover(document), '');
    const session = await parts.sessions.open('acme');
    assert.ok(session?.kind === 'luminary');
    await session.pages.open(0);
    const before = acme.requests.length;
    assert.match(await hover(document), /Luminary&#58;&nbsp;acme/);
    assert.equal(await hover(document, 1), '');
    await set('hover', 'off');
    assert.equal(await hover(document), '');
    assert.deepEqual([acme.requests.length - before, beta.requests.length], [0, 0]);
  });

  it('are asked for once, though the mouse moves on before there is an answer', async () => {
    const held = Promise.withResolvers<undefined>();
    for (const server of [acme, beta]) server.fault(() => held.promise);
    const range = new vscode.Range(0, 0, 0, 31);
    const id = { kind: 'user', text: personAt(3).id } as const;
    for (let again = 0; again < 10; again++) {
      const stop = new vscode.CancellationTokenSource();
      const hovering = language.hovers.provide(id, range, stop.token);
      await Promise.all([acme.arrived(1), beta.arrived(1)]);
      stop.cancel();
      assert.equal(await hovering, undefined);
    }
    held.resolve(undefined);
    const { token } = new vscode.CancellationTokenSource();
    assert.notEqual(await language.hovers.provide(id, range, token), undefined);
    assert.deepEqual([acme.requests.length, beta.requests.length], [1, 1]);
  });

  it('of Luma’s kind are told from the accounts, and other ids of that kind say nothing', async () => {
    const document = await open(`${account}\n00000000-0000-4000-8000-000000000000`);
    assert.match(await hover(document), /studio&#64;example/);
    assert.equal(await hover(document, 1), '');
    assert.equal(await hover(document, 1), '');
    assert.equal(beta.requests.length, 1);
  });

  it('have names written after them, asked for once each', async () => {
    const ids = [4, 103, 703, 5000].map((n) => personAt(n).id);
    const document = await open(`${ids.join('\n')}\n${account}`);
    const hints = async () => {
      const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        document.uri,
        new vscode.Range(0, 0, 4, 100),
      );
      return found.map(({ label, position }) => [label, position.line, position.character]);
    };
    assert.deepEqual(await hints(), []);
    assert.deepEqual([acme.requests.length, beta.requests.length], [0, 0]);
    await set('inlayHints', true);
    const shown = await until('all names', async () => {
      const now = await hints();
      return now.length === 4 && now;
    });
    const named = (n: number) => `${personAt(n).first_name} ${personAt(n).last_name}`;
    assert.deepEqual(shown, [
      [named(4), 0, 31],
      [named(103), 1, 31],
      [named(703), 2, 31],
      ['studio@example.com', 4, 36],
    ]);
    await hints();
    assert.ok(acme.requests.length <= 4);
    assert.equal(beta.requests.filter(({ path }) => path.includes('user_')).length <= 4, true);
  });

  it('have names written after them once they are typed, and are not asked for before', async () => {
    const { id } = personAt(104);
    const document = await open('');
    const names: unknown[] = [];
    const write = () => {
      const range = new vscode.Range(0, 0, 0, 100);
      const hints = language.hints.provide(document, range, write);
      names.push(...hints.map(({ label }) => label));
    };
    for (let length = 12; length <= id.length; length++) {
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(0, 0, 0, 100), id.slice(0, length));
      await vscode.workspace.applyEdit(edit);
      write();
    }
    await until('the name', () => Promise.resolve(names.length > 0));
    const { first_name, last_name } = personAt(104);
    assert.deepEqual(names, [`${first_name} ${last_name}`]);
    for (const { requests } of [acme, beta]) {
      const typed = requests.map(({ path }) => path.split('/').at(-1)).filter((one) => one !== id);
      assert.deepEqual(typed, []);
    }
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('are proposed from 100,000 users without holding anything up', async () => {
    const many = await startServer({ users: 100_000 });
    try {
      await parts.store.save({ ...tenant(many), id: 'many', name: 'many' });
      const session = await parts.sessions.open('many');
      assert.ok(session?.kind === 'luminary');
      await session.pages.loadAll();
      const times: number[] = [];
      const { first_name, last_name } = many.users.at(99_990) as SampleUser;
      const whole = `user_${last_name}_${first_name}`.replaceAll(/[^\p{L}_]/gu, '_');
      for (const word of ['user_', 'user_a', 'user_an', whole, 'user_01', 'user_uuuu']) {
        const document = await open(`x = "${word}"`);
        const at = new vscode.Position(0, 5 + word.length);
        const began = performance.now();
        const list = await vscode.commands.executeCommand<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          document.uri,
          at,
          '_',
        );
        times.push(performance.now() - began);
        const users = list.items.filter(({ kind }) => kind === vscode.CompletionItemKind.User);
        assert.ok(users.length <= 50);
        assert.equal(users.length > 0, word !== 'user_uuuu', word);
        assert.ok(word === 'user_uuuu' || list.isIncomplete);
      }
      const shown = times.map((time) => `${time.toFixed(0)} ms`).join(', ');
      console.log(
        `${testOutputMark}Completions over 100,000 users, the first with its index: ${shown}`,
      );
    } finally {
      await many.close();
    }
  });

  it('propose nothing where no ID begins', async () => {
    const document = await open('my_user my_ us');
    for (const character of [3, 11, 14]) {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        new vscode.Position(0, character),
      );
      assert.ok(list.items.every(({ kind }) => kind !== vscode.CompletionItemKind.User));
    }
  });

  it('are handed on by links as they are, whatever they look like', () => {
    const connection = { ...tenant(acme), id: 'acme' };
    for (const id of ['user_%41%2C', '%zz', '(")]', '\ud83d', 'a&b=c#d?e', '\n$(trash)']) {
      const card = foundCard(id, { kind: 'user', connection, record: { id } }, Date.now());
      const links = [...card.value.matchAll(/\]\((command:[^)]*)\)/g)];
      assert.equal(links.length, 3);
      for (const [, link = ''] of links) {
        // As the editor reads them.
        const { query } = vscode.Uri.parse(link);
        assert.deepEqual(JSON.parse(decodeURIComponent(query)), [{ connection: 'acme', id }]);
      }
    }
  });

  it('stay text, and short, whatever names hold', async () => {
    const long = evil + 'x'.repeat(10_000);
    const user = { id: 'user_01EVILEVIL', first_name: evil, last_name: long, email: long };
    acme.users.insert(0, user);
    try {
      const document = await open(user.id);
      const range = new vscode.Range(0, 0, 0, 15);
      const { token } = new vscode.CancellationTokenSource();
      const told = await language.hovers.provide({ kind: 'user', text: user.id }, range, token);
      const [card] = (told?.contents ?? []) as vscode.MarkdownString[];
      assert.ok(card);
      inert(card);
      const session = await parts.sessions.open('acme');
      assert.ok(session?.kind === 'luminary');
      await session.pages.open(0);
      const beginning = { typed: 'user_', query: '01evilevil', from: 0, to: 5 };
      const { items } = await language.completions.provide(beginning, range, token);
      const [item] = items;
      assert.ok(item !== undefined && typeof item.label === 'object');
      const texts = [item.label.label, item.label.description ?? '', item.detail ?? ''];
      for (const text of texts) assert.ok(text.length <= 120 && !text.includes('$('), text);
      inert(language.completions.resolve(item).documentation as vscode.MarkdownString);
      const [hint] = language.hints.provide(document, range, () => undefined);
      assert.ok(hint !== undefined && typeof hint.label === 'string');
      assert.ok(hint.label.length <= 40 && !hint.label.includes('\u202e'));
      inert(language.hints.resolve(hint).tooltip as vscode.MarkdownString);
    } finally {
      acme.users.remove(0);
    }
  });
});

/** What hovers, as Markdown. */
function textOf(hovers: readonly vscode.Hover[]): string {
  const contents = hovers.flatMap((one) => one.contents);
  return contents.map((content) => (content as vscode.MarkdownString).value).join('\n');
}

/** Only the three links of a card run anything, and what they are given is two ids. */
function inert(card: vscode.MarkdownString): void {
  assert.deepEqual(card.isTrusted, {
    enabledCommands: ['copyId', 'copyJson', 'lookUpSelection'].map((id) => `lumaLuminary.${id}`),
  });
  assert.ok(card.supportHtml !== true);
  const links = [...card.value.matchAll(/\]\(command:([\w.]+)\?([^)]*)\)/g)];
  assert.equal(links.length, 3);
  for (const [, , argument = ''] of links) {
    assert.deepEqual(JSON.parse(decodeURIComponent(argument)), [
      { connection: 'acme', id: 'user_01EVILEVIL' },
    ]);
  }
  assert.ok(card.value.length < 2000, String(card.value.length));
  assert.ok(!/[\u202a-\u202e]|<img|(?<!\\)\[x|\$\(trash/.test(card.value), card.value);
}
