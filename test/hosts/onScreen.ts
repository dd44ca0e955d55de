import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/**
 * What a window shows, in a few lines: its title, what has the keyboard, and the texts of the parts
 * that a test waits for. For failures where the picture can't be had.
 */
export async function onScreen(page: Page): Promise<string> {
  const hangs = sleep(5000, 'The window does not answer.', { ref: false });
  try {
    return await Promise.race([page.evaluate(look), hangs]);
  } catch (error) {
    return `The window can’t be looked at: ${String(error)}`;
  }
}

/** Runs in the page. */
function look(): string {
  const parts: Record<string, string> = {
    Dialog: '.monaco-dialog-box',
    'Quick input': '.quick-input-widget',
    Menu: '.monaco-menu',
    Hover: '.monaco-hover',
    Messages: '.notifications-toasts',
    Sidebar: '.part.sidebar',
    Editor: '.part.editor .editor-group-container.active',
  };
  const short = (text: string, length: number): string => {
    const line = text.replaceAll(/\s*\n\s*/g, ' · ').trim();
    return line.length > length ? `${line.slice(0, length)}…` : line;
  };
  const focused = document.activeElement;
  const by = focused?.getAttribute('aria-label') ?? focused?.className ?? '';
  // What is typed hidden stays so, invented though it is.
  const field = focused instanceof HTMLInputElement && focused.type !== 'password';
  const typed = field ? ` with “${short(focused.value, 80)}”` : '';
  const shown = Object.entries(parts).flatMap(([part, selector]) => {
    const elements = [...document.querySelectorAll<HTMLElement>(selector)];
    const text = elements
      .filter((element) => element.checkVisibility())
      .map((element) => element.innerText)
      .join('\n');
    return text.trim() === '' ? [] : [`${part}: ${short(text, 280)}`];
  });
  return [
    `Title: ${document.title}`,
    `Keyboard: ${focused?.tagName ?? 'nothing'} ${short(by, 120)}${typed}`,
    ...shown,
  ].join('\n');
}
