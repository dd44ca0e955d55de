import type { Locator, Page } from 'playwright-core';

import { patience, until } from './until.ts';

/** How long one touch of a notification may take before it is looked for again. */
const touch = { timeout: 1000 };

/** What VS Code tells in notifications and modal dialogs. */
export class Messages {
  readonly #notifications: Locator;
  readonly #dialog: Locator;

  /** Of one window. */
  constructor(page: Page) {
    this.#notifications = page.locator('.notification-list-item:visible');
    this.#dialog = page.locator('.monaco-dialog-box');
  }

  /** The texts of the notifications that are shown now. */
  async notifications(): Promise<string[]> {
    return this.#notifications.locator('.notification-list-item-message').allInnerTexts();
  }

  /** Waits for a notification that contains a text, and gives its whole text. */
  async notification(text: string | RegExp): Promise<string> {
    return until(
      `a notification with “${String(text)}”`,
      async () =>
        (await this.notifications()).find((whole) =>
          typeof text === 'string' ? whole.includes(text) : text.test(whole),
        ),
      async () => (await this.notifications()).join('\n'),
    );
  }

  /** Presses a button of the notification that contains a text. */
  async press(text: string | RegExp, button: string): Promise<void> {
    await this.notification(text);
    const item = this.#notifications.filter({ hasText: text }).first();
    await item.getByRole('button', { name: button }).click({ timeout: patience });
  }

  /** Closes all notifications that are shown. */
  async clear(): Promise<void> {
    await until(
      'the notifications to close',
      async () => {
        const first = this.#notifications.first();
        if (!(await first.isVisible())) return true;
        // One that moves, or goes by itself meanwhile, is looked for again.
        await first.hover(touch).catch(() => undefined);
        await first
          .locator('.codicon-notifications-clear')
          .click(touch)
          .catch(() => undefined);
        return undefined;
      },
      async () => (await this.notifications()).join('\n'),
    );
  }

  /** Waits for a modal dialog, and gives its text with its detail. */
  async dialog(): Promise<string> {
    await this.#dialog.waitFor({ timeout: patience });
    return this.#dialog.locator('.dialog-message-container').innerText();
  }

  /** Presses a button of the modal dialog, and waits until it has closed. */
  async pressInDialog(button: string): Promise<void> {
    await this.#dialog
      .getByRole('button', { name: button, exact: true })
      .click({ timeout: patience });
    await this.#dialog.waitFor({ state: 'hidden', timeout: patience });
  }
}
