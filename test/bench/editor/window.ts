import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

import { launchBrowser } from '../../hosts/browser.ts';
import { Explorer } from '../../hosts/explorer.ts';
import { containerId, containerTitle } from '../../hosts/manifest.ts';
import { npmEditor } from '../../hosts/npm.ts';
import { projectFolder } from '../../hosts/paths.ts';
import type { Row } from '../../hosts/rows.ts';
import { startServer } from '../../hosts/server.ts';
import { openWorkbench } from '../../hosts/workbench.ts';
import { build } from '../built.ts';
import type { Tenant } from '../tenant.ts';

/** The height of a row in pixels. */
export const ROW = 22;

/** A window with the extension, connected to a tenant, and beside it a bare tree. */
export interface Window {
  readonly page: Page;
  /** The folder that is open, an empty one. */
  readonly workspace: string;
  readonly explorer: Explorer;
  /** Its rows are called `Rows of 1` to `Rows of 20`, with 1,000 rows under each. */
  readonly bareTree: Explorer;
}

/** How long a row may take to open, in ms. */
const TIME_LIMIT = 60_000;

const bareTree = path.join(projectFolder, 'test', 'bench', 'bare-tree');

/** Opens such a window, in which the first page stands open. */
export async function inWindow<T>(
  version: string,
  { address, token }: Tenant,
  pageSize: number,
  act: (window: Window) => Promise<T>,
): Promise<T> {
  await build(0);
  const server = await startServer({
    editor: await npmEditor(version),
    settings: { 'lumaLuminary.pageSize': pageSize },
    env: { BENCH_TENANT: JSON.stringify({ name: 'bench', address, token }) },
    install: [projectFolder, bareTree],
  });
  const browser = await launchBrowser();
  try {
    const { page } = await openWorkbench(browser, server);
    const window: Window = {
      page,
      workspace: server.workspace,
      explorer: new Explorer(page, containerId, containerTitle()),
      bareTree: new Explorer(page, 'lumaLuminaryBare', 'Bare Tree'),
    };
    await window.bareTree.offered();
    await window.explorer.open();
    await window.explorer.row(isUser, 60_000);
    return await act(window);
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Whether a row is a user's that is closed. */
export function isUser({ level, expanded }: Row): boolean {
  return level === 3 && expanded === false;
}

/**
 * Clicks a closed row, and gives the time in ms from then on until the first row under it stands
 * in the page. A row that says that it is loading doesn't count.
 */
export async function timeToOpen(tree: Explorer, label: string): Promise<number> {
  const { ariaLabel } = await tree.seen(label);
  const rows = tree.container.locator('.monaco-list').first();
  const clock = await rows.evaluateHandle((list, opened) => {
    const rowAt = (index: number) =>
      list.querySelector(`.monaco-list-row[role=treeitem][data-index="${index}"]`);
    const stands = () => {
      const parent = [...list.querySelectorAll('.monaco-list-row[role=treeitem]')].find(
        (row) => row.getAttribute('aria-label') === opened,
      );
      const first = rowAt(Number(parent?.getAttribute('data-index')) + 1);
      const level = (row: Element | null | undefined) => Number(row?.getAttribute('aria-level'));
      if (level(first) !== level(parent) + 1) return false;
      const text = first?.querySelector('.label-name')?.textContent ?? '';
      return text !== '' && !text.startsWith('Loading');
    };
    const time = new Promise<number>((resolve) => {
      let start: number | undefined;
      list.addEventListener('mousedown', () => (start ??= performance.now()), { capture: true });
      const look = () => {
        if (start === undefined || !stands()) return;
        observer.disconnect();
        resolve(performance.now() - start);
      };
      const observer = new MutationObserver(look);
      observer.observe(list, { subtree: true, childList: true, attributes: true });
    });
    return { time };
  }, ariaLabel);
  await tree.click(label);
  const late = sleep(TIME_LIMIT, undefined, { ref: false });
  const time = await Promise.race([clock.evaluate((running) => running.time), late]);
  if (time === undefined) throw new Error(`“${label}” did not open.\n${await tree.text()}`);
  return time;
}
