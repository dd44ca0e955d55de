import { readLumaAccount } from '../api/luma.ts';
import { isUser } from '../api/luminary.ts';
import type { LuminarySession } from '../connections/session.ts';
import type { Sessions } from '../connections/sessions.ts';
import { isJsonObject, ownValue } from '../http/json.ts';
import type { Json, JsonObject } from '../http/json.ts';
import { connectionOf } from '../tree/nodes.ts';
import type { ConnectionNode, Node, PageNode } from '../tree/nodes.ts';

/** A record with what identifies it. */
export interface KnownRecord {
  readonly id: string;
  readonly record: JsonObject;
}

/** Finds what stands behind rows of the tree. */
export class Records {
  readonly #sessions: Pick<Sessions, 'luma' | 'luminary'>;

  constructor(sessions: Pick<Sessions, 'luma' | 'luminary'>) {
    this.#sessions = sessions;
  }

  /** The accounts and users that rows stand for: a page and a connection for all that is loaded. */
  of(nodes: readonly Node[]): KnownRecord[] {
    const records = nodes.flatMap((node) => this.#recordsOf(node));
    return [...new Map(records.map((known) => [known.record, known])).values()];
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

  #recordsOf(node: Node): KnownRecord[] {
    switch (node.kind) {
      case 'user':
        return [{ id: node.record.id, record: node.record }];
      case 'account': {
        const record =
          this.#sessions.luma(connectionOf(node)?.id)?.accounts.get(node.key)?.record ?? null;
        return isJsonObject(record) ? [accountRecord(node.key, record)] : [];
      }
      case 'field':
        return this.#recordsOf(node.parent);
      case 'lookedUp':
        return userRecords(this.#sessions.luminary(connectionOf(node)?.id)?.lookedUp.users ?? []);
      case 'page':
        return userRecords(
          this.#sessions.luminary(connectionOf(node)?.id)?.pages.elements(node.index) ?? [],
        );
      case 'connection':
        return [
          ...userRecords(
            this.#sessions.luminary(connectionOf(node)?.id)?.pages.list.elements ?? [],
          ),
          ...(this.#sessions.luma(connectionOf(node)?.id)?.accounts.all ?? []).flatMap(
            ({ key, record }) => (isJsonObject(record) ? [accountRecord(key, record)] : []),
          ),
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

function accountRecord(key: string, record: JsonObject): KnownRecord {
  return { id: readLumaAccount(record).userId ?? key, record };
}

function userRecords(elements: readonly Json[]): KnownRecord[] {
  return elements.filter(isUser).map((record) => ({ id: record.id, record }));
}

/** A record's email, if it has one. */
export function emailOf(record: JsonObject): string | undefined {
  const email = ownValue(record, 'email');
  return typeof email === 'string' && email.trim() !== '' ? email.trim() : undefined;
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
