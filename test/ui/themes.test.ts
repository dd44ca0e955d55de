import assert from 'node:assert/strict';
import { contrasts } from '../hosts/contrast.ts';
import { respond } from '../server/faults.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { paths } from '../server/services.ts';
import { connectLuma, connectLuminary } from './connecting.ts';
import { useWorkbench } from './fixture.ts';

/** The themes by their names in the pictures, and the class that the window has with each. */
const themes = {
  dark: { label: 'Dark Modern', kind: 'vs-dark' },
  light: { label: 'Light Modern', kind: 'vs' },
  'high contrast dark': { label: 'Dark High Contrast', kind: 'hc-black' },
  'high contrast light': { label: 'Light High Contrast', kind: 'hc-light' },
} as const;

describe('Themes', function () {
  this.timeout(120_000);
  const person = useWorkbench();
  let server: TestServer;

  before(async () => {
    server = await startServer({ users: 250 });
  });

  after(async () => {
    await server.close();
  });

  /** What of the view can’t be made out: text needs a contrast of 4.5, and a picture of 3. */
  async function faint(): Promise<string[]> {
    const { container } = person().explorer;
    const texts = await contrasts(
      container.locator('.label-name, .label-description, .welcome-view-content p'),
    );
    const icons = await contrasts(container.locator('.custom-view-tree-node-item-icon'));
    assert.ok(texts.length > 0);
    return [
      ...texts.filter(({ ratio }) => ratio < 4.5),
      ...icons.filter(({ ratio }) => ratio < 3),
    ].map(({ what, ratio }) => `${ratio.toFixed(2)}: ${what}`);
  }

  /** Takes a picture in each theme, and finds that all that is written can be read. */
  async function shown(scene: string): Promise<void> {
    const { page, workbench, quickInput } = person();
    const illegible: string[] = [];
    for (const [name, { label, kind }] of Object.entries(themes)) {
      await person().run('Preferences: Color Theme');
      await quickInput.question('Select Color Theme');
      await quickInput.type(label);
      await quickInput.pick(label);
      await quickInput.closed();
      await page.locator(`.monaco-workbench.${kind}`).waitFor();
      await page.mouse.move(900, 600);
      await workbench.picture(`${scene} ${name}`);
      illegible.push(...(await faint()).map((what) => `${name}: ${what}`));
    }
    assert.deepEqual(illegible, []);
  }

  it('show the welcome', async () => {
    await person().explorer.open();
    await person().explorer.welcome();
    await shown('welcome');
  });

  it('show accounts, users and their fields', async () => {
    const { explorer } = person();
    await explorer.press('Explore Sample Data');
    await explorer.row('Users 1–100');
    await explorer.collapse('Users 1–100');
    await explorer.expand('studio@example.com');
    await explorer.row('Credits');
    await explorer.scroll(-10_000);
    await shown('sample data');
    for (const kind of ['Luma', 'Luminary']) {
      await explorer.chooseFromMenu(`${kind}: sample data`, 'Disconnect');
      await explorer.gone(`${kind}: sample data`);
    }
  });

  it('show two tenants, what failed and what helps', async () => {
    const { explorer } = person();
    await connectLuma(person(), server, 'studio');
    await connectLuminary(person(), server, 'acme');
    await connectLuminary(person(), server, 'other');
    await explorer.row((row) => row.label === 'Users 201–250' && row.index > 8);
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
    await shown('two tenants');
    server.heal();
  });
});
