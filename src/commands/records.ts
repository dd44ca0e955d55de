import { readLumaAccount } from '../api/luma.ts';
import { isUser } from '../api/luminary.ts';
import type { UserRecord } from '../api/luminary.ts';
import type { LuminarySession } from '../connections/session.ts';
import type { Sessions } from '../connections/sessions.ts';
import { isJsonObject } from '../http/json.ts';
import type { Json, JsonObject } from '../http/json.ts';
import type { Account } from '../model/accounts.ts';
import type { TextRecord } from '../model/formats/textRecord.ts';
import { connectionOf } from '../tree/nodes.ts';
import type { ConnectionNode, Node, PageNode } from '../tree/nodes.ts';

/** Finds what stands behind rows of the tree. */
export class Records {
  readonly #sessions: Pick<Sessions, 'luma' | 'luminary'>;

  constructor(sessions: Pick<Sessions, 'luma' | 'luminary'>) {
    this.#sessions = sessions;
  }

  /**
   * The accounts and users that rows stand for, each once: a page and a connection for all that is
   * loaded.
   */
  of(nodes: readonly Node[]): TextRecord[] {
    const records = nodes.flatMap((node) => this.#recordsOf(node));
    return [...new Map(records.map((known) => [identityOf(known), known])).values()];
  }

  /**
   * What is copied as JSON for one row: a record as received; the service's whole answer for a
   * page and a connection; undefined where there is nothing.
   */
  json(node: Node): Json | undefined {
    switch (node.kind) {
      case 'connection':
        return this.#wholeAnswer(node);
      case 'page': {
        const session = this.#sessions.luminary(connectionOf(node)?.id);
        return session && pageAnswer(session, node);
      }
      case 'lookedUp': {
        const found = this.#recordsOf(node).map(({ record }) => record);
        return found.length === 0 ? undefined : found;
      }
      case 'unreadable':
        return node.record;
      case 'account':
      case 'user':
      case 'field':
        return this.#recordsOf(node)[0]?.record;
      case 'pinned':
      case 'pin':
      case 'message':
      case 'unreadableConnection':
        return undefined;
    }
  }

  #recordsOf(node: Node): TextRecord[] {
    const connection = connectionOf(node)?.id ?? '';
    switch (node.kind) {
      case 'user':
        return [userRecord(connection, node.record)];
      case 'account': {
        const account = this.#sessions.luma(connection)?.accounts.get(node.key);
        return account === undefined ? [] : accountRecords(connection, [account]);
      }
      case 'field':
        return this.#recordsOf(node.parent);
      case 'lookedUp':
        return userRecords(connection, this.#sessions.luminary(connection)?.lookedUp.users);
      case 'page':
        return userRecords(
          connection,
          this.#sessions.luminary(connection)?.pages.elements(node.index),
        );
      case 'connection':
        return [
          ...userRecords(connection, this.#sessions.luminary(connection)?.pages.list.elements),
          ...accountRecords(connection, this.#sessions.luma(connection)?.accounts.all),
        ];
      case 'pinned':
      case 'pin':
      case 'unreadable':
      case 'unreadableConnection':
      case 'message':
        return [];
    }
  }

  #wholeAnswer(node: ConnectionNode): Json | undefined {
    const luma = this.#sessions.luma(connectionOf(node)?.id);
    if (luma !== undefined) {
      return Object.fromEntries(luma.accounts.all.map(({ key, record }) => [key, record]));
    }
    const { pages } = this.#sessions.luminary(connectionOf(node)?.id) ?? {};
    return pages && answer(pages.list.elements, pages.list.end !== 'complete', false, pages.total);
  }
}

/** Someone who was looked up has another record than the page that they stand on. */
function identityOf({ connection, service, key }: TextRecord): string {
  return JSON.stringify([connection, service, key]);
}

function accountRecords(connection: string, accounts: readonly Account[] = []): TextRecord[] {
  return accounts.flatMap(({ key, record }): TextRecord[] => {
    if (!isJsonObject(record)) return [];
    const id = readLumaAccount(record).userId ?? key;
    return [{ id, key, record, service: 'luma', connection }];
  });
}

function userRecords(connection: string, elements: readonly Json[] = []): TextRecord[] {
  return elements.filter(isUser).map((record) => userRecord(connection, record));
}

function userRecord(connection: string, record: UserRecord): TextRecord {
  return { id: record.id, key: record.id, record, service: 'luminary', connection };
}

/** A page in the shape of the service's answer, without the cursors, which fit only one request. */
function pageAnswer({ pages }: LuminarySession, { index }: PageNode): JsonObject {
  const { from, to } = pages.range(index);
  const last = pages.list.end === 'complete' && (to ?? from) >= pages.list.elements.length;
  return answer(pages.elements(index), !last, index > 0, pages.total);
}

function answer(
  elements: readonly Json[],
  hasNextPage: boolean,
  hasPreviousPage: boolean,
  total: number | undefined,
): JsonObject {
  return {
    data: [...elements],
    page_info: { has_next_page: hasNextPage, has_previous_page: hasPreviousPage },
    ...(total !== undefined && { total_count: total }),
  };
}
