import type { Page } from 'playwright-core';

/** What the editor has a screen reader say at once, whatever has the keyboard. */
export class Announcements {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Listens to a window from now on. */
  static async heardIn(page: Page): Promise<Announcements> {
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      const alerts = document.querySelectorAll('.monaco-aria-container [role=alert]');
      const observer = new MutationObserver((changes) => {
        for (const { target } of changes) {
          const text = target.textContent ?? '';
          if (text !== '') heard.push(text);
        }
      });
      for (const alert of alerts) observer.observe(alert, { childList: true });
    });
    return new Announcements(page);
  }

  /** What was said since this was last asked. */
  async take(): Promise<string[]> {
    return this.#page.evaluate(() =>
      (globalThis as unknown as { heard: string[] }).heard.splice(0),
    );
  }
}
