import { createSession } from '../../src/connections/session.ts';
import { LoggedTransport } from '../../src/http/logged.ts';
import { RetryingTransport } from '../../src/http/retry.ts';
import { UndiciTransport } from '../../src/http/undici.ts';
import type { UserPages } from '../../src/model/userPages.ts';
import { PAGE } from './bare.ts';
import type { Tenant } from './tenant.ts';

/** The product between the tree and the network, put together as the extension does it. */
export class Stack {
  readonly #tenant: Tenant;
  readonly #network = new UndiciTransport({ timeLimit: () => 30_000 });

  constructor(tenant: Tenant) {
    this.#tenant = tenant;
  }

  /** The tenant's users as pages of {@link PAGE}, of which none is loaded yet. */
  pages(): UserPages {
    const { address, token } = this.#tenant;
    const session = createSession(
      {
        kind: 'luminary',
        id: 'bench',
        name: 'bench',
        address,
        credential: { kind: 'token', token },
      },
      new RetryingTransport(new LoggedTransport(this.#network, silent)),
      PAGE,
      () => undefined,
    );
    if (session.kind !== 'luminary') throw new Error('This is no session of Luminary.');
    return session.pages;
  }

  /**
   * Loads so many users, checked and each once.
   *
   * @throws if there are other than so many
   */
  async read(users: number): Promise<UserPages> {
    const pages = this.pages();
    await pages.open(Math.ceil(users / PAGE) - 1);
    assertLoaded(pages, users);
    return pages;
  }

  /** Ends its connections. */
  async close(): Promise<void> {
    await this.#network.close();
  }
}

/** @throws if other than so many users are loaded */
export function assertLoaded(pages: UserPages, users: number): void {
  const count = pages.list.elements.length;
  if (count !== users || pages.refreshError !== undefined) {
    throw new Error(`${String(count)} of ${String(users)} users were read.`);
  }
}

const silent = { info: () => undefined, warn: () => undefined };
