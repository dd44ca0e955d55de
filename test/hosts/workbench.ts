import path from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

import { withoutNoise } from './noise.ts';
import { picturesFolder, projectFolder } from './paths.ts';
import type { Server, WindowOptions } from './server.ts';
import { windowAddress } from './server.ts';

/** A window of VS Code, open in a browser. */
export interface Workbench {
  page: Page;
  /** The exit code of the tests that run in its extension host. Never resolves without such tests. */
  exit: Promise<number>;
  /** What the page's console and the extension host have said. */
  log: () => string;
  /** Saves a picture of the window, and returns its path within the project. */
  picture: (name: string) => Promise<string>;
  close: () => Promise<void>;
}

/** What a window is opened with. */
export interface WorkbenchOptions extends WindowOptions {
  /** Gets each line that the extension host and the workbench write. */
  onOutput?: (line: string) => void;
  /** Its size, and how many pixels a picture has for each point; without it, 1280 × 800 and one. */
  view?: Pick<BrowserContextOptions, 'viewport' | 'deviceScaleFactor'>;
}

const readyTimeLimit = 60_000;

/** Opens a window and waits until VS Code has restored it. */
export async function openWorkbench(
  browser: Browser,
  server: Server,
  options: WorkbenchOptions = {},
): Promise<Workbench> {
  const viewport = { width: 1280, height: 800 };
  const context = await browser.newContext({ viewport, ...options.view });
  const said: string[] = [];
  const log = () => withoutNoise(said.join('\n'));
  try {
    const page = await newPage(context, server, said);
    const { code } = await listenToTests(page, (line) => {
      said.push(line);
      options.onOutput?.(line);
    });
    await page.goto(windowAddress(server, options), { timeout: readyTimeLimit });
    await untilRestored(page, server.automation);
    const close = () => context.close();
    return { page, exit: code, log, picture: (name) => takePicture(page, name), close };
  } catch (error) {
    await context.close();
    throw new Error(`The workbench did not open.\n${log()}\n${server.output()}`, { cause: error });
  }
}

/** Saves a picture of a page under out/pictures, and returns its path within the project. */
async function takePicture(page: Page, name: string): Promise<string> {
  const file = path.join(picturesFolder, `${name.replaceAll(/[^\w.]+/g, '-')}.png`);
  await page.screenshot({ path: file });
  return path.relative(projectFolder, file);
}

async function newPage(context: BrowserContext, server: Server, said: string[]): Promise<Page> {
  const origin = `http://${server.authority}`;
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('crash', () => said.push('The page has crashed.'));
  return page;
}

/** The workbench of a test run calls these two functions of its page. */
async function listenToTests(
  page: Page,
  onLine: (line: string) => void,
): Promise<{ code: Promise<number> }> {
  const { promise, resolve } = Promise.withResolvers<number>();
  await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
    onLine(args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg))).join(' '));
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => {
    resolve(code);
  });
  return { code: promise };
}

async function untilRestored(page: Page, automation: boolean): Promise<void> {
  const limit = { timeout: readyTimeLimit };
  if (!automation) {
    await page.locator('.part.activitybar [role=tab]').first().waitFor(limit);
    await page.locator('.part.statusbar .statusbar-item').first().waitFor(limit);
    return;
  }
  await page.waitForFunction(() => 'driver' in globalThis, undefined, limit);
  await page.evaluate(() =>
    (
      globalThis as unknown as { driver: { whenWorkbenchRestored: () => Promise<void> } }
    ).driver.whenWorkbenchRestored(),
  );
}
