import { Agent, request } from 'undici';

import type { Tenant } from './tenant.ts';

/** How many users one request of the benches asks for. */
export const PAGE = 1000;

/** What a bare loop reads of an answer. */
interface Answer {
  readonly data: readonly unknown[];
  readonly page_info: { readonly has_next_page: boolean; readonly end_cursor: string | null };
}

/** The least that reads a tenant: undici alone, with nothing checked and nothing kept. */
export class BareLoop {
  readonly #tenant: Tenant;
  readonly #agent = new Agent();

  constructor(tenant: Tenant) {
    this.#tenant = tenant;
  }

  /**
   * Reads page after page and parses each.
   *
   * @returns the cursors that the pages were asked with, the first page's `undefined` included
   * @throws if there are other than so many users
   */
  async read(users: number): Promise<(string | undefined)[]> {
    const cursors: (string | undefined)[] = [];
    let count = 0;
    for (let cursor: string | undefined; count < users;) {
      cursors.push(cursor);
      const answer = (await (await this.#ask(cursor)).json()) as Answer;
      count += answer.data.length;
      cursor = answer.page_info.end_cursor ?? undefined;
      if (!answer.page_info.has_next_page) break;
    }
    if (count !== users) throw new Error(`${String(count)} of ${String(users)} users were read.`);
    return cursors;
  }

  /** Asks with each of the cursors, one after the other, and looks at no answer. */
  async roundTrips(cursors: readonly (string | undefined)[]): Promise<void> {
    for (const cursor of cursors) await (await this.#ask(cursor)).dump({ limit: Infinity });
  }

  /** Ends its connections. */
  async close(): Promise<void> {
    await this.#agent.close();
  }

  async #ask(cursor: string | undefined) {
    const query = new URLSearchParams({
      ...(cursor !== undefined && { after: cursor }),
      limit: String(PAGE),
    });
    const { body } = await request(`${this.#tenant.address}/users?${query.toString()}`, {
      dispatcher: this.#agent,
      headers: { authorization: `Bearer ${this.#tenant.token}` },
    });
    return body;
  }
}
