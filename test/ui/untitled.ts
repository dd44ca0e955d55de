import { TextEditor } from '../hosts/textEditor.ts';
import { until } from '../hosts/until.ts';
import type { Person } from './fixture.ts';

/** An untitled text, in front of the person. */
export class Untitled {
  readonly #person: Person;

  private constructor(person: Person) {
    this.#person = person;
  }

  /** Opens one with a text, and puts the cursor at its beginning. */
  static async open(person: Person, text: string): Promise<Untitled> {
    await person.run('File: New Untitled Text File');
    await person.inFront('Untitled');
    const opened = new Untitled(person);
    await opened.focus();
    await person.setClipboard(text);
    await person.press('ControlOrMeta+v');
    // The clipboard is read meanwhile: a key that comes before the text would be in vain.
    await opened.shows(text);
    await person.press('ControlOrMeta+Home');
    return opened;
  }

  /** Waits until this stands there, blanks aside, in lines that are in sight. */
  async shows(text: string): Promise<void> {
    const lines = this.#person.page.locator('.editor-instance .view-line');
    const shown = async () => (await lines.allTextContents()).join('');
    const bare = (whole: string) => whole.replaceAll(/\s/g, '');
    await until(`“${text}”`, async () => bare(await shown()) === bare(text), shown);
  }

  /** Gives the keyboard to the editor; the cursors stay where they are. */
  async focus(): Promise<void> {
    await this.#person.run('View: Focus Active Editor Group');
    await new TextEditor(this.#person.page).focusTaken();
  }

  /** What stands there. */
  async text(): Promise<string> {
    await this.focus();
    return this.#person.copied(() => this.#person.press('ControlOrMeta+a', 'ControlOrMeta+c'));
  }

  /** What stands there after one step was undone. */
  async undone(): Promise<string> {
    await this.focus();
    await this.#person.press('ControlOrMeta+z');
    return this.text();
  }

  /** Closes it, whatever stands there. */
  async close(): Promise<void> {
    await this.#person.run('View: Revert and Close Editor');
  }
}
