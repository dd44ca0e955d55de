import * as vscode from 'vscode';
import { plain } from '../words/plain.ts';

/** How a step ended: with an answer, with a wish to go back, or by leaving the whole flow. */
export type Answer<T> =
  | { readonly kind: 'given'; readonly value: T }
  | { readonly kind: 'back' }
  | { readonly kind: 'left' };

/** One step of a flow: asks something and says which step comes next. */
export type Step = (wizard: Wizard) => Promise<Outcome>;

/** What comes after a step. */
export type Outcome =
  | { readonly kind: 'next'; readonly step: Step }
  | { readonly kind: 'done' }
  | { readonly kind: 'back' }
  | { readonly kind: 'left' };

/** A question for one line of text. */
export interface TextQuestion {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  /** Is told what stands in the field whenever that was changed, so that it can stand there again. */
  readonly typed?: (value: string) => void;
  /** Hides what is typed. */
  readonly secret?: boolean;
  /** What is wrong with an answer; asked as one types. */
  readonly problem: (value: string) => string | undefined;
  /** What is odd about an answer that is taken all the same; asked as one types. */
  readonly doubt?: (value: string) => string | undefined;
  /** What was wrong with the answer that was given before. */
  readonly initialProblem?: string | undefined;
  /** Takes the time it needs to find out whether an answer will do; says what is wrong with it. */
  readonly check?: (value: string, signal: AbortSignal) => Promise<string | undefined>;
  /** A button beside the title that leads elsewhere. */
  readonly button?: { readonly icon: string; readonly tooltip: string; readonly pressed: Step };
}

/** One thing to choose. */
export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly iconPath?: vscode.IconPath;
  readonly value: T;
}

/** A question for a text, with some to choose from. */
export interface Suggestion<T> {
  readonly placeholder: string;
  readonly choices: readonly Choice<T>[];
  /** What is typed as a choice, or what is wrong with it. */
  readonly typed: (text: string) => Choice<T> | string;
}

/** A flow of steps through the editor's quick input, each of which can be gone back from. */
export class Wizard {
  readonly #title: string;
  readonly #before: Step[] = [];

  /** With a title that may hold names: it is shown as text. */
  constructor(title: string) {
    this.#title = plain(title);
  }

  /** Runs the flow from its first step; whether it came to its end. */
  async run(first: Step): Promise<boolean> {
    let step = first;
    for (;;) {
      const outcome = await step(this);
      switch (outcome.kind) {
        case 'next':
          this.#before.push(step);
          step = outcome.step;
          break;
        case 'back': {
          const previous = this.#before.pop();
          if (previous === undefined) return false;
          step = previous;
          break;
        }
        case 'done':
          return true;
        case 'left':
          return false;
      }
    }
  }

  /** Asks for one line of text. */
  async text(question: TextQuestion): Promise<Answer<string> | Outcome> {
    const box = this.#inputBox(question);
    const stop = new AbortController();
    const { promise, resolve, reject } = Promise.withResolvers<Answer<string> | Outcome>();
    box.onDidChangeValue((value) => {
      question.typed?.(value);
      // An empty box says what is missing when it is accepted, not while nothing was typed.
      box.validationMessage = value === '' ? undefined : remark(question, value);
    });
    box.onDidAccept(() => {
      accepted(box, question, stop.signal).then((value) => {
        if (value !== undefined) resolve({ kind: 'given', value });
      }, reject);
    });
    box.onDidTriggerButton((pressed) => {
      if (pressed === vscode.QuickInputButtons.Back) resolve({ kind: 'back' });
      else if (question.button) resolve({ kind: 'next', step: question.button.pressed });
    });
    box.onDidHide(() => {
      resolve({ kind: 'left' });
    });
    box.show();
    try {
      return await promise;
    } finally {
      stop.abort();
      box.dispose();
    }
  }

  #inputBox({ button, ...question }: TextQuestion): vscode.InputBox {
    const box = vscode.window.createInputBox();
    box.title = this.#title;
    box.prompt = question.prompt;
    box.placeholder = question.placeholder;
    box.value = question.value ?? '';
    box.password = question.secret ?? false;
    box.ignoreFocusOut = true;
    box.validationMessage = question.initialProblem;
    const own = button && {
      iconPath: new vscode.ThemeIcon(button.icon),
      tooltip: button.tooltip,
    };
    box.buttons = [...this.#backButtons, ...(own ? [own] : [])];
    return box;
  }

  get #backButtons(): readonly vscode.QuickInputButton[] {
    return this.#before.length > 0 ? [vscode.QuickInputButtons.Back] : [];
  }

  /** Lets one thing be chosen, under the flow's title or another; the active one is proposed. */
  async pick<T>(
    placeholder: string,
    choices: readonly Choice<T>[],
    title = this.#title,
    active?: T,
  ): Promise<Answer<T>> {
    const pick = this.#quickPick<T>(placeholder, title);
    pick.items = choices;
    const proposed = choices.find(({ value }) => value === active);
    if (proposed !== undefined) pick.activeItems = [proposed];
    return this.#chosen(pick);
  }

  /** Lets one of some texts be chosen, or another one be typed. */
  async suggest<T>({ placeholder, choices, typed }: Suggestion<T>): Promise<Answer<T>> {
    const pick = this.#quickPick<T>(placeholder, this.#title);
    pick.items = choices;
    pick.onDidChangeValue((text) => {
      const known = choices.some(({ label }) => label === text.trim());
      const own = text.trim() === '' || known ? [] : [typed(text)];
      pick.items = [
        ...own.map((one) => ({
          ...(typeof one === 'string' ? { label: one } : one),
          alwaysShow: true,
        })),
        ...choices,
      ];
    });
    // Whoever types fast presses Enter before the editor shows a line for what was typed.
    return this.#chosen(pick, (text) => (text.trim() === '' ? [] : [typed(text)]));
  }

  #quickPick<T>(placeholder: string, title: string): vscode.QuickPick<Line<T>> {
    const pick = vscode.window.createQuickPick<Line<T>>();
    pick.title = title;
    pick.placeholder = placeholder;
    pick.ignoreFocusOut = true;
    return pick;
  }

  async #chosen<T>(
    pick: vscode.QuickPick<Line<T>>,
    typed: (text: string) => readonly (Choice<T> | string)[] = () => [],
  ): Promise<Answer<T>> {
    const { promise, resolve } = Promise.withResolvers<Answer<T>>();
    pick.buttons = this.#backButtons;
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems.length > 0 ? pick.selectedItems : typed(pick.value);
      if (typeof chosen === 'object' && 'value' in chosen) {
        resolve({ kind: 'given', value: chosen.value });
      }
    });
    pick.onDidTriggerButton(() => {
      resolve({ kind: 'back' });
    });
    pick.onDidHide(() => {
      resolve({ kind: 'left' });
    });
    pick.show();
    try {
      return await promise;
    } finally {
      pick.dispose();
    }
  }
}

/** A line of a quick pick: a choice, or something that is said. */
type Line<T> = vscode.QuickPickItem | (Choice<T> & vscode.QuickPickItem);

/** What stands in a box, if it will do; else the box says what is wrong with it. */
async function accepted(
  box: vscode.InputBox,
  { problem, check }: TextQuestion,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (box.busy) return undefined;
  const { value } = box;
  let wrong = problem(value);
  if (wrong === undefined) {
    box.busy = true;
    box.enabled = false;
    wrong = await check?.(value, signal);
    box.busy = false;
    box.enabled = true;
  }
  if (wrong === undefined) return value;
  box.validationMessage = wrong;
  return undefined;
}

function remark(
  { problem, doubt }: TextQuestion,
  value: string,
): string | vscode.InputBoxValidationMessage | undefined {
  const wrong = problem(value);
  const odd = wrong ?? doubt?.(value);
  if (odd === undefined || wrong !== undefined) return wrong;
  return { message: odd, severity: vscode.InputBoxValidationSeverity.Warning };
}
