import { Alarm } from './alarm.ts';
import type { Clock } from './alarm.ts';
import { Course } from './course.ts';
import type { Reading } from './course.ts';

/** Something that is loaded and can be read again. */
export interface Refreshable extends Reading {
  readonly id: string;
  /** Whether it is being read, by whomever. */
  readonly busy: boolean;
}

/** What is read again, and how. */
export interface RefreshPort {
  /** Everything that is loaded. */
  readonly all: () => readonly Refreshable[];
  /** Reads something again; how it went is in {@link all} afterwards. */
  readonly read: (id: string) => Promise<void>;
}

/** How long someone else's reading is waited for before it is looked at again, in ms. */
const BUSY_WAIT = 1000;

/**
 * Reads again by itself what is loaded, each thing on its own {@link Course}, none twice at the same
 * time and nothing while nobody looks. Between two readings one timer runs, and none if none is due.
 */
export class AutoRefresh {
  readonly #clock: Clock;
  readonly #port: RefreshPort;
  readonly #alarm: Alarm;
  readonly #courses = new Map<string, Course>();
  readonly #running = new Set<string>();
  #interval = 0;
  #watched = false;

  constructor(clock: Clock, port: RefreshPort) {
    this.#clock = clock;
    this.#port = port;
    this.#alarm = new Alarm(clock, () => {
      this.follow();
    });
  }

  /** Sets the interval in ms, 0 for never, and whether someone looks. */
  set(interval: number, watched: boolean): void {
    this.#interval = interval;
    this.#watched = watched;
    this.follow();
  }

  /** Takes in what has been read by others, reads what is due and waits for what is due next. */
  follow(): void {
    const all = this.#port.all();
    this.#look(all);
    if (this.#interval === 0 || !this.#watched) {
      this.#alarm.set(undefined);
      return;
    }
    const idle = all.filter(({ id }) => !this.#running.has(id));
    const now = this.#clock.now();
    const due = idle.filter(({ id, busy }) => !busy && this.#dueAt(id) <= now);
    const times = idle
      .filter((one) => !due.includes(one))
      .map(({ id, busy }) => Math.max(this.#dueAt(id), busy ? now + BUSY_WAIT : 0));
    this.#alarm.set(times.length === 0 ? undefined : Math.min(...times));
    for (const { id } of due) this.#read(id);
  }

  /** Ends it. What is being read goes on. */
  dispose(): void {
    this.set(0, false);
  }

  #look(all: readonly Refreshable[]): void {
    const now = this.#clock.now();
    const ids = new Set(all.map(({ id }) => id));
    for (const id of this.#courses.keys()) if (!ids.has(id)) this.#courses.delete(id);
    for (const one of all) {
      const course = this.#courses.get(one.id);
      if (course === undefined) this.#courses.set(one.id, new Course(one, now));
      else course.look(one, now);
    }
  }

  #dueAt(id: string): number {
    return this.#courses.get(id)?.due(this.#interval) ?? Infinity;
  }

  #read(id: string): void {
    if (this.#running.has(id)) return;
    this.#running.add(id);
    const end = () => {
      this.#running.delete(id);
      this.#courses.get(id)?.rest(this.#clock.now());
      this.follow();
    };
    this.#port.read(id).then(end, end);
  }
}
