import * as faults from '../server/faults.ts';
import { endCursorMissing } from '../server/pageFaults.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { paths } from '../server/services.ts';
import { beginRealTenant, connectLuma, connectLuminary } from './connecting.ts';
import { useWorkbench } from './fixture.ts';
import { shownInThemes } from './inThemes.ts';
import { answers } from './reasons.ts';

describe('What failed, in all themes', function () {
  this.timeout(180_000);
  const person = useWorkbench({
    settings: {
      'lumaLuminary.accountNotices': false,
      'lumaLuminary.timeLimit': 15,
      'http.proxy': 'socks5://localhost:1080',
    },
  });
  const servers: TestServer[] = [];

  before(async () => {
    await person().explorer.open();
    await spread(1150);
  });

  const started = async (...options: Parameters<typeof startServer>) => {
    const server = await startServer(...options);
    servers.push(server);
    return server;
  };

  after(async () => {
    for (const server of servers) await server.close();
  });

  /** Has the view so wide that most texts stand in it, and so high that all rows do. */
  async function spread(height: number): Promise<void> {
    const { page, explorer } = person();
    await page.setViewportSize({ width: 1280, height });
    const box = await explorer.container.boundingBox();
    if (box === null) throw new Error('The view is not shown.');
    const edge = box.x + box.width + 3; // Views stand a little apart.
    await page.mouse.move(edge, height / 2);
    await page.mouse.down();
    await page.mouse.move(850, height / 2, { steps: 10 });
    await page.mouse.up();
  }

  it('is told with each reason, and with what helps', async () => {
    const { explorer } = person();
    const keys = [...answers.map(({ reason }) => reason), '..'];
    const server = await started({ accounts: new Map(keys.map((key) => [key, {}])) });
    for (const { reason, fault } of answers) {
      server.fault({ path: `${paths.accounts}/${reason}`, fault });
    }
    await connectLuma(person(), server, 'studio');
    for (const key of keys) await explorer.expand(key);
    for (const { sentence } of answers) {
      await explorer.row(sentence, 45_000);
    }
    await explorer.row('This can’t be asked for: its address is not valid.');
    await explorer.scroll(-10_000);
    await shownInThemes(person(), 'each reason');
    await explorer.collapse('Luma: studio');
  });

  it('is told beside what was loaded, cancelled, empty or odd', async () => {
    const { explorer, quickInput } = person();
    const empty = await started({ users: 0, accounts: new Map([['waiting', {}]]) });
    empty.fault({ path: `${paths.accounts}/waiting`, fault: faults.noAnswer });
    const odd = await started({ users: [{ email: 'jane.doe@example.com' }, 'no object'] });
    const endless = await started({ users: 150 });
    endless.fault({ path: paths.users, fault: endCursorMissing });
    await connectLuma(person(), empty, 'waiting');
    await explorer.expand('waiting');
    await explorer.pressInline('Loading…', 'Cancel Loading');
    await explorer.row('Continue');
    empty.accounts = new Map();
    await connectLuma(person(), empty, 'empty');
    await connectLuminary(person(), empty, 'nobody');
    await explorer.row('No users');
    await connectLuminary(person(), odd, 'odd');
    await explorer.row('Unreadable record');
    await connectLuminary(person(), endless, 'endless');
    await explorer.row(/^The list stops here/);
    await explorer.collapse('Users 1–100');
    await beginRealTenant(person(), 'token');
    await quickInput.question('What is set as proxy is no address');
    await quickInput.pick('Save Anyway');
    await quickInput.question('Name of this connection');
    await quickInput.answer('far');
    await explorer.row('Show Network Diagnostics');
    await explorer.scroll(-10_000);
    await shownInThemes(person(), 'each message');
  });
});
