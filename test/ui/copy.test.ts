import assert from 'node:assert/strict';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { connectLuma, connectLuminary } from './connecting.ts';
import { until } from '../hosts/until.ts';
import { useWorkbench } from './fixture.ts';

const oddRecord = JSON.parse(
  '{"id":"user_00000000000000000000000ODD","email":"jane.doe@example.com","first_name":"Jane","last_name":"Doe","created_at":"2024-01-15T09:30:00Z","__proto__":{"kept":true},"balance":1e21,"tags":["a",null,{"b":[]}],"":"empty key"}',
) as Record<string, unknown>;

const account = JSON.parse(
  '{"account":"jane.doe@example.com","email":"jane.doe@example.com","user_id":"9ecac364-0000-4000-8000-000000000001","concurrency":4,"executing":1,"luma_session_expires":"2099-05-27 02:20:34 UTC","updated":"2026-03-28","refresh_count":3,"constructor":"kept","session":"eyJ…x9","luma_session":"abc…xyz"}',
) as Record<string, unknown>;

describe('Copying', function () {
  this.timeout(60_000);
  const person = useWorkbench();
  let server: TestServer;

  before(async () => {
    server = await startServer({
      users: [oddRecord, ...Array.from({ length: 120 }, (_, index) => user(index))],
      accounts: new Map([['jane.doe@example.com', account]]),
    });
  });

  after(async () => {
    await server.close();
  });

  it('starts from two connections', async () => {
    const { explorer } = person();
    await explorer.open();
    await connectLuma(person(), server, 'studio');
    await connectLuminary(person(), server, 'acme');
    await explorer.row('Jane Doe');
  });

  it('Copy JSON gives a user as the service sent it, value for value', async () => {
    const text = await fromMenu('Jane Doe', 'Copy JSON');
    assert.deepEqual(Object.entries(JSON.parse(text) as object), Object.entries(oddRecord));
    assert.match(text, /^\{\n {4}"id"/, 'indented as the editor is set');
  });

  it('Copy JSON gives an account as the service sent it, but for its session', async () => {
    const hidden = ['session', 'luma_session'];
    const shown = Object.fromEntries(
      Object.entries(account).filter(([name]) => !hidden.includes(name)),
    );
    const text = await fromMenu('jane.doe@example.com', 'Copy JSON');
    assert.deepEqual(JSON.parse(text), shown);

    await person().explorer.expand('jane.doe@example.com');
    await person().explorer.row('Credits');
    await person().workbench.picture('account opened');
    const live = JSON.parse(await fromMenu('jane.doe@example.com', 'Copy JSON')) as object;
    assert.ok('credits' in live && 'sessionValid' in live);
    assert.ok(!('session' in live) && !('luma_session' in live));
    const rows = (await person().explorer.allRows()).map(({ label }) => label);
    assert.ok(!rows.includes('session') && !rows.includes('luma_session'));
    await person().explorer.collapse('jane.doe@example.com');
  });

  it('Copy ID and Copy Email, with the keyboard, the menu and the button of a row', async () => {
    const { explorer, press, copied } = keys();
    await explorer.click('Jane Doe');
    assert.equal(await copied(() => press('ControlOrMeta+c')), oddRecord['id']);
    await person().page.getByText('Copied ID').waitFor();
    await explorer.moveTo('User 2');
    assert.equal(
      await copied(() => press('ControlOrMeta+c')),
      idAt(2),
      'the row under the keyboard',
    );
    assert.equal(await fromMenu('User 5', 'Copy Email'), 'user5@example.com');
    assert.equal(await copied(() => explorer.pressInline('User 6', 'Copy ID')), idAt(6));
    assert.equal(await fromMenu('jane.doe@example.com', 'Copy ID'), account['user_id']);
  });

  it('several rows give one ID a line, and one JSON array', async () => {
    const { explorer, press, copied } = keys();
    await explorer.click('User 2');
    await explorer.click('User 4', { modifiers: ['Shift'] });
    const ids = [idAt(2), idAt(3), idAt(4)];
    assert.equal(await copied(() => press('ControlOrMeta+c')), ids.join('\n'));
    await person().page.getByText('Copied 3 IDs').waitFor();
    await person().workbench.picture('copied');
    const json = JSON.parse(await fromMenu('User 3', 'Copy JSON')) as { id: string }[];
    assert.deepEqual(
      json.map(({ id }) => id),
      ids,
    );
    await press('Escape');
  });

  it('a page and a connection give their whole answer', async () => {
    const page = JSON.parse(await fromMenu('Users 1–100', 'Copy JSON')) as Answer;
    assert.equal(page.data.length, 100);
    assert.equal(page.total_count, 121);
    assert.deepEqual(page.page_info, { has_next_page: true, has_previous_page: false });
    const ids = await fromMenu('Users 1–100', 'Copy ID');
    assert.equal(ids.split('\n').length, 100);
    const luma = JSON.parse(await fromMenu('Luma: studio', 'Copy JSON')) as object;
    assert.deepEqual(Object.keys(luma), ['jane.doe@example.com']);
  });

  it('reads a page that has not been opened before it copies it', async () => {
    const page = JSON.parse(await fromMenu('Users 101–121', 'Copy JSON')) as Answer;
    assert.equal(page.data.length, 21);
    assert.deepEqual(page.page_info, { has_next_page: false, has_previous_page: true });
  });

  it('Copy Value copies a field as received', async () => {
    const { explorer } = person();
    await explorer.expand('Jane Doe');
    await explorer.row('First name');
    assert.equal(await fromMenu('Created', 'Copy Value'), '2024-01-15T09:30:00Z');
    assert.equal(await fromMenu('tags', 'Copy Value'), '["a",null,{"b":[]}]');
    await person().workbench.picture('user opened');
    await explorer.collapse('Jane Doe');
  });

  it('Copy Value asks once for several records, and gives one a line', async () => {
    const { explorer, quickInput, copied, press } = keys();
    await press('Escape');
    await explorer.click('User 7', { modifiers: ['ControlOrMeta'] });
    await explorer.click('User 8', { modifiers: ['ControlOrMeta'] });
    const values = await copied(async () => {
      await explorer.chooseFromMenu('User 8', 'Copy Value');
      await quickInput.question('Which value?');
      await quickInput.pick('Email');
    });
    assert.equal(values, 'user7@example.com\nuser8@example.com');
    await press('Escape');
  });

  it('Open JSON shows a read-only document named by an ID', async () => {
    const { explorer, editors, editorText, press } = keys();
    await explorer.chooseFromMenu('Jane Doe', 'Open JSON');
    await person()
      .page.getByRole('tab', { name: /user_00000000000000000000000ODD\.json/ })
      .waitFor();
    assert.deepEqual(JSON.parse(await editorText()), oddRecord);
    await person().workbench.picture('open JSON');
    await press('x');
    await person()
      .page.getByText(/Cannot edit in read-only editor/)
      .first()
      .waitFor();
    await press('Escape');
    assert.equal((await editors()).length, 1);
    await person().run('View: Close All Editors');
  });

  it('asks from the palette where nothing is selected', async () => {
    const { explorer, quickInput, copied, press } = keys();
    await explorer.click('Users 1–100');
    await press('Escape');
    const id = await copied(async () => {
      await person().run('Luma & Luminary: Copy ID');
      await quickInput.question('Which connection?');
      await quickInput.pick('Luminary: acme');
      await quickInput.question(/^Copy the ID of… · /);
      await quickInput.type('user7@');
      await person().workbench.picture('palette copy');
      await quickInput.pick('User 7');
    });
    assert.equal(id, idAt(7));
  });

  it('says so where there is nothing to copy', async () => {
    const { explorer, messages } = person();
    server.accounts = new Map([['7', { user_id: 'no email here' }]]);
    await explorer.chooseFromMenu('Luma: studio', 'Refresh');
    await explorer.row('7');
    await explorer.chooseFromMenu('7', 'Copy Email');
    await messages.notification('There is nothing of that kind');
    await messages.clear();
  });

  it('the log tells of requests, and holds no token and no email', async () => {
    await person().run('Luma & Luminary: Show Log');
    const log = person().page.locator('.part.panel .view-lines');
    const text = await until('the log', async () => {
      const lines = (await log.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
      return lines.includes('/accounts/{key}') && lines;
    });
    assert.match(text, /GET \/users 200 \d+ ms attempt 1/);
    for (const secret of [server.tokens.luma, server.tokens.luminary, 'example.com']) {
      assert.ok(!text.includes(secret), secret);
    }
    await person().workbench.picture('log');
  });

  interface Answer {
    readonly data: readonly unknown[];
    readonly page_info: unknown;
    readonly total_count: number;
  }

  function user(index: number) {
    return {
      id: idAt(index + 2),
      email: `user${String(index + 2)}@example.com`,
      first_name: 'User',
      last_name: String(index + 2),
      created_at: '2024-01-15T09:30:00Z',
      updated_at: '2024-01-15T09:30:00Z',
    };
  }

  function idAt(number: number): string {
    return `user_${String(number).padStart(26, '0')}`;
  }

  function fromMenu(row: string, item: string): Promise<string> {
    return person().copied(() => person().explorer.chooseFromMenu(row, item));
  }

  function keys() {
    const { explorer, quickInput } = person();
    return {
      explorer,
      quickInput,
      press: (...names: string[]) => person().press(...names),
      copied: (act: () => Promise<void>) => person().copied(act),
      editors: () => person().editors(),
      editorText: () => person().editorText(),
    };
  }
});
