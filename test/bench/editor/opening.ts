import { BareLoop, PAGE } from '../bare.ts';
import { compared, timed } from '../compare.ts';
import type { Measurement } from '../figure.ts';
import { until } from '../../hosts/until.ts';
import { withTenant } from '../tenant.ts';
import { ROW, inWindow, isUser, timeToOpen } from './window.ts';
import type { Window } from './window.ts';

/** How many pages are left open while others are opened, the last one among them. */
const LEFT_OPEN = 20;
const SMALL_PAGE = 100;

/** How long loading all users may take, in ms. */
const LOADING_LIMIT = 5 * 60_000;

/** Opening a page of 1,000 users that has to be loaded, against 1,000 rows of a bare tree. */
export async function firstRow(version: string, users: number): Promise<Measurement> {
  return withTenant(users, 0, async (tenant) => {
    const loop = new BareLoop(tenant);
    const cursors = await loop.read(users);
    const measurement = await inWindow(version, tenant, PAGE, async (window) => {
      const { explorer, bareTree } = window;
      await explorer.collapse(pageName(0, PAGE));
      let turn = 0;
      return compared({
        bare: async () => {
          turn += 1;
          await bareTree.open();
          return openAndClose(bareTree, `Rows of ${turn}`);
        },
        ours: async () => {
          await explorer.open();
          const server = await timed(() => loop.roundTrips([cursors[turn]]));
          return (await openAndClose(explorer, pageName(turn, PAGE))) - server;
        },
      });
    });
    await loop.close();
    return measurement;
  });
}

/**
 * Opening pages at the end against opening the second and the next, with all of them loaded. The
 * very last stays open: below it is no room in the window for rows that could be seen to come.
 */
export async function farPage(version: string, users: number): Promise<Measurement> {
  const last = users / SMALL_PAGE - 1;
  return withTenant(users, 0, (tenant) =>
    inWindow(version, tenant, SMALL_PAGE, async (window) => {
      await loadAll(window, last);
      await leaveOpen(window, Math.floor(last / 2));
      const { explorer } = window;
      let turn = 0;
      return compared({
        bare: async () => {
          turn += 1;
          await explorer.scroll(-END);
          return openAndClose(explorer, pageName(turn, SMALL_PAGE));
        },
        ours: async () => {
          await explorer.scroll(END);
          await explorer.scroll(-0.8 * SMALL_PAGE * ROW);
          return openAndClose(explorer, pageName(last - turn, SMALL_PAGE));
        },
      });
    }),
  );
}

/** More pixels than any tree has. */
const END = 1e7;

/** Opening the last page loads those before it. It stays open, the first doesn't. */
async function loadAll({ explorer }: Window, last: number): Promise<void> {
  await explorer.collapse(pageName(0, SMALL_PAGE));
  await explorer.scroll(END);
  await explorer.click(pageName(last, SMALL_PAGE));
  await until(
    'all users',
    async () => {
      await explorer.scroll(END);
      return (await explorer.rows()).some(isUser);
    },
    () => explorer.text(),
    LOADING_LIMIT,
  );
}

/** Opens pages from one on, the last of them first, so that the others stay where they are. */
async function leaveOpen({ explorer }: Window, from: number): Promise<void> {
  await explorer.scroll(-END);
  await explorer.scroll((from - 2) * ROW);
  for (let page = from + LEFT_OPEN - 2; page >= from; page--) {
    await timeToOpen(explorer, pageName(page, SMALL_PAGE));
  }
}

async function openAndClose(tree: Window['explorer'], label: string): Promise<number> {
  const time = await timeToOpen(tree, label);
  await tree.collapse(label);
  return time;
}

/** What a page is called that is counted from 0. */
function pageName(page: number, size: number): string {
  const from = (page * size + 1).toLocaleString('en');
  return `Users ${from}–${((page + 1) * size).toLocaleString('en')}`;
}
