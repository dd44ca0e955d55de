import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { until } from '../hosts/until.ts';
import type { Person } from './fixture.ts';

/** A file of the folder that is open, shown in an editor with the cursor at its beginning. */
export class TextFile {
  readonly #person: Person;
  readonly #path: string;

  private constructor(person: Person, name: string) {
    this.#person = person;
    this.#path = path.join(person.server.workspace, name);
  }

  /** Writes a file and opens it. */
  static async open(person: Person, name: string, text: string): Promise<TextFile> {
    const file = new TextFile(person, name);
    await writeFile(file.#path, text);
    await person.press('ControlOrMeta+p');
    await person.quickInput.question('Search files by name');
    await person.quickInput.type(name);
    await person.quickInput.pick(name);
    await person.inFront(name);
    await file.focus();
    return file;
  }

  /** Gives the keyboard to the editor, wherever in it the cursors are. */
  async focus(): Promise<void> {
    await this.#person.run('View: Focus Active Editor Group');
    await this.#person.page.locator('.editor-instance .monaco-editor.focused').waitFor();
  }

  /** Saves what stands in the editor, and gives it as it is in the file. */
  async saved(): Promise<string> {
    await this.focus();
    await this.#person.press('ControlOrMeta+s');
    const dirty = this.#person.page.locator('.tabs-container .tab.active.dirty');
    await until('the file to be saved', async () => (await dirty.count()) === 0);
    return readFile(this.#path, 'utf8');
  }

  /** Undoes one step, and gives what stands there then. */
  async undone(): Promise<string> {
    await this.focus();
    await this.#person.press('ControlOrMeta+z');
    return this.saved();
  }

  /** Closes it. */
  async close(): Promise<void> {
    await this.#person.run('View: Close Editor');
  }
}
