import * as vscode from 'vscode';
import { isUser, readUser } from '../api/luminary.ts';
import type { UserRecord } from '../api/luminary.ts';
import type { LuminarySession } from '../connections/session.ts';
import type { Connection } from '../connections/connection.ts';
import type { Sessions } from '../connections/sessions.ts';
import type { ConnectionStore } from '../connections/store.ts';
import { isCancellation } from '../http/errors.ts';
import { oneLine } from '../http/text.ts';
import { mergeFound } from '../model/search/merge.ts';
import { parseQuery } from '../model/search/query.ts';
import type { UserIndexes } from '../model/search/userIndexes.ts';
import { withSignal } from '../words/cancellation.ts';
import { plain } from '../words/plain.ts';
import { connectionText, foundCard, foundName } from './card.ts';
import type { Beginning } from './ids.ts';
import type { FoundUser } from './people.ts';

/** No list proposes more users than this. */
const MAX_PROPOSED = 50;

/** So many of those who have something of an email are looked at for its beginning. */
const MAX_LOOKED_AT = 500;

/** No email stands in the list with more characters than this. */
const LENGTH = 80;

/** Proposes loaded users where the id of one is being typed. */
export class Completions {
  readonly #store: Pick<ConnectionStore, 'get'>;
  readonly #sessions: Pick<Sessions, 'all'>;
  readonly #indexes: UserIndexes;
  readonly #proposed = new WeakMap<vscode.CompletionItem, FoundUser>();

  constructor(
    store: Pick<ConnectionStore, 'get'>,
    sessions: Pick<Sessions, 'all'>,
    indexes: UserIndexes,
  ) {
    this.#store = store;
    this.#sessions = sessions;
    this.#indexes = indexes;
  }

  /** The users who fit best to what is typed, for the word in a range. */
  async provide(
    beginning: Beginning,
    range: vscode.Range,
    token: vscode.CancellationToken,
  ): Promise<vscode.CompletionList> {
    const users = (await this.#find(beginning, token)).slice(0, MAX_PROPOSED);
    const items = users.map((user, place) => this.#item(user, place, beginning.typed, range));
    // What is typed next may lead to others than these: the editor has to ask again.
    return new vscode.CompletionList(items, true);
  }

  /** Tells more of a proposed user, once someone looks. */
  resolve(item: vscode.CompletionItem): vscode.CompletionItem {
    const found = this.#proposed.get(item);
    if (found !== undefined) item.documentation = foundCard(found.record.id, found, Date.now());
    return item;
  }

  async #find({ query, email }: Beginning, token: vscode.CancellationToken): Promise<FoundUser[]> {
    const tenants = this.#tenants();
    const indexes = tenants.map(({ session }) => this.#indexes.of(session.pages));
    try {
      await withSignal(token, (signal) => Promise.all(indexes.map((index) => index.build(signal))));
    } catch (error) {
      if (isCancellation(error)) return [];
      throw error;
    }
    const terms = parseQuery(query);
    const limit = email === undefined ? MAX_PROPOSED : MAX_LOOKED_AT;
    const founds = indexes.map((index) => index.search(terms, limit));
    return mergeFound(founds, limit).hits.flatMap(({ list, position }) => {
      const tenant = tenants[list];
      const record = tenant?.session.pages.list.elements[position] ?? null;
      if (tenant === undefined || !isUser(record) || !hasEmailFrom(record, email)) return [];
      return { kind: 'user', connection: tenant.connection, record };
    });
  }

  #tenants(): readonly { readonly connection: Connection; readonly session: LuminarySession }[] {
    return this.#sessions.all.flatMap(([id, session]) => {
      const connection = this.#store.get(id);
      return connection === undefined || session.kind === 'luma' ? [] : { connection, session };
    });
  }

  #item(
    found: FoundUser,
    place: number,
    typed: string,
    range: vscode.Range,
  ): vscode.CompletionItem {
    const name = foundName(found);
    const email = oneLine(readUser(found.record).email, LENGTH);
    const item = new vscode.CompletionItem(
      { label: plain(name), description: email === name ? '' : plain(email) },
      vscode.CompletionItemKind.User,
    );
    item.detail = plain(oneLine(connectionText(found.connection)));
    item.insertText = found.record.id;
    item.range = range;
    // The editor sifts and sorts by what is typed, of which a name or an email may have nothing.
    item.filterText = typed;
    item.sortText = String(place).padStart(3, '0');
    this.#proposed.set(item, found);
    return item;
  }
}

/** `user_id.` is somebody's code and not half of Mr David's email: it has to begin so. */
function hasEmailFrom(record: UserRecord, beginning: string | undefined): boolean {
  if (beginning === undefined) return true;
  return readUser(record).email.toLowerCase().startsWith(beginning.toLowerCase());
}
