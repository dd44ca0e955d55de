// What Find User costs: its index's slices and memory, and what a keystroke takes.
import { MAX_LIMIT } from '../../src/api/luminary.ts';
import type { UsersAnswer } from '../../src/api/luminary.ts';
import type { Json } from '../../src/http/json.ts';
import { parseQuery } from '../../src/model/search/query.ts';
import { UserIndex } from '../../src/model/search/userIndex.ts';
import { UserPass } from '../../src/model/userPass.ts';
import { personAt } from '../../src/sample/people.ts';
import { collectGarbage } from './compare.ts';

/** What people type: each of these from its first letter on, then what is pasted whole. */
const typed = [
  'maria garcia',
  'łukasz wó',
  'doe jane',
  'zaynab',
  'e',
  'n',
  'user_01h',
  'oscar.m',
  '田中',
];
const pasted = [
  'user_01H9ZZZZZZZZZZZZZZZZZZZZZZ',
  'nobody.at.all',
  'qqq',
  '@example.org',
  'soren odegard',
];

const keystrokes = [
  ...typed.flatMap((text) => Array.from(text, (_, i) => text.slice(0, i + 1))),
  ...pasted,
];
const results = 200;

/** The longest slice of building an index over so many users, and all of them together, in ms. */
export async function indexBuilding(users: number): Promise<{ longest: number; total: number }> {
  const elements = passOf(answersOf(users)).elements;
  const index = new UserIndex(() => elements);
  // What making the users left behind is not to be cleared away in the index's time.
  collectGarbage();
  let last = performance.now();
  const begin = last;
  let longest = 0;
  const tick = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const built = index.build();
  tick();
  const ticking = (async () => {
    while (index.indexed < users) {
      await new Promise((resolve) => setImmediate(resolve));
      tick();
    }
  })();
  await Promise.all([built, ticking]);
  return { longest, total: performance.now() - begin };
}

/** The 95th percentile of a keystroke over so many indexed users, in ms; all queries, some rounds. */
export async function keystroke(users: number, rounds = 5): Promise<number> {
  const elements = passOf(answersOf(users)).elements;
  const index = new UserIndex(() => elements);
  await index.build();
  const times: number[] = [];
  for (let round = -1; round < rounds; round++) {
    for (const text of keystrokes) {
      const begin = performance.now();
      index.search(parseQuery(text), results);
      if (round >= 0) times.push(performance.now() - begin);
    }
  }
  times.sort((a, b) => a - b);
  return times[Math.ceil(times.length * 0.95) - 1] ?? NaN;
}

/** What so many loaded users keep in memory beyond their records, the index included, in bytes. */
export function heapBeyondRecords(users: number): number {
  const answers = answersOf(users);
  warmUp();
  const before = usedHeap();
  const pass = passOf(answers);
  const index = new UserIndex(() => pass.elements);
  index.search(parseQuery('jane'), results);
  const used = usedHeap() - before;
  // Used after the measurement, so that nothing of it is collected before.
  if (index.indexed !== users || answers.length === 0) throw new Error('Not all are indexed.');
  return used;
}

/** What is made once, whatever the number of users, is not theirs. */
function warmUp(): void {
  const elements = passOf(answersOf(MAX_LIMIT)).elements;
  new UserIndex(() => elements).search(parseQuery('jane'), results);
}

/** The service's answers as they are when they have been parsed. */
function answersOf(users: number): UsersAnswer[] {
  const answers: UsersAnswer[] = [];
  for (let from = 0; from < users; from += MAX_LIMIT) {
    const size = Math.min(MAX_LIMIT, users - from);
    const people = Array.from({ length: size }, (_, i) => personAt(from + i, 60));
    const more = from + size < users;
    answers.push({
      data: JSON.parse(JSON.stringify(people)) as Json[],
      hasNextPage: more,
      hasPreviousPage: from > 0,
      startCursor: undefined,
      endCursor: more ? String(from + size) : undefined,
      totalCount: users,
    });
  }
  return answers;
}

function passOf(answers: readonly UsersAnswer[]): UserPass {
  const pass = new UserPass();
  for (const answer of answers) pass.take(answer, MAX_LIMIT);
  return pass;
}

function usedHeap(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
