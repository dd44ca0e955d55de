import type { UserPages } from '../userPages.ts';
import { UserIndex } from './userIndex.ts';

/** One index for each tenant's users, whoever looks through them; kept as long as its users are. */
export class UserIndexes {
  readonly #indexes = new WeakMap<Pick<UserPages, 'list'>, UserIndex>();

  /** The index of a tenant's users. */
  of(pages: Pick<UserPages, 'list'>): UserIndex {
    const known = this.#indexes.get(pages);
    const index = known ?? new UserIndex(() => pages.list.elements);
    this.#indexes.set(pages, index);
    return index;
  }
}
