import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { isServiceError } from '../../../src/http/errors.ts';
import type { ErrorReason } from '../../../src/http/errors.ts';
import { messageRow } from '../../../src/tree/messageRow.ts';
import { explain, explanationText } from '../../../src/words/errors.ts';
import type { LoadState } from '../../../src/model/accounts.ts';
import type { PageState } from '../../../src/model/userPages.ts';
import { World, mark } from './world.ts';
import type { Way } from './world.ts';

/** What is asked for while something is wrong. */
export type Ask = 'accounts' | 'account' | 'users' | 'page';

/** What must come of asking: a right answer, or a failure for a reason. */
export interface Outcome {
  readonly reason?: ErrorReason;
  /** How many requests it takes; at least and at most, where chance has a part in it. */
  readonly requests: number | readonly [least: number, most: number];
  /** How many token requests. */
  readonly signIns?: number;
  /** What stands in the failure's facts, or in its sentence. */
  readonly told?: RegExp;
}

/** A failure for a reason. */
export const fails = (reason: ErrorReason, requests: Outcome['requests'] = 1): Outcome => ({
  reason,
  requests,
});

/** A right answer. */
export const right = (requests: Outcome['requests'] = 1): Outcome => ({ requests });

/** The same outcome for everything that is asked for, but for some. */
export function all(
  outcome: Outcome,
  but: Partial<Record<Ask, Outcome>> = {},
): Partial<Record<Ask, Outcome>> {
  return { accounts: outcome, account: outcome, users: outcome, page: outcome, ...but };
}

/** One way in which things go wrong, and what must come of it. */
export interface FaultCase {
  readonly name: string;
  readonly way?: Way;
  /** Lets it go wrong, once something has been loaded. */
  readonly begin: (world: World) => void | Promise<void>;
  /** What is asked for then, and what comes of it. */
  readonly then: Partial<Record<Ask, Outcome>>;
  /** The time limit in ms while it is wrong, where that matters. */
  readonly limit?: number;
  /** Looks closer, while it is wrong. */
  readonly check?: (world: World) => void | Promise<void>;
  /** Whether the services hear nothing of it. */
  readonly unheard?: true;
  /** Whether the services themselves now say that other things are there. */
  readonly replaces?: true;
  /** Puts right what healing the server leaves. */
  readonly end?: (world: World) => void | Promise<void>;
}

const templates: Readonly<Record<Ask, string>> = {
  accounts: '/accounts',
  account: '/accounts/{key}',
  users: '/users',
  page: '/users',
};

/** Brings a fault about and takes it away again; throws where anything is not as it must be. */
export async function hold(fault: FaultCase): Promise<void> {
  const world = await World.start({ ...(fault.way && { way: fault.way }) });
  try {
    await world.load();
    const before = world.loaded;
    world.limit = fault.limit ?? world.limit;
    await fault.begin(world);
    // Each service is asked one thing after the other, both at the same time.
    await Promise.all([
      outcomes(world, fault, ['accounts', 'account']),
      outcomes(world, fault, ['users', 'page']),
    ]);
    if (fault.replaces !== true) assert.deepEqual(world.loaded, before, 'what was loaded is there');
    await fault.check?.(world);
    assertHarmless(world.lines, world);

    world.server.heal();
    world.detour = undefined;
    world.limit = 30_000;
    await fault.end?.(world);
    await assertWorks(world);
  } finally {
    await world.close();
  }
}

async function outcomes(world: World, fault: FaultCase, asks: readonly Ask[]): Promise<void> {
  for (const ask of asks) {
    const expected = fault.then[ask];
    if (expected === undefined) continue;
    const [template, line] = [templates[ask], world.lines.length];
    const heard = requestsHeard(world, template);
    const began = performance.now();
    const error = await failureOf(world, ask);
    const took = performance.now() - began;
    const lines = world.lines.slice(line).map((text) => text.split(' ')[1]);
    const requests = lines.filter((text) => text === template).length;
    assertReason(error, expected, ask);
    const [least, most] =
      typeof expected.requests === 'number'
        ? [expected.requests, expected.requests]
        : expected.requests;
    assert.ok(requests >= least && requests <= most, `${ask}: ${requests} requests`);
    if (fault.unheard !== true) {
      assert.equal(requestsHeard(world, template) - heard, requests, `${ask}: requests heard`);
    }
    if (ask === 'users' || ask === 'page') {
      const signIns = lines.filter((text) => text === '/oauth2/token').length;
      assert.equal(signIns, expected.signIns ?? 0, `${ask}: sign-ins`);
    }
    // Never a tight measure: what would hang is far beyond this.
    if (fault.limit !== undefined) assert.ok(took < 50 * fault.limit, `${ask}: ${took} ms`);
    if (error !== undefined) assertTold(error, expected, world);
  }
}

/** Asks, and gives the failure that is then to be seen. */
async function failureOf(world: World, ask: Ask): Promise<unknown> {
  const { accounts } = world.luma;
  const { pages } = world.luminary;
  switch (ask) {
    case 'accounts':
      await accounts.refresh();
      return accounts.refreshError;
    case 'account':
      await accounts.readDetails(world.account);
      return errorOf(accounts.get(world.account)?.details);
    case 'users':
      await pages.refresh();
      return pages.refreshError;
    case 'page':
      await pages.open(2);
      return errorOf(pages.state(2));
  }
}

function errorOf(state: LoadState | PageState | undefined): unknown {
  assert.ok(state === undefined || state.kind === 'failed' || state.kind === 'loaded', state?.kind);
  return state?.kind === 'failed' ? state.error : undefined;
}

function requestsHeard({ server }: World, template: string): number {
  return server.requests.filter(({ path }) => {
    const kind = path.includes('/accounts/')
      ? '/accounts/{key}'
      : path.slice(path.lastIndexOf('/'));
    return kind === template;
  }).length;
}

function assertReason(error: unknown, { reason }: Outcome, ask: Ask): void {
  if (error === undefined) {
    assert.equal(reason, undefined, `${ask}: nothing failed`);
    return;
  }
  assert.ok(isServiceError(error), `${ask}: something else failed`);
  assert.equal(error.reason, reason, `${ask}: ${error.message}`);
}

/** What a person is told, and what anybody could find in the error. */
function assertTold(error: unknown, { told }: Outcome, world: World): void {
  const explanation = explain(error);
  assert.match(explanation.sentence, /^[A-Z](?!.*[.?!] ).*[.?]$/, 'one sentence');
  const row = messageRow({ type: 'failed', error });
  if (told !== undefined) assert.match(`${row.label} ${row.description ?? ''}`, told);
  assertHarmless(
    [
      inspect(error, { depth: 9, showHidden: true, maxStringLength: Infinity }),
      JSON.stringify(error),
      (error as Error).stack ?? '',
      explanation.sentence,
      explanation.facts,
      explanationText(explanation),
      JSON.stringify(row),
    ],
    world,
  );
  assert.ok((row.description ?? '').length < 400 && !(row.description ?? '').includes('<'));
}

/** No secret, no email, and of a request nothing but what the log's lines may hold. */
function assertHarmless(texts: readonly string[], world: World): void {
  const { issued } = world.server.tokens;
  for (const text of texts) {
    assert.doesNotMatch(text, mark);
    assert.ok(!issued.some((token) => text.includes(token)), text);
    assert.ok(!text.includes(world.account), text);
  }
  for (const line of world.lines) {
    assert.match(
      line,
      /^(GET|POST) \/(accounts|accounts\/\{key\}|users|oauth2\/token) [\w. ]+ \d+ ms attempt [123] [\w.:]+$/,
    );
  }
}

/** Everything works again, and shows what the services have now. */
async function assertWorks(world: World): Promise<void> {
  const { accounts } = world.luma;
  const { pages } = world.luminary;
  await Promise.all([accounts.refresh(), pages.refresh()]);
  assert.equal(accounts.refreshError, undefined);
  assert.equal(pages.refreshError, undefined);
  assert.deepEqual(world.loaded.accounts, [...world.server.accounts.keys()]);
  await accounts.readDetails(world.account);
  assert.equal(accounts.get(world.account)?.details.kind, 'loaded');
  await pages.open(2);
  assert.equal(pages.state(2).kind, 'loaded');
  const { users } = world.server;
  const everyone = Array.from({ length: users.size }, (_, index) => users.at(index));
  assert.deepEqual(pages.list.elements, everyone);
}
