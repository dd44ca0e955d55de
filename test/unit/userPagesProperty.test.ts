import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isUser } from '../../src/api/luminary.ts';
import type { UsersAnswer, UsersQuery } from '../../src/api/luminary.ts';
import type { Json } from '../../src/http/json.ts';
import { UserPages } from '../../src/model/userPages.ts';
import type { PagesChange } from '../../src/model/userPages.ts';
import { answer, failure, user } from './fakes.ts';

/** What a server does with one request. */
type Move =
  | { readonly kind: 'fail' }
  | {
      readonly kind: 'answer';
      readonly data: readonly Json[];
      readonly cursor: 'fresh' | 'old' | 'none';
      readonly more: boolean;
      readonly total: number | undefined;
    };

const element = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 0, max: 60 }).map((number): Json => user(number)) },
  { weight: 1, arbitrary: fc.constantFrom<Json>(null, 'text', {}, { id: '' }, [1]) },
);

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Move>({ kind: 'fail' }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      data: fc.array(element, { maxLength: 12 }),
      cursor: fc.oneof(
        { weight: 30, arbitrary: fc.constant('fresh' as const) },
        { weight: 1, arbitrary: fc.constantFrom('old' as const, 'none' as const) },
      ),
      more: fc.oneof(
        { weight: 12, arbitrary: fc.constant(true) },
        { weight: 1, arbitrary: fc.constant(false) },
      ),
      total: fc.option(fc.integer({ min: 0, max: 200 }), { nil: undefined }),
    }),
  },
);

/** What a person does. */
const deed = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('open' as const),
      pages: fc.array(fc.nat(12), { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('refresh' as const) }) },
);

/** An answer that was sent. */
interface Sent {
  readonly after: string | undefined;
  readonly data: readonly Json[];
  readonly next: string | undefined;
  readonly more: boolean;
}

/** A server that does one move after the other, over and over, and notes what it has sent. */
class Misbehaving {
  readonly answers: Sent[] = [];
  requests = 0;
  readonly #moves: readonly Move[];
  #last: string | undefined;

  constructor(moves: readonly Move[]) {
    this.#moves = moves;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- a failure must be a rejection
  async users({ after }: UsersQuery): Promise<UsersAnswer> {
    const move = this.#moves[this.requests++ % this.#moves.length];
    assert.ok(move !== undefined);
    if (after === undefined) this.#last = undefined;
    if (move.kind === 'fail') throw failure();
    const fresh = `cursor ${this.requests}`;
    const next = { fresh, old: this.#last ?? fresh, none: undefined }[move.cursor];
    this.#last = next;
    this.answers.push({ after, data: move.data, next, more: move.more });
    return answer(move.data, next, { hasNextPage: move.more, totalCount: move.total });
  }

  /**
   * What was sent in the pass that goes on now: from the newest first answer, by each one's cursor
   * to the next, as far as that was asked for. Answers to cursors of older passes don't belong to it.
   */
  get sent(): Json[] {
    const sent: Json[] = [];
    const passed = new Set<string>();
    const newest = new Map(this.answers.map((one) => [one.after, one]));
    let now = newest.get(undefined);
    while (now !== undefined) {
      sent.push(...now.data);
      const { next, more } = now;
      if (!more || next === undefined || passed.has(next)) break;
      passed.add(next);
      now = newest.get(next);
    }
    return sent;
  }
}

/** What a person must see of what was sent: each user once, where it first came. */
function once(sent: readonly Json[]): Json[] {
  const ids = new Set<string>();
  return sent.filter((one) => !isUser(one) || (!ids.has(one.id) && ids.add(one.id)));
}

function shown(pages: UserPages): Json[] {
  return Array.from({ length: pages.count }, (_, index) => pages.elements(index)).flat();
}

describe('UserPages: whatever the server does', () => {
  it('every user sent in a pass is shown once, in the order received, and loading ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(move, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 20 }),
        fc.array(deed, { minLength: 1, maxLength: 6 }),
        async (moves, pageSize, deeds) => {
          const server = new Misbehaving(moves);
          const pages = new UserPages(server, pageSize, () => undefined);
          for (const deed of deeds) {
            const [before, requests] = [server.answers.length, server.requests];
            if (deed.kind === 'refresh') {
              const known = pages.known;
              const loaded = loadedPages(pages);
              await pages.refresh();
              assert.ok(loaded.every((i) => i >= pages.count || pages.state(i).kind === 'loaded'));
              // A refresh that failed has changed nothing; the pass before it goes on.
              if (known && pages.refreshError !== undefined) server.answers.length = before;
            } else await Promise.all(deed.pages.map((index) => pages.open(index)));
            assert.deepEqual(shown(pages), once(server.sent));
            assert.deepEqual(pages.list.elements, once(server.sent));
            // Each answer brings a new element, or is one of at most 50 in a row that don't.
            const most = (Math.max(pages.list.elements.length, 13 * pageSize) + 1) * 50;
            assert.ok(server.requests - requests <= most, 'loading ends');
            checkRanges(pages);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('what is redrawn is what has changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(move, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 20 }),
        fc.array(deed, { minLength: 1, maxLength: 6 }),
        async (moves, pageSize, deeds) => {
          const screen = new Screen();
          const server = new Misbehaving(moves);
          const pages = new UserPages(server, pageSize, (change) => {
            screen.follow(change, pages);
          });
          for (const deed of deeds) {
            if (deed.kind === 'refresh') await pages.refresh();
            else for (const index of deed.pages) screen.open(index, pages);
            await screen.settle();
            screen.check(pages);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('a person who opens every page again until nothing is left sees everything', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(move, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 20 }),
        async (moves, pageSize) => {
          const works = [...moves, { ...emptyAnswer, more: false }];
          const server = new Misbehaving(works);
          const pages = new UserPages(server, pageSize, () => undefined);
          for (let tries = 0; pages.list.end === undefined; tries++) {
            assert.ok(tries < 500, 'loading ends');
            await pages.open(Math.max(pages.count - 1, 0));
          }
          assert.deepEqual(shown(pages), once(server.sent));
          assert.equal(pages.count, Math.ceil(pages.list.elements.length / pageSize));
          for (let index = 0; index < pages.count; index++) {
            assert.equal(pages.state(index).kind, 'loaded');
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

function loadedPages(pages: UserPages): number[] {
  return [...Array(pages.count).keys()].filter((index) => pages.state(index).kind === 'loaded');
}

/** A tree that draws what it is told has changed, and nothing else. */
class Screen {
  #connection: unknown;
  #labels: unknown[] = [];
  /** The rows of the pages that are open. */
  readonly #rows = new Map<number, unknown>();
  readonly #loading = new Set<Promise<unknown>>();

  /** Draws an open page's rows; one that is not loaded begins to load with that. */
  open(index: number, pages: UserPages): void {
    if (pages.state(index).kind === 'notLoaded') {
      const loading: Promise<unknown> = pages.open(index).then(() => this.#loading.delete(loading));
      this.#loading.add(loading);
    }
    this.#rows.set(index, rowsOf(index, pages));
  }

  async settle(): Promise<void> {
    while (this.#loading.size > 0) await Promise.all(this.#loading);
  }

  follow(change: PagesChange, pages: UserPages): void {
    if (change.kind === 'all') {
      this.#connection = connectionOf(pages);
      this.#labels = labelsOf(pages);
    }
    for (const index of change.kind === 'all' ? [...this.#rows.keys()] : change.indexes) {
      this.#labels[index] = labelsOf(pages)[index];
      if (this.#rows.has(index) && index < Math.max(pages.count, 1)) this.open(index, pages);
    }
  }

  check(pages: UserPages): void {
    if (pages.known) assert.deepEqual(this.#connection, connectionOf(pages));
    assert.deepEqual(this.#labels.slice(0, pages.count), labelsOf(pages));
    for (const [index, rows] of this.#rows) {
      if (index < pages.count) assert.deepEqual(rows, rowsOf(index, pages));
    }
  }
}

function connectionOf({ count, total, stopped, beyond, refreshError }: UserPages): unknown {
  return { count, total, stopped, beyond, refreshError };
}

function labelsOf(pages: UserPages): unknown[] {
  return Array.from({ length: pages.count }, (_, index) => pages.range(index));
}

function rowsOf(index: number, pages: UserPages): unknown {
  const { kind } = pages.state(index);
  return { kind, elements: kind === 'loaded' ? pages.elements(index) : [] };
}

const emptyAnswer: Move = {
  kind: 'answer',
  data: [],
  cursor: 'fresh',
  more: true,
  total: undefined,
};

/** Pages stand side by side, none overlaps another, and each has what belongs to it. */
function checkRanges(pages: UserPages): void {
  for (let index = 0; index < pages.count; index++) {
    const { from, to } = pages.range(index);
    assert.equal(from, index * pages.pageSize);
    if (index < pages.count - 1) assert.equal(to, from + pages.pageSize);
    else assert.ok(to === undefined || (to > from && to <= from + pages.pageSize));
    const length = pages.elements(index).length;
    assert.ok(to === undefined || length <= to - from);
    if (pages.state(index).kind === 'loaded') assert.equal(length, (to ?? Number.NaN) - from);
  }
}
