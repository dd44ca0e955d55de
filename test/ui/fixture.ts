import type { Browser, Page } from 'playwright-core';

import { launchBrowser } from '../hosts/browser.ts';
import { containerId, containerTitle } from '../hosts/manifest.ts';
import { Explorer } from '../hosts/explorer.ts';
import { Messages } from '../hosts/messages.ts';
import { keysArrive } from '../hosts/keyboard.ts';
import { npmEditor, npmVersions } from '../hosts/npm.ts';
import { onScreen } from '../hosts/onScreen.ts';
import { projectFolder } from '../hosts/paths.ts';
import { QuickInput } from '../hosts/quickInput.ts';
import type { Server, WindowOptions } from '../hosts/server.ts';
import { startServer } from '../hosts/server.ts';
import { until } from '../hosts/until.ts';
import type { Workbench } from '../hosts/workbench.ts';
import { openWorkbench } from '../hosts/workbench.ts';

/** What a suite's window is opened with. */
export interface UiOptions {
  /** User settings. */
  settings?: Record<string, unknown>;
  /** The language that the extension is shown in, such as `de`; without it, English. */
  language?: string;
  /** Environment variables for the server and the extension host. */
  env?: Record<string, string | undefined>;
  /** The folder to open; without it, an empty one. */
  folder?: string;
  /** A `.code-workspace` file to open in the place of a folder. */
  workspaceFile?: string;
  /** Opens neither. */
  nothing?: boolean;
  /** Whether the editor asks for trust in folders, and restricts those that have none. */
  trust?: boolean;
  /** Extensions to install: folders or .vsix files; without it, this one. */
  install?: string[];
}

/** What is installed: the package, where `npm test` has made one, else this project's folder. */
export function packagedExtension(): string {
  return process.env['LUMA_LUMINARY_PACKAGE'] ?? projectFolder;
}

/** A person before a window of VS Code. */
export class Person {
  readonly server: Server;
  readonly workbench: Workbench;
  readonly page: Page;
  readonly explorer: Explorer;
  readonly quickInput: QuickInput;
  readonly messages: Messages;

  constructor(server: Server, workbench: Workbench, explorer: Explorer) {
    this.server = server;
    this.workbench = workbench;
    this.page = workbench.page;
    this.explorer = explorer;
    this.quickInput = new QuickInput(this.page);
    this.messages = new Messages(this.page);
  }

  /** Runs a command from the palette, by its title with or without its category. */
  async run(command: string): Promise<void> {
    await this.quickInput.runCommand(command);
  }

  /** Presses keys one after the other, such as `ArrowDown`, `ControlOrMeta+c`. */
  async press(...keys: string[]): Promise<void> {
    await keysArrive(this.page);
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** What the clipboard holds. */
  async clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Puts a text on the clipboard. */
  async setClipboard(text: string): Promise<void> {
    await this.page.evaluate((value) => navigator.clipboard.writeText(value), text);
  }

  /** Empties the clipboard, does something and waits until that has put a text there. */
  async copied(act: () => Promise<void>): Promise<string> {
    await this.setClipboard('');
    await act();
    return until('a text on the clipboard', async () => {
      const text = await this.clipboard();
      return text !== '' && text;
    });
  }

  /** Waits until the status bar says something. */
  async said(text: string): Promise<void> {
    await this.page.locator('.part.statusbar').getByText(text).waitFor();
  }

  /** Does something, and waits until the status bar says something: it does so for a moment only. */
  async saying<T>(text: string, act: () => Promise<T>): Promise<T> {
    const [done] = await Promise.all([act(), this.said(text)]);
    return done;
  }

  /** Waits until an editor is in front whose title begins so. */
  async inFront(title: string): Promise<void> {
    const shown = () => this.page.title();
    await until(`“${title}” in front`, async () => (await shown()).startsWith(title), shown);
  }

  /** The titles of the editors that are open. */
  async editors(): Promise<string[]> {
    return this.page.locator('.tabs-container .tab .label-name').allInnerTexts();
  }

  /** The whole text of the editor in front, read as a person would: select all, copy. */
  async editorText(): Promise<string> {
    await this.page.locator('.editor-instance .monaco-editor .view-lines').first().click();
    return this.copied(() => this.press('ControlOrMeta+a', 'ControlOrMeta+c'));
  }
}

/**
 * Gives the tests of a suite one window of VS Code with the extension in it, and saves a picture
 * when one of them fails. Call it inside `describe`; what it returns gives the person in each test.
 */
export function useWorkbench(options: UiOptions = {}): () => Person {
  const version = process.env['VSCODE_TEST_VERSION'] ?? npmVersions[0];
  let browser: Browser | undefined;
  let server: Server | undefined;
  let person: Person | undefined;

  before(async function () {
    this.timeout(300_000);
    const editor = await npmEditor(version);
    const { settings = {}, env = {}, trust = false, language } = options;
    const { install = [packagedExtension()] } = options;
    server = await startServer({ editor, settings, env, trust, language, install });
    browser = await launchBrowser();
    const workbench = await openWorkbench(browser, server, windowOptions(options));
    const explorer = new Explorer(workbench.page, containerId, containerTitle(language));
    person = new Person(server, workbench, explorer);
    await person.explorer.offered();
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed' || person === undefined) return;
    const { err } = this.currentTest;
    if (err !== undefined) err.message += `\n${await onScreen(person.page)}`;
    const name = `failed ${version} ${this.currentTest.fullTitle()}`;
    console.log(`Picture: ${await person.workbench.picture(name)}`);
    const said = person.workbench.log();
    if (said !== '') console.log(said);
  });

  after(async function () {
    this.timeout(30_000);
    await person?.workbench.close();
    await browser?.close();
    await server?.stop();
  });

  return () => {
    if (person === undefined) throw new Error('The window is not open yet: ask inside a test.');
    return person;
  };
}

function windowOptions({ folder, workspaceFile, nothing = false }: UiOptions): WindowOptions {
  return {
    nothing,
    ...(folder !== undefined && { folder }),
    ...(workspaceFile !== undefined && { workspaceFile }),
  };
}
