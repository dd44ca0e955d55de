import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { Connection } from '../../src/connections/connection.ts';
import type { LumaSession } from '../../src/connections/session.ts';
import type { ConnectionChange } from '../../src/connections/sessions.ts';
import type { AccountOrder } from '../../src/connections/settings.ts';
import type { JsonObject } from '../../src/http/json.ts';
import { Accounts } from '../../src/model/accounts.ts';
import { Glance } from '../../src/tree/glance.ts';
import type { GlanceParts, GlanceStatus, GlanceView } from '../../src/tree/glance.ts';
import { attentionText } from '../../src/tree/glanceTexts.ts';

const start = Date.UTC(2026, 4, 15, 12);
const [minute, hour, day] = [60_000, 3600_000, 24 * 3600_000];
const after = (ms: number) => new Date(start + ms).toISOString();

/** Something that fires, and knows how many listen. */
class Source<T> {
  readonly #listeners = new Set<(value: T) => void>();
  readonly listen = (listener: (value: T) => void) => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };

  get size(): number {
    return this.#listeners.size;
  }

  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
}

/** One Luma connection with its accounts, and a view that notes what it is told. */
class Stage {
  readonly store = new Source<void>();
  readonly settings = new Source<void>();
  readonly changes = new Source<ConnectionChange>();
  readonly visibility = new Source<void>();
  readonly told: GlanceStatus[] = [];
  redrawn: (readonly [id: string, keys: readonly string[] | undefined])[] = [];
  records: Record<string, JsonObject>;
  order: AccountOrder = 'service';
  visible = true;
  sample = false;
  /** For how long in ms the clock has gone on without any timer. */
  slept = 0;
  readonly accounts: Accounts;
  readonly glance: Glance;

  constructor(records: Record<string, JsonObject>) {
    this.records = records;
    this.accounts = new Accounts(
      {
        accounts: () =>
          Promise.resolve(Object.entries(this.records).map(([key, record]) => ({ key, record }))),
        account: (key) => Promise.resolve({ ...this.records[key], sessionValid: true }),
      },
      (change) => {
        this.changes.fire({ id: 'one', change });
      },
    );
    const session = { kind: 'luma', accounts: this.accounts } as LumaSession;
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    const stage = this;
    const connection = () =>
      ({
        kind: 'luma',
        id: 'one',
        name: 'studio',
        ...(this.sample && { sample: true }),
      }) as Connection;
    const parts: GlanceParts = {
      store: { get: connection, onDidChange: this.store.listen },
      sessions: {
        all: [['one', session]],
        luma: () => session,
        onDidChange: this.changes.listen,
      },
      settings: {
        get sortAccounts() {
          return stage.order;
        },
        onDidChange: this.settings.listen,
      },
    };
    const view: GlanceView = {
      get visible() {
        return stage.visible;
      },
      onDidChangeVisibility: this.visibility.listen,
      tell: (status) => {
        this.told.push(status);
      },
      redraw: (id, keys) => {
        this.redrawn.push([id, keys]);
      },
    };
    this.glance = new Glance(parts, view, () => Date.now() + this.slept);
  }

  show(visible: boolean): void {
    this.visible = visible;
    this.visibility.fire();
  }

  /** What was redrawn since this was asked last. */
  takeRedrawn(): typeof this.redrawn {
    const { redrawn } = this;
    this.redrawn = [];
    return redrawn;
  }
}

describe('What the view says of accounts', () => {
  let stage: Stage | undefined;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: start });
  });

  afterEach(() => {
    stage?.glance.dispose();
    stage = undefined;
    mock.timers.reset();
  });

  async function open(records: Record<string, JsonObject>): Promise<Stage> {
    stage = new Stage(records);
    await stage.accounts.refresh();
    stage.takeRedrawn();
    return stage;
  }

  /** Lets the time pass in steps of a minute, as timers set anew need it. */
  function pass(ms: number): void {
    for (let left = ms; left > 0; left -= minute) mock.timers.tick(Math.min(left, minute));
  }

  it('draws an account anew when its words change, and no other', async () => {
    const opened = await open({
      soon: { luma_session_expires: after(30 * day + 2 * hour) },
      later: { luma_session_expires: after(29 * day + 12 * hour) },
      never: {},
    });
    pass(2 * hour);
    assert.deepEqual(opened.takeRedrawn(), []);
    pass(minute);
    assert.deepEqual(opened.takeRedrawn(), [['one', ['soon']]], 'a month has become 29 days');
    pass(10 * hour);
    assert.deepEqual(opened.takeRedrawn(), [['one', ['later']]], '29 days have become 28');
  });

  it('draws the connection anew when its own words change', async () => {
    const opened = await open({
      a: { concurrency: 4, executing: 1, luma_session_expires: after(7 * day + hour + 30_000) },
      b: { concurrency: 2, executing: 0 },
    });
    assert.deepEqual(opened.told.at(-1), { badge: undefined, description: '5 slots free' });
    pass(hour);
    assert.deepEqual(opened.takeRedrawn(), []);
    pass(minute);
    assert.deepEqual(opened.takeRedrawn(), [['one', undefined]], 'it needs attention');
    const tooltip = '1 Luma account needs attention: a; 5 slots free';
    assert.deepEqual(opened.told.at(-1), {
      badge: { value: 1, tooltip },
      description: '5 slots free',
    });
    mock.timers.tick(7 * day);
    assert.equal(opened.told.at(-1)?.description, '2 slots free', 'its session has ended');
  });

  it('tells the view nothing that it knows', async () => {
    const opened = await open({ a: { error: 'No credits' } });
    const count = opened.told.length;
    opened.store.fire();
    opened.settings.fire();
    pass(hour);
    assert.equal(opened.told.length, count);
    assert.deepEqual(opened.takeRedrawn(), []);
  });

  it('waits with one timer, while the view is hidden for what changes the badge alone', async () => {
    const opened = await open({ a: { luma_session_expires: after(30 * day - minute) } });
    const set = mock.method(globalThis, 'setTimeout');
    const clear = mock.method(globalThis, 'clearTimeout');
    try {
      opened.show(false);
      assert.equal(set.mock.callCount(), 1);
      pass(2 * day);
      assert.deepEqual(opened.takeRedrawn(), [], 'nobody sees it');
      opened.show(true);
      assert.deepEqual(opened.takeRedrawn(), [['one', ['a']]]);
      for (let i = 0; i < 5; i++) opened.settings.fire();
      opened.glance.dispose();
      const timers = set.mock.calls.map(({ result }) => result);
      const cleared = new Set(clear.mock.calls.map(({ arguments: [timer] }) => timer));
      const looks = (2 * day) / (10 * minute);
      assert.equal(timers.length, 1 + looks + 6);
      assert.ok(
        timers.every((timer) => cleared.has(timer)),
        'each is ended before the next',
      );
    } finally {
      set.mock.restore();
      clear.mock.restore();
    }
  });

  it('keeps the badge true while the view is hidden', async () => {
    const opened = await open({ a: { luma_session_expires: after(8 * day) } });
    opened.show(false);
    mock.timers.tick(day - minute);
    assert.equal(opened.told.at(-1)?.badge, undefined);
    mock.timers.tick(2 * minute);
    assert.equal(opened.told.at(-1)?.badge?.value, 1);
    assert.deepEqual(opened.takeRedrawn(), []);
  });

  it('wants no timer where nothing changes by itself', async () => {
    const set = mock.method(globalThis, 'setTimeout');
    try {
      await open({ a: {}, b: { luma_session_expires: 'never' } });
      assert.equal(set.mock.callCount(), 0);
    } finally {
      set.mock.restore();
    }
  });

  it('looks again after ten minutes at the latest, for a computer that has slept', async () => {
    const opened = await open({ a: { luma_session_expires: after(20 * day) } });
    opened.slept = 3 * day;
    mock.timers.tick(10 * minute);
    assert.deepEqual(opened.takeRedrawn(), [['one', ['a']]]);
  });

  it('draws nothing anew more often than it has to while a session ends', async () => {
    const opened = await open({ a: { luma_session_expires: after(1.5 * minute) } });
    const steps: number[] = [];
    for (let second = 1; second <= 180; second++) {
      mock.timers.tick(1000);
      if (opened.takeRedrawn().length > 0) steps.push(second);
    }
    // In a minute, this minute, expired this minute, expired a minute ago.
    assert.deepEqual(steps, [31, 90, 150]);
  });

  it('keeps the times under an opened account true', async () => {
    const opened = await open({ a: { refresh_last: after(-30_000) } });
    pass(2 * minute);
    assert.deepEqual(opened.takeRedrawn(), [], 'it is closed');
    await opened.accounts.readDetails('a');
    opened.takeRedrawn();
    pass(minute);
    assert.deepEqual(opened.takeRedrawn(), [['one', ['a']]]);
  });

  it('draws the connection anew when the order changes, by the setting or with the time', async () => {
    const opened = await open({
      idle: {},
      soon: { luma_session_expires: after(2.5 * day) },
      ends: { luma_session_expires: after(7 * day + 30_000) },
    });
    opened.order = 'attention';
    opened.settings.fire();
    assert.deepEqual(opened.takeRedrawn(), [['one', undefined]]);
    opened.settings.fire();
    assert.deepEqual(opened.takeRedrawn(), []);
    pass(minute);
    assert.deepEqual(opened.takeRedrawn(), [['one', undefined]]);
  });

  it('draws nothing that the tree draws by itself', async () => {
    const opened = await open({ a: { executing: 0 }, b: {} });
    opened.records = { a: { executing: 2, concurrency: 4 }, c: { error: 'broken' } };
    await opened.accounts.refresh();
    assert.deepEqual(opened.takeRedrawn(), []);
    await opened.accounts.readDetails('a');
    assert.deepEqual(opened.takeRedrawn(), []);
  });

  it('draws the connection when an account’s details change what its row says', async () => {
    const opened = await open({ a: {} });
    opened.records = { a: { error: 'broken' } };
    await opened.accounts.readDetails('a');
    assert.deepEqual(opened.takeRedrawn(), [['one', undefined]]);
  });

  it('asks for no attention to sample data', async () => {
    stage = new Stage({ a: { error: 'broken', concurrency: 4 }, b: { concurrency: 4 } });
    stage.sample = true;
    await stage.accounts.refresh();
    assert.deepEqual(stage.told.at(-1), { badge: undefined, description: undefined });
  });

  it('listens to nobody any more when it is disposed of', async () => {
    const opened = await open({ a: { luma_session_expires: after(hour) } });
    opened.glance.dispose();
    pass(2 * hour);
    assert.deepEqual(opened.takeRedrawn(), []);
    const { store, settings, changes, visibility } = opened;
    assert.deepEqual([store.size, settings.size, changes.size, visibility.size], [0, 0, 0, 0]);
  });
});

describe('The text of the badge', () => {
  it('names the accounts, ten of them at most', () => {
    assert.equal(
      attentionText(['a@example.com'], undefined),
      '1 Luma account needs attention: a@example.com',
    );
    const many = Array.from({ length: 12 }, (_, index) => `a${String(index)}`);
    assert.equal(
      attentionText(many, 0),
      '12 Luma accounts need attention: a0, a1, a2, a3, a4, a5, a6, a7, a8, a9 and 2 more; no slot free',
    );
    assert.ok(!attentionText(many.slice(0, 10), 1).includes('more'));
    const thousands = Array.from({ length: 1210 }, () => 'a');
    assert.match(attentionText(thousands, 0), /^1,210 Luma accounts need .* and 1,200 more;/);
  });

  it('stays text, whatever a name holds', () => {
    const text = attentionText(['[x](command:y)', '$(trash)\n\u202eb', 'x'.repeat(500)], 1);
    assert.ok(!text.includes('](') && !text.includes('$(') && !/[\n\u202e]/.test(text));
    assert.ok(text.length < 200);
  });
});
