import { createHash } from 'node:crypto';
import { SOON } from './health.ts';
import type { Health } from './health.ts';

/** How an account is at a time. */
export interface Sighting {
  /** The id of its connection. */
  readonly connection: string;
  readonly key: string;
  readonly health: Health;
  /** When its session ends, in ms since the epoch. */
  readonly end: number | undefined;
}

/** What is to be told, and the marks that then stand for everything that was told. */
export interface Telling {
  readonly notices: readonly Sighting[];
  /** The very list that was given, if it need not be kept anew. */
  readonly marks: readonly string[];
}

/** How many marks are kept, the newest. */
const MOST_MARKS = 1000;

/**
 * Which accounts a person is told of: one whose session is about to end, once for each session, and
 * one that breaks while it is looked at: with an error, once until it works again, or because its
 * session has ended, unless that was told to be near. What is told is remembered as marks, which
 * hold a connection's id, a hash and a session's end, and outlast this window.
 */
export class Notices {
  #sightings: readonly Sighting[] = [];
  /** Whether each account works. */
  #works = new Map<string, boolean>();
  /** The accounts that have worked here and don't any more. */
  #broken = new Set<string>();
  readonly #mended = new Set<string>();
  /** The marks of what was told here. */
  readonly #told = new Set<string>();

  /** Takes in how all accounts are now. */
  look(sightings: readonly Sighting[]): void {
    const [before, broken] = [this.#works, this.#broken];
    this.#sightings = sightings;
    this.#works = new Map();
    this.#broken = new Set();
    for (const one of sightings) {
      const [name, working] = [nameOf(one), works(one)];
      this.#works.set(name, working);
      if (!working && (before.get(name) === true || broken.has(name))) this.#broken.add(name);
      // One that works when it is first seen may have been told of as broken before a restart.
      const told = mark(one, undefined);
      if (!working) this.#mended.delete(told);
      else if (before.get(name) !== true) this.#mended.add(told);
    }
  }

  /** What is to be told now, given the marks of what was told, in whichever window. */
  take(marks: readonly string[]): Telling {
    const left = marks.filter((known) => !this.#mended.has(known));
    for (const mended of this.#mended) this.#told.delete(mended);
    this.#mended.clear();
    const notices = this.#sightings.filter((one) => {
      const told = markOf(one);
      return this.#isDue(one) && !this.#told.has(told) && !left.includes(told);
    });
    const added = notices.map(markOf);
    for (const told of added) this.#told.add(told);
    const same = added.length === 0 && left.length === marks.length;
    return { notices, marks: same ? marks : [...left, ...added].slice(-MOST_MARKS) };
  }

  /** When the next account changes by the mere passing of time, in ms since the epoch. */
  nextChange(now: number): number | undefined {
    const times = this.#sightings
      .filter(works)
      .flatMap(({ end }) => (end === undefined ? [] : [end - SOON, end]))
      .filter((at) => at > now);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  #isDue(one: Sighting): boolean {
    return one.health.kind === 'endsSoon' || this.#broken.has(nameOf(one));
  }
}

/** The marks without those of a connection that is gone. */
export function withoutConnection(marks: readonly string[], id: string): readonly string[] {
  return marks.filter((told) => !told.startsWith(`${id} `));
}

function works({ health }: Sighting): boolean {
  return health.kind !== 'error' && health.kind !== 'expired';
}

function nameOf({ connection, key }: Sighting): string {
  return JSON.stringify([connection, key]);
}

function markOf(one: Sighting): string {
  return mark(one, one.health.kind === 'error' ? undefined : one.end);
}

/** The connection's id salts the hash: an account's key is mostly an email. */
function mark(one: Sighting, end: number | undefined): string {
  const hash = createHash('sha256').update(nameOf(one)).digest('base64url').slice(0, 16);
  return `${one.connection} ${hash} ${String(end ?? 'broken')}`;
}
