import type { Locator, Page } from 'playwright-core';

import { patience, until } from './until.ts';
import { webview } from './webviews.ts';

/** One step of a walkthrough, as it stands there. */
export interface Step {
  title: string;
  done: boolean;
  /** Whether its text, its buttons and its picture are shown. */
  open: boolean;
}

/** The walkthrough in the editor in front. */
export class Walkthrough {
  readonly #page: Page;
  readonly #steps: Locator;

  /** Of one window. */
  constructor(page: Page) {
    this.#page = page;
    this.#steps = page.locator('.gettingStartedContainer .getting-started-step');
  }

  /** Its steps, once they are there. */
  async steps(): Promise<Step[]> {
    await this.#steps.first().waitFor({ timeout: patience });
    return this.#steps.evaluateAll((steps) =>
      steps.map((step) => ({
        title: step.querySelector('.step-title')?.textContent ?? '',
        done: step.querySelector('[role=checkbox]')?.getAttribute('aria-checked') === 'true',
        open: step.classList.contains('expanded'),
      })),
    );
  }

  /** The titles of those that are done. */
  async done(): Promise<string[]> {
    return (await this.steps()).filter(({ done }) => done).map(({ title }) => title);
  }

  /** Waits until exactly these are done. */
  async untilDone(...titles: string[]): Promise<void> {
    const done = async () => (await this.done()).join('\n');
    await until(
      `done: ${titles.join(', ')}`,
      async () => (await done()) === titles.join('\n'),
      done,
    );
  }

  /** Opens a step, where it isn't open. */
  async open(title: string): Promise<void> {
    const isOpen = async () =>
      (await this.steps()).some((step) => step.title === title && step.open);
    if (await isOpen()) return;
    await until(`the step “${title}” to open`, async () => {
      await this.#step(title).locator('.step-title').click({ timeout: patience });
      return isOpen();
    });
  }

  /** Opens a step, and presses one of its buttons or follows one of its links. */
  async press(title: string, button: string): Promise<void> {
    await this.open(title);
    const inside = this.#step(title).locator('.monaco-button, .monaco-link');
    await inside.filter({ hasText: button }).click({ timeout: patience });
  }

  /** The picture of a step that is open, by the step's id, which the picture has as well. */
  picture(id: string): Locator {
    return webview(this.#page).locator(`svg#${id}`);
  }

  #step(title: string): Locator {
    return this.#steps.filter({ has: this.#page.getByText(title, { exact: true }) });
  }
}
