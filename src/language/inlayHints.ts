import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Settings } from '../connections/settings.ts';
import { isCancellation } from '../http/errors.ts';
import { oneLine } from '../http/text.ts';
import type { Log } from '../words/log.ts';
import { foundCard, foundName } from './card.ts';
import { idsIn } from './ids.ts';
import type { Id, Placed } from './ids.ts';
import type { Found, People } from './people.ts';

/** No hint is longer than this, in characters. */
const LENGTH = 40;

/** No more ids of one part of a document have hints. */
const MAX_HINTS = 500;

/** How long an id must stand where it does before it is asked for, in ms: it may be being typed. */
const REST = 300;

/** No more ids are asked for at once; what is beyond them is asked for when it is drawn again. */
const MAX_ASKED = 500;

/** Writes the name of whoever has an id after it. */
export class Hints {
  readonly #people: People;
  readonly #settings: Pick<Settings, 'hover'>;
  readonly #log: Log;
  readonly #shown = new WeakMap<vscode.InlayHint, { readonly id: string; readonly found: Found }>();
  readonly #asking = new Set<string>();

  constructor(people: People, settings: Pick<Settings, 'hover'>, log: Log) {
    this.#people = people;
    this.#settings = settings;
    this.#log = log;
  }

  /**
   * The hints in a part of a document as far as names are known; the others are asked for.
   *
   * @param changed hears when there are more
   */
  provide(
    document: vscode.TextDocument,
    range: vscode.Range,
    changed: () => void,
  ): vscode.InlayHint[] {
    return idsOf(document, range).flatMap(({ line, id }) => {
      const answer = this.#people.known(id);
      if (answer === undefined) this.#ask(id, () => stands(document, line, id), changed);
      return answer?.kind === 'found' ? this.#hint(line, id, answer.found) : [];
    });
  }

  /** Tells more of who has the id, once someone looks. */
  resolve(hint: vscode.InlayHint): vscode.InlayHint {
    const shown = this.#shown.get(hint);
    if (shown !== undefined) hint.tooltip = foundCard(shown.id, shown.found, Date.now());
    return hint;
  }

  #hint(line: number, { text, to }: Placed<Id>, found: Found): vscode.InlayHint {
    const name = oneLine(foundName(found), LENGTH);
    const hint = new vscode.InlayHint(new vscode.Position(line, to), name);
    hint.paddingLeft = true;
    this.#shown.set(hint, { id: text, found });
    return hint;
  }

  #ask(id: Id, stands: () => boolean, changed: () => void): void {
    const asking = this.#asking;
    if (this.#settings.hover !== 'on' || asking.has(id.text) || asking.size >= MAX_ASKED) return;
    asking.add(id.text);
    void this.#isNews(id, stands).then((news) => {
      asking.delete(id.text);
      if (news) changed();
    });
  }

  /** Whether there is something else to show: a name, or what stands now in the place of the id. */
  async #isNews(id: Id, stands: () => boolean): Promise<boolean> {
    await delay(REST);
    return !stands() || (await this.#isFound(id));
  }

  async #isFound(id: Id): Promise<boolean> {
    try {
      return (await this.#people.find(id))?.kind === 'found';
    } catch (error) {
      if (!isCancellation(error)) this.#log.failure('hints', error);
      return false;
    }
  }
}

function stands(document: vscode.TextDocument, line: number, id: Placed<Id>): boolean {
  if (document.isClosed || line >= document.lineCount) return false;
  return idsIn(document.lineAt(line).text).some(
    ({ text, from }) => text === id.text && from === id.from,
  );
}

function idsOf(
  document: vscode.TextDocument,
  { start, end }: vscode.Range,
): { readonly line: number; readonly id: Placed<Id> }[] {
  const found: { readonly line: number; readonly id: Placed<Id> }[] = [];
  // It may have become shorter since it was asked about.
  const last = Math.min(end.line, document.lineCount - 1);
  for (let line = start.line; line <= last && found.length < MAX_HINTS; line++) {
    found.push(...idsIn(document.lineAt(line).text).map((id) => ({ line, id })));
  }
  return found.slice(0, MAX_HINTS);
}
