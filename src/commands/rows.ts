import * as vscode from 'vscode';
import type { TextRecord } from '../model/formats/textRecord.ts';
import { errorOf, isLoaded } from '../tree/loader.ts';
import type { Node } from '../tree/nodes.ts';
import { subjectOf } from '../tree/subject.ts';
import type { Ask } from './ask.ts';
import { Records } from './records.ts';
import type { Services } from './services.ts';
import { tell } from './tell.ts';

/** The rows that commands are for, and what stands behind them. */
export class Rows {
  readonly records: Records;
  readonly #services: Pick<Services, 'sessions' | 'loader'>;
  readonly #ask: Ask;

  constructor(services: Pick<Services, 'sessions' | 'loader'>, ask: Ask) {
    this.records = new Records(services.sessions);
    this.#services = services;
    this.#ask = ask;
  }

  /**
   * The rows that a command is for, read if they have not been; one that the person chooses if
   * there are none. What could not be read is thrown: an answer that never came is not copied.
   */
  async chosen(nodes: readonly Node[], question: string): Promise<readonly Node[]> {
    await Promise.all(nodes.map((node) => this.#load(node)));
    return this.#ask.rows(nodes, question);
  }

  /**
   * The records of rows, after all users of a tenant that is among them have been read.
   *
   * @throws {@link ServiceError}, or the signal's reason when it was cancelled
   */
  async allRecords(nodes: readonly Node[]): Promise<TextRecord[]> {
    for (const node of nodes) {
      if (node.kind !== 'connection' || !this.#goesOn(node.id)) continue;
      await this.#services.loader.loadAll(node.id);
    }
    return this.records.of(nodes);
  }

  /** What is said of rows, and that it is a part where not all users of a tenant among them are loaded. */
  told(nodes: readonly Node[], said: string): string {
    const all = nodes.every((node) => {
      const session =
        node.kind === 'connection' ? this.#services.sessions.luminary(node.id) : undefined;
      return session === undefined || session.pages.list.end === 'complete';
    });
    return all ? said : vscode.l10n.t('{0} (only of what is loaded)', said);
  }

  #goesOn(connection: string): boolean {
    const session = this.#services.sessions.luminary(connection);
    return session !== undefined && session.pages.list.end === undefined;
  }

  async #load(node: Node): Promise<void> {
    if (node.kind !== 'connection' && node.kind !== 'page') return;
    const subject = subjectOf(node);
    if (subject === undefined) return;
    const { sessions, loader } = this.#services;
    const session = await sessions.open(subject.connection);
    if (session === undefined || isLoaded(session, subject)) return;
    await loader.load(subject);
    const error = errorOf(session, subject);
    if (error !== undefined) throw error as Error;
    if (!isLoaded(session, subject)) throw new DOMException('Cancelled', 'AbortError');
  }
}

/** Says that rows have nothing of what a command is for. */
export function tellNothing(): void {
  tell(vscode.l10n.t('There is nothing of that kind in what is selected.'));
}
