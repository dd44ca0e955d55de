import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { foundCard } from '../../src/language/card.ts';
import { hoverProvider } from '../../src/language/register.ts';
import { personAt } from '../../src/sample/people.ts';
import { testOutputMark } from '../hosts/totals.ts';
import {
  account,
  acme,
  answerFrom,
  beta,
  language,
  loadFirstPage,
  open,
  parts,
  set,
  useTenants,
} from './idsStage.ts';
import { Parts, tenant } from './parts.ts';

const evil =
  '[x](command:workbench.action.quit) <img src=x onerror=alert(1)> $(trash) **b** \u202eabc';

describe('IDs in editors, under the mouse', function () {
  this.timeout(120_000);
  useTenants();

  it('take at most a request to each tenant, however often the mouse rests on a thousand', async () => {
    await loadFirstPage();
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
    answerFrom(fresh, () => loads++);
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
    await loadFirstPage();
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
      await loadFirstPage();
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

/** What hovers at a place, as text. */
async function hover(document: vscode.TextDocument, line = 0, character = 3): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    new vscode.Position(line, character),
  );
  return textOf(hovers);
}

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
