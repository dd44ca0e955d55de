import type { Locator, Page } from 'playwright-core';

import { ContextMenu } from './contextMenu.ts';
import { keysArrive } from './keyboard.ts';
import { patience, until } from './until.ts';

/** A proposal of the list that opens while someone types. */
export interface Proposal {
  label: string;
  description: string;
}

/** The text editor in front, as a person sees it and types into it. */
export class TextEditor {
  readonly #page: Page;
  readonly #editor: Locator;
  readonly #menu: ContextMenu;

  /** Of one window. */
  constructor(page: Page) {
    this.#page = page;
    this.#menu = new ContextMenu(page);
    this.#editor = page.locator('.editor-instance .monaco-editor').first();
  }

  /** Waits until it has the keyboard. */
  async focusTaken(): Promise<void> {
    await this.#page.locator('.editor-instance .monaco-editor.focused').waitFor();
    // It looks focused for a moment longer, or sooner, than keys come to it.
    const inside = () => document.activeElement?.closest('.editor-instance') instanceof Element;
    await until('the editor to have the keyboard', () => this.#page.evaluate(inside));
    await keysArrive(this.#page);
  }

  /** Puts the cursor into a text. */
  async put(text: string): Promise<void> {
    const place = await this.#place(text);
    await this.#page.mouse.click(place.x, place.y);
  }

  /** The highest of the lines in sight. */
  async firstLine(): Promise<string> {
    const [first = ''] = await this.#editor.locator('.view-line').evaluateAll((all) =>
      all
        .map((line) => ({ top: line.getBoundingClientRect().top, text: line.textContent }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text.replaceAll('\u00a0', ' ')),
    );
    return first;
  }

  /** Rests the mouse on a text and gives what appears, once that has another text in it. */
  async hover(text: string, expected: string | RegExp): Promise<Locator> {
    await this.away();
    const place = await this.#place(text);
    await this.#page.mouse.move(place.x, place.y);
    await this.#page.mouse.move(place.x + 1, place.y);
    const hover = this.#hovers.filter({ hasText: expected }).first();
    await hover.waitFor({ timeout: patience });
    return hover;
  }

  /** Moves the mouse away, and waits until nothing hovers. */
  async away(): Promise<void> {
    // In several steps: while the mouse may be on its way to what hovers, that stays.
    await this.#page.mouse.move(900, 700, { steps: 10 });
    await until('the last hover to go', async () => {
      if ((await this.#hovers.count()) === 0) return true;
      // One that was clicked stays until it is told to go.
      await this.#page.keyboard.press('Escape');
      return undefined;
    });
  }

  /** What the open list proposes, from above; only those in sight. */
  async proposals(): Promise<Proposal[]> {
    return this.#page.locator('.suggest-widget.visible .monaco-list-row').evaluateAll((rows) =>
      rows
        .map((row) => {
          const text = (part: string) => row.querySelector(part)?.textContent.trim() ?? '';
          return {
            index: Number(row.getAttribute('data-index')),
            label: text('.label-name'),
            description: text('.details-label') || text('.label-description'),
          };
        })
        .sort((a, b) => a.index - b.index)
        .map(({ label, description }) => ({ label, description })),
    );
  }

  /** The texts that are drawn among what stands in the document. */
  async hints(): Promise<string[]> {
    const parts = this.#editor.locator('.view-line span[class*="dyn-rule"]');
    const texts = await parts.allInnerTexts();
    return texts.map((text) => text.replaceAll('\u00a0', ' ').trim()).filter((text) => text !== '');
  }

  /** The names in the context menu of a text. Closes it again. */
  async menuOf(text: string): Promise<string[]> {
    await this.#openMenu(text);
    return this.#menu.names();
  }

  /** Opens the context menu of a text and takes one of its items. */
  async chooseFromMenu(text: string, item: string): Promise<void> {
    await this.#openMenu(text);
    await this.#menu.choose(item, `“${text}”`);
  }

  async #openMenu(text: string): Promise<void> {
    const place = await this.#place(text);
    await this.#page.mouse.click(place.x, place.y, { button: 'right' });
  }

  /** Selects a text with a double click in its middle. */
  async select(text: string): Promise<void> {
    const place = await this.#place(text);
    await this.#page.mouse.dblclick(place.x, place.y);
  }

  get #hovers(): Locator {
    return this.#page.locator('.monaco-hover:visible');
  }

  /** The middle of a text in the page. */
  async #place(text: string): Promise<{ x: number; y: number }> {
    const found = await until(`“${text}” in the editor`, () =>
      this.#editor.locator('.view-lines').evaluate((lines, wanted) => {
        const walker = document.createTreeWalker(lines, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          const at = (node.textContent ?? '').replaceAll('\u00a0', ' ').indexOf(wanted);
          if (at === -1) continue;
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + wanted.length);
          const { x, y, width, height } = range.getBoundingClientRect();
          return { x: x + width / 2, y: y + height / 2 };
        }
        return undefined;
      }, text),
    );
    return found;
  }
}
