import type { Locator, Page } from 'playwright-core';

import { keysArrive } from './keyboard.ts';
import { patience, until } from './until.ts';

/** What a question in VS Code's quick input shows. */
export interface Question {
  title: string;
  placeholder: string;
  /** The text under the field: what to enter, or what is wrong with what was entered. */
  message: string;
  value: string;
  /** Whether what is typed is hidden. */
  password: boolean;
}

/** A line of a quick pick. */
export interface Choice {
  label: string;
  description: string;
  detail: string;
  focused: boolean;
}

/** VS Code's quick input: the command palette, and the questions that commands ask. */
export class QuickInput {
  readonly #page: Page;
  readonly #widget: Locator;
  readonly #field: Locator;

  /** Of one window. */
  constructor(page: Page) {
    this.#page = page;
    // While it fades away, VS Code 1.139 makes it inert: it is closed by then.
    this.#widget = page.locator('.quick-input-widget:visible:not([inert])');
    this.#field = this.#widget.locator('.quick-input-box input');
  }

  /** Runs a command from the palette, by its title with or without its category, with the keyboard. */
  async runCommand(title: string): Promise<void> {
    const match = ({ label }: Choice) => label === title || label.endsWith(`: ${title}`);
    await this.#page.keyboard.press('F1');
    await until(
      `the command “${title}”`,
      async () => {
        await this.#fill(`>${title}`);
        return until('it', async () => (await this.choices()).some(match), undefined, 2000).catch(
          // The palette doesn't show commands that came after it: it has to be asked again.
          () => this.type('>').then(() => undefined),
        );
      },
      async () => (await this.choices()).map((choice) => choice.label).join('\n'),
    );
    await this.moveTo(match);
    await this.accept();
  }

  /** The titles of the palette's commands that fit to a text. Closes it again. */
  async commands(text: string): Promise<string[]> {
    await this.#open(`>${text}`);
    const all = await this.offered();
    await this.cancel();
    return all.map((choice) => choice.label);
  }

  /** Opens a file of the folder by its name. */
  async openFile(name: string): Promise<void> {
    await this.#open(name);
    await this.pick(name);
    await this.closed();
  }

  /** Opens the palette with a text. */
  async #open(text: string): Promise<void> {
    await this.#page.keyboard.press('F1');
    await this.#fill(text);
  }

  /** Types a text into the palette. */
  async #fill(text: string): Promise<void> {
    await until('the palette', async () => {
      // A tree that had the keyboard takes it back when its rows are redrawn in this moment.
      if (!(await this.#field.isVisible())) await this.#page.keyboard.press('F1');
      return this.#field.fill(text, { timeout: 1000 }).then(
        () => true,
        () => false,
      );
    });
  }

  /**
   * Waits for a question whose title, placeholder or message contains a text, and gives it. A text
   * that the question before it contains, too, waits for nothing.
   */
  async question(text: string | RegExp): Promise<Question> {
    return until(
      `a question with “${String(text)}”`,
      async () => {
        const now = await this.now();
        return now !== undefined && says(now, text) ? now : undefined;
      },
      async () => JSON.stringify([await this.now(), await this.choices()], undefined, 2),
    );
  }

  /** The question that is open now. */
  async now(): Promise<Question | undefined> {
    const [now] = await this.#widget.evaluateAll((widgets) =>
      widgets.map((widget) => {
        const text = (part: string) => widget.querySelector<HTMLElement>(part)?.innerText ?? '';
        const input = widget.querySelector<HTMLInputElement>('.quick-input-box input');
        return {
          title: text('.quick-input-title').trim(),
          placeholder: input?.placeholder ?? '',
          message: text('.quick-input-message').trim(),
          value: input?.value ?? '',
          password: input?.type === 'password',
        };
      }),
    );
    return now;
  }

  /** Replaces what stands in the field. */
  async type(text: string): Promise<void> {
    await this.#field.fill(text, { timeout: patience });
  }

  /** Accepts with Enter. */
  async accept(): Promise<void> {
    await this.#field.press('Enter', { timeout: patience });
  }

  /** Types an answer and accepts it. */
  async answer(text: string): Promise<void> {
    await this.type(text);
    await this.accept();
  }

  /**
   * Waits until the dialog for a file, whose title contains a text, has filled in what it suggests,
   * and gives that. What is typed before would be lost.
   */
  async suggestedFile(title: string): Promise<string> {
    await this.question(title);
    return until('a file to be suggested', async () => {
      const { value } = (await this.now()) ?? {};
      return value !== undefined && !value.endsWith('/') && value;
    });
  }

  /** Presses Back. */
  async back(): Promise<void> {
    await this.pressButton('Back');
  }

  /** Presses a button of the title bar, by its name. */
  async pressButton(name: string): Promise<void> {
    const button = this.#widget.locator('.quick-input-titlebar').getByRole('button', { name });
    await button.click({ timeout: patience });
  }

  /** Closes it with Escape. */
  async cancel(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await this.closed();
  }

  /** Waits until it is closed, and keys go to what is below it. */
  async closed(): Promise<void> {
    const nothing = async () => (await this.now()) === undefined;
    await until('the question to close', nothing, async () => JSON.stringify(await this.now()));
    await keysArrive(this.#page);
  }

  /** The lines that are in the window. */
  async choices(): Promise<Choice[]> {
    return this.#widget.locator('.monaco-list-row').evaluateAll((rows) =>
      rows
        .map((row) => {
          const text = (part: string) => row.querySelector(part)?.textContent.trim() ?? '';
          const line = '.quick-input-list-row:first-child';
          return {
            index: Number(row.getAttribute('data-index')),
            label: text(`${line} .label-name`),
            description: text(`${line} .label-description`),
            detail: text('.quick-input-list-row:nth-child(2) .label-name'),
            focused: row.classList.contains('focused'),
          };
        })
        .sort((a, b) => a.index - b.index)
        .map(({ label, description, detail, focused }) => ({
          label,
          description,
          detail,
          focused,
        })),
    );
  }

  /** The lines that are in the window, once there are any: a question comes before its lines. */
  async offered(): Promise<Choice[]> {
    return until('the lines', async () => {
      const choices = await this.choices();
      return choices.length > 0 && choices;
    });
  }

  /** Waits for a line with this label, moves to it with the keyboard and accepts. */
  async pick(label: string | RegExp): Promise<void> {
    await this.moveTo((choice) =>
      typeof label === 'string' ? choice.label === label : label.test(choice.label),
    );
    await this.accept();
  }

  /** Waits for such a line and moves to it with the arrow keys. */
  async moveTo(match: (choice: Choice) => boolean): Promise<void> {
    const seen = async () =>
      [
        ...(await this.choices()).map((c) => `${c.focused ? '>' : ' '} ${c.label}`),
        `The keyboard was at: ${await this.#keyboardAt()}`,
      ].join('\n');
    await until('the line', async () => (await this.choices()).some(match), seen);
    await until(
      'the line to have the focus',
      async () => {
        const choices = await this.choices();
        const at = choices.findIndex((choice) => choice.focused);
        const target = choices.findIndex(match);
        if (target === -1) return undefined;
        if (at === target) return true;
        await this.#page.keyboard.press(at < target ? 'ArrowDown' : 'ArrowUp');
        return undefined;
      },
      seen,
    );
  }

  /** The element that keys go to, by its tag and classes. */
  async #keyboardAt(): Promise<string> {
    return this.#page.evaluate(() => {
      const { activeElement: at } = document;
      return at === null ? 'nothing' : [at.tagName, ...at.classList].join(' ');
    });
  }
}

function says({ title, placeholder, message }: Question, text: string | RegExp): boolean {
  return [title, placeholder, message].some((part) => contains(part, text));
}

function contains(whole: string, part: string | RegExp): boolean {
  return typeof part === 'string' ? whole.includes(part) : part.test(whole);
}
