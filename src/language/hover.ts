import * as vscode from 'vscode';
import type { Settings } from '../connections/settings.ts';
import { isCancellation, isServiceError } from '../http/errors.ts';
import { withSignal } from '../words/cancellation.ts';
import type { Log } from '../words/log.ts';
import { answerCard } from './card.ts';
import type { Id } from './ids.ts';
import type { Answer, People } from './people.ts';

/** Says who has the id that the mouse rests on. */
export class Hovers {
  readonly #people: People;
  readonly #settings: Pick<Settings, 'hover'>;
  readonly #log: Log;

  constructor(people: People, settings: Pick<Settings, 'hover'>, log: Log) {
    this.#people = people;
    this.#settings = settings;
    this.#log = log;
  }

  /** What is shown at an id; undefined where there is nothing to say. */
  async provide(
    id: Id,
    range: vscode.Range,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const answer = await this.#answer(id, token);
    // Ids of Luma's kind stand everywhere and mean all kinds of things: it is no news that no
    // account has one.
    if (answer === undefined || (id.kind === 'account' && answer.kind !== 'found'))
      return undefined;
    if (answer.kind === 'failed' && !isServiceError(answer.error)) {
      this.#log.failure('hover', answer.error);
    }
    return new vscode.Hover(answerCard(id.text, answer, Date.now()), range);
  }

  async #answer(id: Id, token: vscode.CancellationToken): Promise<Answer | undefined> {
    if (this.#settings.hover !== 'on') return this.#people.known(id);
    try {
      return await withSignal(token, (signal) => this.#people.find(id, signal));
    } catch (error) {
      if (isCancellation(error)) return undefined;
      throw error;
    }
  }
}
