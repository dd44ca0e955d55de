import type { Locator, Page } from 'playwright-core';

import { patience } from './until.ts';

/** The context menu that is open in a window, or about to. */
export class ContextMenu {
  readonly #page: Page;
  readonly #menu: Locator;
  readonly #items: Locator;

  /** Of one window. */
  constructor(page: Page) {
    this.#page = page;
    this.#menu = page.locator('.context-view .monaco-menu').first();
    this.#items = this.#menu.locator('.action-label:not(.separator)');
  }

  /** The names in it. Closes it. */
  async names(): Promise<string[]> {
    await this.#items.first().waitFor({ timeout: patience });
    const names = await this.#items.allInnerTexts();
    await this.#page.keyboard.press('Escape');
    await this.#menu.waitFor({ state: 'hidden' });
    return names;
  }

  /**
   * Takes one of its items.
   * @throws with what is there instead, in the menu of what is called so.
   */
  async choose(item: string, of: string): Promise<void> {
    const text = this.#page.getByText(item, { exact: true });
    // A menu ignores the mouse's button for a moment after it has opened, but not the keyboard.
    await this.#items
      .and(text)
      .hover({ timeout: patience })
      .catch(async (cause: unknown) => {
        const names = (await this.#items.allInnerTexts()).join(', ');
        throw new Error(`The menu of ${of} has: ${names || 'nothing'}`, { cause });
      });
    await this.#menu.locator('.action-item.focused').getByText(item, { exact: true }).waitFor();
    await this.#page.keyboard.press('Enter');
    await this.#menu.waitFor({ state: 'hidden' });
  }
}
