import { UserList } from '../../src/model/userList.ts';
import type { ListChange } from '../../src/model/userList.ts';
import { FakeUsers, users } from './fakes.ts';

/** What the tests of {@link UserList} work with, new for each. */
export let server: FakeUsers;
export let list: UserList;
export let changes: ListChange[];
let clock: number;

/** Sets the time that a list takes for now, in ms. */
export function setClock(time: number): void {
  clock = time;
}

/** A list of so many users, of which nothing is read. */
export function begin(all: number | FakeUsers['all']): void {
  server = new FakeUsers(all);
  changes = [];
  clock = 1000;
  const changed = (change: ListChange) => {
    changes.push(change);
  };
  list = new UserList(server, changed, () => clock);
}

/** The ids of the invented users from a number up to, but without, another. */
export function ids(from: number, to: number): string[] {
  return users(from, to).map(({ id }) => id);
}

/** The ids in a list. */
export function shown(of = list): unknown[] {
  return of.elements.map((element) => (element as { id?: string } | null)?.id);
}

/** What each test of a suite begins and ends with. */
export function useFresh(): void {
  beforeEach(() => {
    begin(5000);
  });
}
