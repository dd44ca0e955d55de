import { BareLoop } from './bare.ts';
import { compared, median, timed } from './compare.ts';
import type { Pair, Timed } from './compare.ts';
import type { Measurement } from './figure.ts';
import { numberText } from './report.ts';
import { Stack, assertLoaded } from './stack.ts';
import { withTenant } from './tenant.ts';

/** How late the slow tenants answer, in ms. */
const LATENCY = 20;

/** Reading all users, against a bare loop that only parses. */
export async function reading(users: number): Promise<Measurement> {
  return against(users, 0, ({ stack, bare }) => ({
    ours: () => timed(() => stack.read(users)),
    bare: () => timed(() => bare.read(users)),
  }));
}

/** Reading all users with each answer late, against the round trips and nothing else. */
export async function readingLate(users: number): Promise<Measurement> {
  return against(users, LATENCY, async ({ stack, bare }) => {
    const cursors = await bare.read(users);
    return {
      ours: () => timed(() => stack.read(users)),
      bare: () => timed(() => bare.roundTrips(cursors)),
    };
  });
}

/** Refreshing so many loaded users with each answer late, against reading page after page. */
export async function refreshing(users: number): Promise<Measurement> {
  return against(users, LATENCY, async ({ stack, bare }) => {
    const pages = await stack.read(users);
    return {
      ours: async () => {
        const time = await timed(() => pages.refresh());
        assertLoaded(pages, users);
        return time;
      },
      bare: () => timed(() => bare.read(users)),
    };
  });
}

interface Readers {
  readonly stack: Stack;
  readonly bare: BareLoop;
}

async function against(
  users: number,
  latency: number,
  pair: (readers: Readers) => Pair | Promise<Pair>,
): Promise<Measurement> {
  return withTenant(users, latency, async (tenant) => {
    const readers = { stack: new Stack(tenant), bare: new BareLoop(tenant) };
    try {
      const { ours, bare } = await pair(readers);
      const work = { ours: new Work(), bare: new Work() };
      const { note = '', ...measurement } = await compared({
        ours: () => work.ours.during(ours),
        bare: () => work.bare.during(bare),
      });
      return { ...measurement, note: `${note}; at work ${work.ours.text} and ${work.bare.text}` };
    } finally {
      await readers.stack.close();
      await readers.bare.close();
    }
  });
}

/** The time that this process is at work in each run: on a busy machine it tells more than the clock. */
class Work {
  readonly #times: number[] = [];

  async during(run: Timed): Promise<number> {
    const before = process.cpuUsage();
    const time = await run();
    const { user, system } = process.cpuUsage(before);
    this.#times.push((user + system) / 1000);
    return time;
  }

  /** The median of all runs but the first, which doesn't count. */
  get text(): string {
    return `${numberText(median(this.#times.slice(1)))} ms`;
  }
}
