import { UserPages } from '../../src/model/userPages.ts';
import type { PagesChange } from '../../src/model/userPages.ts';
import { FakeUsers, users } from './fakes.ts';

/** What the tests of {@link UserPages} work with, new for each. */
export let server: FakeUsers;
export let pages: UserPages;
let changes: PagesChange[];

export const all: PagesChange = { kind: 'all' };
export const only = (...indexes: number[]): PagesChange => ({ kind: 'pages', indexes });

/** The pages of so many users, of which nothing is read. */
export function begin(everyone: number | FakeUsers['all'], pageSize = 100): void {
  server = new FakeUsers(everyone);
  changes = [];
  pages = new UserPages(
    server,
    pageSize,
    (change) => changes.push(change),
    () => 1000,
  );
}

/** The ids of the invented users from a number up to, but without, another. */
export function ids(from: number, to: number): string[] {
  return users(from, to).map(({ id }) => id);
}

/** The ids on a page. */
export function shown(index: number): unknown[] {
  return pages.elements(index).map((element) => (element as { id: string }).id);
}

/** How far each page is. */
export function states(): string[] {
  return Array.from({ length: pages.count }, (_, index) => pages.state(index).kind);
}

/** What has changed since this was last asked. */
export function changed(): PagesChange[] {
  return changes.splice(0);
}

/** What each test of a suite begins and ends with. */
export function useFresh(): void {
  beforeEach(() => {
    begin(1234);
  });
}
