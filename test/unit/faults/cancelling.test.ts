import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import * as faults from '../../server/faults.ts';
import { tooManyRequests } from '../../server/retryAfter.ts';
import { paths } from '../../server/services.ts';
import { isOpen, settle } from '../fakes.ts';
import { planThrough, World } from './world.ts';
import type { Way } from './world.ts';

interface Point {
  readonly way?: Way;
  readonly begin: (world: World) => void;
  /** Resolves when what is to be cancelled has come so far. */
  readonly reached: (world: World) => Promise<unknown>;
}

const heard = ({ server }: World) => server.arrived(1);

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
};

/** The first answer has come, and the next request is waited for. */
const answered = ({ lines }: World) => until(() => lines.length > 0);

const points: Readonly<Record<string, Point>> = {
  'before the head': {
    begin: (world) => {
      world.spoil(faults.noAnswer);
    },
    reached: heard,
  },
  'after the head': {
    begin: (world) => {
      world.spoil(faults.headersThenSilence);
    },
    reached: heard,
  },
  'in a body that trickles': {
    begin: (world) => {
      world.spoil(faults.trickle());
    },
    reached: heard,
  },
  'in a back-off': {
    begin: (world) => {
      world.spoil(faults.respond(503));
    },
    reached: answered,
  },
  'in a pause that was asked for': {
    begin: (world) => {
      world.spoil(tooManyRequests('29'));
    },
    reached: answered,
  },
  'in a token request': {
    begin: ({ server }) => {
      server.tokens.revoke();
      server.fault({ path: paths.token, fault: faults.noAnswer });
      server.fault({ path: paths.accounts, fault: faults.noAnswer });
    },
    reached: ({ server }) => {
      const last: string[] = [paths.token, paths.accounts];
      return until(() => server.requests.some((request) => last.includes(request.path)));
    },
  },
  'while a proxy opens a tunnel': {
    way: 'https proxy',
    begin: (world) => {
      world.proxy.refusal = 'silent';
      world.plan = planThrough(world.proxy.address());
      world.proxy.requests.length = 0;
    },
    reached: ({ proxy }) => until(() => proxy.requests.length > 0),
  },
};

const asks: Readonly<Record<string, (world: World, signal: AbortSignal) => Promise<void>>> = {
  'the accounts': ({ luma }, signal) => luma.accounts.refresh(signal),
  'the users': ({ luminary }, signal) => luminary.pages.refresh(undefined, { signal }),
  'a page': ({ luminary }, signal) => luminary.pages.open(2, { signal }),
};

describe('Cancelling', () => {
  const times: number[] = [];

  for (const [point, { begin, reached, way }] of Object.entries(points)) {
    for (const [what, ask] of Object.entries(asks)) {
      it(`ends ${what} at once ${point}, and loses nothing`, async () => {
        const retry = { backOff: 60_000, random: () => 1 };
        const world = await World.start({ retry, ...(way && { way }) });
        try {
          await world.load();
          const before = world.loaded;
          world.server.requests.length = 0;
          world.lines.length = 0;
          begin(world);
          const stop = new AbortController();
          const asked = ask(world, stop.signal);
          await reached(world);
          assert.ok(await isOpen(asked));
          const began = performance.now();
          stop.abort();
          // A page says in its state that it was cancelled.
          await asked.catch((error: unknown) => {
            assert.equal(error, stop.signal.reason);
          });
          const took = performance.now() - began;
          times.push(took);
          // The time limit, the back-off and the pause are all of half a minute or more.
          assert.ok(took < 1000, `${took} ms`);
          assert.deepEqual(getEventListeners(stop.signal, 'abort'), []);
          assert.deepEqual(world.loaded, before);
          const { accounts } = world.luma;
          const { pages } = world.luminary;
          assert.equal(accounts.refreshError ?? pages.refreshError, undefined);
          assert.equal(accounts.state.kind, 'loaded');
          if (what === 'a page') assert.equal(pages.state(2).kind, 'cancelled');
          // Whoever asked for a token in the same moment would wait for the one that is given up.
          await settle();

          world.server.heal();
          world.proxy.refusal = undefined;
          if (way !== undefined) world.plan = planThrough(world.proxy.address());
          await ask(world, new AbortController().signal);
          await pages.open(2);
          assert.equal(pages.state(2).kind, 'loaded');
        } finally {
          await world.close();
        }
      });
    }
  }

  after(() => {
    const count = times.length;
    const longest = Math.max(...times).toFixed(1);
    console.log(
      `    Cancelling: ${count} cases at ${Object.keys(points).length} points, the slowest took ${longest} ms`,
    );
  });
});
