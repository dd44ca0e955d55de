import { webview } from '../hosts/webviews.ts';
import { respond } from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { paths } from '../server/services.ts';
import { connectLuma, connectLuminary } from './connecting.ts';
import { useWorkbench } from './fixture.ts';
import { previewInThemes, shownInThemes } from './inThemes.ts';

describe('Themes', function () {
  this.timeout(120_000);
  const person = useWorkbench({ settings: { 'lumaLuminary.accountNotices': false } });
  let server: TestServer;

  before(async () => {
    server = await startServer({ users: 250 });
  });

  after(async () => {
    await server.close();
  });

  /** Gives a connection a label in its usual colour. */
  async function label(connection: string, word: string): Promise<void> {
    const { explorer, quickInput } = person();
    await explorer.chooseFromMenu(connection, 'Set Label…');
    await quickInput.question('Label of');
    await quickInput.pick(word);
    await quickInput.question(`Color of ${word}`);
    await quickInput.accept();
    await explorer.row((row) => row.label === connection && row.description.startsWith(word));
  }

  it('show the welcome', async () => {
    await person().explorer.open();
    await person().explorer.welcome();
    await shownInThemes(person(), 'welcome');
  });

  it('show accounts, users and their fields', async () => {
    const { explorer } = person();
    await explorer.press('Explore Sample Data');
    await explorer.row('Users 1–100');
    await explorer.collapse('Users 1–100');
    await explorer.expand('studio@example.com');
    await explorer.row('Credits');
    await explorer.scroll(-10_000);
    await shownInThemes(person(), 'sample data');
    for (const kind of ['Luma', 'Luminary']) {
      await explorer.chooseFromMenu(`${kind}: sample data`, 'Disconnect');
      await explorer.gone(`${kind}: sample data`);
    }
  });

  it('show two tenants with labels, what failed and what helps', async () => {
    const { explorer, messages } = person();
    await connectLuma(person(), server, 'studio');
    await connectLuminary(person(), server, 'acme');
    await connectLuminary(person(), server, 'other');
    await explorer.row((row) => row.label === 'Users 201–250' && row.index > 8);
    await label('Luminary: acme', 'PRODUCTION');
    await label('Luminary: other', 'TEST');
    server.fault({ path: paths.users, fault: respond(503, 'down') });
    await explorer.chooseFromMenu('Luminary: other', 'Refresh');
    await explorer.row('The service has a problem.');
    server.fault({ path: paths.accounts, fault: respond(401, { error: 'Unauthorized' }) });
    await explorer.chooseFromMenu('Luma: studio', 'Refresh');
    await explorer.row('Replace Token…');
    for (const row of await explorer.allRows()) {
      if (row.label === 'Users 1–100' && row.expanded === true) {
        await explorer.collapse(({ index }) => index === row.index);
      }
    }
    await explorer.scroll(-10_000);
    await shownInThemes(person(), 'two tenants');
    server.heal();
    for (const kind of ['Luma: studio', 'Luminary: acme', 'Luminary: other']) {
      await explorer.chooseFromMenu(kind, 'Disconnect');
      await messages.pressInDialog('Disconnect');
      await explorer.gone(kind);
    }
  });

  it('show accounts that are well and that are not, and all of them beside each other', async () => {
    const { explorer } = person();
    server.accounts = accounts();
    await connectLuma(person(), server, 'studio');
    await explorer.row((row) => row.description.startsWith('busy · 4/4'));
    await shownInThemes(person(), 'accounts');
    await explorer.chooseFromMenu('Luma: studio', 'Compare Accounts');
    await person().inFront('[Preview] luma-accounts.md');
    await webview(person().page).getByText('4 need attention').waitFor();
    await previewInThemes(person(), 'overview of accounts');
  });
});

/** One account of each health, and one that can't be read. */
function accounts(): Map<string, unknown> {
  const account = (name: string, executing: number, days: number, more: object = {}) => {
    const email = `${name}@example.com`;
    const end = new Date(Date.now() + days * 24 * 3600_000).toISOString();
    const ends = { luma_session_expires: `${end.slice(0, 19).replace('T', ' ')} UTC` };
    return [email, { account: email, email, concurrency: 4, executing, ...ends, ...more }] as const;
  };
  return new Map<string, unknown>([
    account('running', 2, 12.5),
    account('idle', 0, 41.5),
    account('busy', 4, 20.5),
    account('soon', 1, 3.5),
    account('ended', 0, -3.5),
    account('broken', 0, 30.5, { error: 'Out of credits' }),
    ['unreadable@example.com', 'no object'],
  ]);
}
