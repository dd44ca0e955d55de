import type { Locator, Page } from 'playwright-core';

import { ContextMenu } from './contextMenu.ts';
import { keysArrive } from './keyboard.ts';
import type { Row, RowMatch } from './rows.ts';
import { describeMatch, firstRow, matches, readRows, rowsAsText } from './rows.ts';
import { patience, until } from './until.ts';

/** How long one touch of a row may take before the row is looked for again. */
const touch = { timeout: 2000 };

/** The explorer's view in the sidebar. It holds only the rows that fit in: the others need scrolling. */
export class Explorer {
  readonly #page: Page;
  readonly #title: string;
  readonly #menu: ContextMenu;

  /** The part of the sidebar that holds the view. */
  readonly container: Locator;

  /** `title` is what the activity bar calls the view container that has this id. */
  constructor(page: Page, containerId: string, title: string) {
    this.#page = page;
    this.#title = title;
    this.#menu = new ContextMenu(page);
    this.container = page.locator(`.composite[id="workbench.view.extension.${containerId}"]`);
  }

  /** Waits until the activity bar offers the view: the extension is known then. */
  async offered(): Promise<void> {
    const tabs = this.#page.locator('.part.activitybar [role=tab]');
    await until(
      `“${this.#title}” in the activity bar`,
      () => this.#tab.isVisible(),
      async () => (await tabs.evaluateAll((all) => all.map((tab) => tab.ariaLabel))).join('\n'),
      60_000,
    );
  }

  /** Shows the view, with the activity bar. */
  async open(): Promise<void> {
    await this.offered();
    if (!(await this.container.isVisible())) await this.#tab.click({ timeout: patience });
    await this.container.waitFor({ timeout: patience });
  }

  /** The rows that are in the window now, from above. */
  async rows(): Promise<Row[]> {
    return readRows(this.#items);
  }

  /**
   * All rows that are open, also those that need scrolling. Leaves the view scrolled to its end. Rows
   * that move meanwhile would be met twice or never: it reads until two readings are alike.
   */
  async allRows(): Promise<Row[]> {
    let last = await this.#readAll();
    return until('rows that stand still', async () => {
      const before = last;
      last = await this.#readAll();
      return rowsAsText(before) === rowsAsText(last) && last;
    });
  }

  async #readAll(): Promise<Row[]> {
    const all = new Map<number, Row>();
    await this.#scrollThrough((rows) => {
      for (const row of rows) all.set(row.index, row);
      return undefined;
    });
    return [...all.values()].sort((a, b) => a.index - b.index);
  }

  /** Waits for a row, and scrolls the view to it where it's needed. */
  async row(match: RowMatch, limit: number = patience): Promise<Row> {
    const find = async () =>
      firstRow(await this.rows(), match) ?? this.#scrollThrough((rows) => firstRow(rows, match));
    return until(`the row ${describeMatch(match)}`, find, () => this.text(), limit);
  }

  /** Waits until there is such a row in the window, without scrolling. */
  async seen(match: RowMatch): Promise<Row> {
    const find = async () => firstRow(await this.rows(), match);
    return until(`the row ${describeMatch(match)}`, find, () => this.text());
  }

  /** Waits until there is no such row in the window. */
  async gone(match: RowMatch, limit: number = patience): Promise<void> {
    const missing = async () => firstRow(await this.rows(), match) === undefined;
    await until(`the row ${describeMatch(match)} to go`, missing, () => this.text(), limit);
  }

  /** Those of the rows in the window that stand directly under such a row. */
  async children(match: RowMatch): Promise<Row[]> {
    const parent = await this.row(match);
    const below = (await this.rows()).filter((row) => row.index > parent.index);
    const end = below.findIndex((row) => row.level <= parent.level);
    const inside = end === -1 ? below : below.slice(0, end);
    return inside.filter((row) => row.level === parent.level + 1);
  }

  /** Opens a row with the mouse, where it isn't open. Doesn't wait for what loads. */
  async expand(match: RowMatch): Promise<Row> {
    return this.#toggle(match, true);
  }

  /** Closes a row with the mouse, where it isn't closed. */
  async collapse(match: RowMatch): Promise<Row> {
    return this.#toggle(match, false);
  }

  /** Clicks a row. On a row that can be opened, that opens or closes it, too. */
  async click(match: RowMatch, options: Parameters<Locator['click']>[0] = {}): Promise<void> {
    await this.#act(match, (row) => row.click({ ...touch, ...options }));
  }

  /** Rests the mouse on a row. */
  async hover(match: RowMatch): Promise<void> {
    await this.#act(match, (row) => row.locator('.monaco-icon-label').hover(touch));
  }

  /** Presses the button of that name that a row shows under the mouse. */
  async pressInline(match: RowMatch, button: string): Promise<void> {
    await this.#act(match, async (row) => {
      await row.hover(touch);
      await row.getByRole('button', { name: button }).click(touch);
    });
  }

  /** Opens a row's context menu and takes one of its items. */
  async chooseFromMenu(match: RowMatch, item: string): Promise<void> {
    await this.click(match, { button: 'right' });
    await this.#menu.choose(item, describeMatch(match));
  }

  /** The names in a row's context menu. Closes it again. */
  async menuOf(match: RowMatch): Promise<string[]> {
    await this.click(match, { button: 'right' });
    return this.#menu.names();
  }

  /** Gives the rows the keyboard. */
  async focus(): Promise<void> {
    await this.#list.focus({ timeout: patience });
    await keysArrive(this.#page);
  }

  /** Waits until the rows have the keyboard. */
  async focusTaken(): Promise<void> {
    const has = () => this.#list.evaluate((list) => list === document.activeElement);
    await until('the rows to have the keyboard', has);
    await keysArrive(this.#page);
  }

  /** The row that the keyboard is on. */
  async focused(): Promise<Row | undefined> {
    return (await this.rows()).find((row) => row.focused);
  }

  /** Moves with an arrow or another key until the keyboard is on such a row. */
  async moveTo(match: RowMatch, key = 'ArrowDown'): Promise<Row> {
    await keysArrive(this.#page);
    for (let presses = 0; presses < 300; presses++) {
      const before = await this.focused();
      if (before !== undefined && matches(before, match)) return before;
      await this.#page.keyboard.press(key);
      const moved = async () => (await this.focused())?.index !== before?.index;
      await until(`${key} to move to ${describeMatch(match)}`, moved, () => this.text());
    }
    throw new Error(`No row ${describeMatch(match)} was met.\n${await this.text()}`);
  }

  /** The rows in the window as text, indented by their level. */
  async text(): Promise<string> {
    return rowsAsText(await this.rows());
  }

  /** The text of the view's welcome, where it has no rows, its buttons' names included. */
  async welcome(): Promise<string> {
    const welcome = this.container.locator('.welcome-view-content');
    await welcome.first().waitFor({ timeout: patience });
    return (await welcome.allInnerTexts()).join('\n').trim();
  }

  /** Takes an item of the menu behind the three dots above the rows. */
  async chooseFromView(item: string): Promise<void> {
    const dots = this.#page.locator('.part.sidebar').getByLabel(/More Actions/);
    await dots.first().click({ timeout: patience });
    await this.#menu.choose(item, 'the view');
  }

  /** Presses a button of the view's title or of its welcome. */
  async press(button: string): Promise<void> {
    const sidebar = this.#page.locator('.part.sidebar');
    await sidebar.getByRole('button', { name: button }).first().click({ timeout: patience });
  }

  /** The text that stands above the rows; empty where there is none. */
  async message(): Promise<string> {
    return (await this.container.locator('.pane-body .message').allInnerTexts()).join('\n').trim();
  }

  /** Scrolls the rows by so many pixels: down, or up where it's negative. */
  async scroll(pixels: number): Promise<void> {
    await this.#wheel(pixels);
  }

  get #tab(): Locator {
    const activityBar = this.#page.locator('.part.activitybar');
    return activityBar.getByRole('tab', { name: this.#title }).first();
  }

  get #list(): Locator {
    return this.container.locator('.monaco-list').first();
  }

  get #items(): Locator {
    return this.container.locator('.monaco-list-rows > .monaco-list-row[role=treeitem]');
  }

  async #toggle(match: RowMatch, expanded: boolean): Promise<Row> {
    const row = await this.row((candidate) => {
      return matches(candidate, match) && candidate.expanded !== undefined;
    });
    if (row.expanded === expanded) return row;
    await this.#act(match, (item) => item.locator('.monaco-tl-twistie').click(touch));
    const done = (candidate: Row) => matches(candidate, match) && candidate.expanded === expanded;
    const find = async () => firstRow(await this.rows(), done);
    const what = `the row ${describeMatch(match)} to ${expanded ? 'open' : 'close'}`;
    return until(what, find, () => this.text());
  }

  /** A row may move between being found and being touched: then it is looked for again. */
  async #act(match: RowMatch, act: (row: Locator) => Promise<void>): Promise<void> {
    let problem: unknown;
    for (let attempt = 0; attempt < 3; attempt++) {
      const { index, ariaLabel } = await this.row(match);
      const place = `[data-index="${index}"][aria-label=${cssString(ariaLabel)}]`;
      const item = this.#items.and(this.#page.locator(place));
      try {
        await this.#bringIntoView(item);
        await act(item);
        return;
      } catch (error) {
        problem = error;
      }
    }
    throw new Error(`The row ${describeMatch(match)} could not be touched.`, { cause: problem });
  }

  /** The rows at the edges are there in part, and those beyond the edges too. */
  async #bringIntoView(item: Locator): Promise<void> {
    await until('the row to be wholly in view', async () => {
      const row = await item.boundingBox(touch);
      const list = await this.#list.boundingBox(touch);
      if (row === null || list === null) return undefined;
      const above = list.y - row.y;
      const below = row.y + row.height - (list.y + list.height);
      if (above <= 0 && below <= 0) return true;
      await this.#wheel(above > 0 ? -above : below);
      return undefined;
    });
  }

  /** Scrolls from the top to the end, or until `look` finds something among the rows it's shown. */
  async #scrollThrough<T>(look: (rows: Row[]) => T | undefined): Promise<T | undefined> {
    await this.#wheel(-1e7);
    let lowest = -1;
    for (;;) {
      const rows = await this.rows();
      const found = look(rows);
      const last = rows.at(-1)?.index ?? -1;
      if (found !== undefined || last <= lowest) return found;
      lowest = last;
      await this.#wheel((await this.#list.evaluate((list) => list.clientHeight)) * 0.9);
    }
  }

  /**
   * Turns the wheel by so many pixels, and waits until that is drawn. The browser's own wheel can't be
   * told how far: it turns by one notch, which is 50 pixels to the list.
   */
  async #wheel(distance: number): Promise<void> {
    await this.#list
      .locator('.monaco-scrollable-element')
      .first()
      .evaluate((list, pixels) => {
        const notches = pixels / 50;
        const turn = { deltaY: 100 * notches, wheelDeltaY: -120 * notches };
        list.dispatchEvent(new WheelEvent('wheel', { ...turn, bubbles: true, cancelable: true }));
        return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      }, distance);
  }
}

function cssString(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\a ')}"`;
}
