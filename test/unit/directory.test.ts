import assert from 'node:assert/strict';
import type { UserRecord } from '../../src/api/luminary.ts';
import { UserDirectory } from '../../src/model/directory.ts';
import { because, failure, isOpen, settle, user } from './fakes.ts';

const MINUTE = 60_000;

let there: Map<string, UserRecord>;
let loaded: Map<string, UserRecord>;
let asked: string[];
let broken: Error | undefined;
/** Answers are held back while it is set. */
let held: PromiseWithResolvers<void> | undefined;
let atOnce: number;
let most: number;
let now: number;
let changed: string[];
let directory: UserDirectory;

beforeEach(() => {
  there = new Map([1, 2, 3].map((n) => [user(n).id, user(n)]));
  loaded = new Map();
  asked = [];
  broken = undefined;
  held = undefined;
  atOnce = 0;
  most = 0;
  now = 0;
  changed = [];
  const client = {
    async user(id: string, signal?: AbortSignal) {
      signal?.throwIfAborted();
      asked.push(id);
      most = Math.max(most, ++atOnce);
      await held?.promise;
      atOnce--;
      signal?.throwIfAborted();
      const found = there.get(id);
      if (broken !== undefined) throw broken;
      if (found === undefined) throw failure('notFound');
      return found;
    },
  };
  directory = new UserDirectory(
    client,
    (id) => loaded.get(id),
    (id) => changed.push(id),
    () => now,
  );
});

describe('The directory of users', () => {
  it('asks for nobody who is loaded', async () => {
    loaded.set(user(1).id, user(1));
    assert.deepEqual(directory.known(user(1).id), user(1));
    assert.deepEqual(await directory.find(user(1).id), user(1));
    assert.deepEqual(asked, []);
  });

  it('asks once for all who ask at the same time, and remembers the answer', async () => {
    const { id } = user(2);
    assert.equal(directory.known(id), undefined);
    const found = await Promise.all(Array.from({ length: 50 }, () => directory.find(id)));
    assert.deepEqual(new Set(found), new Set([there.get(id)]));
    now += 24 * 60 * MINUTE;
    assert.equal(await directory.find(id), there.get(id));
    assert.equal(directory.known(id), there.get(id));
    assert.deepEqual(asked, [id]);
  });

  it('prefers what was loaded since', async () => {
    await directory.find(user(1).id);
    loaded.set(user(1).id, user(1, { first_name: 'June' }));
    assert.equal((await directory.find(user(1).id))?.['first_name'], 'June');
    assert.equal(directory.known(user(1).id)?.['first_name'], 'June');
  });

  it('remembers for ten minutes that nobody has an id', async () => {
    assert.equal(await directory.find('user_nobody'), undefined);
    assert.equal(directory.known('user_nobody'), null);
    now = 10 * MINUTE - 1;
    assert.equal(await directory.find('user_nobody'), undefined);
    assert.equal(asked.length, 1);
    now = 10 * MINUTE;
    assert.equal(directory.known('user_nobody'), undefined);
    there.set('user_nobody', user(7, { id: 'user_nobody' }));
    assert.equal((await directory.find('user_nobody'))?.id, 'user_nobody');
    assert.equal(asked.length, 2);
  });

  it('remembers a failure for half a minute, and knows nothing by it', async () => {
    broken = failure('serverError');
    await assert.rejects(directory.find(user(1).id), because('serverError'));
    assert.equal(directory.known(user(1).id), undefined);
    now = MINUTE / 2 - 1;
    broken = undefined;
    await assert.rejects(directory.find(user(1).id), because('serverError'));
    assert.equal(asked.length, 1);
    now = MINUTE / 2;
    assert.equal(await directory.find(user(1).id), there.get(user(1).id));
  });

  it('hands on a mistake of our own, and asks again after it', async () => {
    broken = new TypeError('no');
    await assert.rejects(directory.find(user(1).id), TypeError);
    broken = undefined;
    assert.equal(await directory.find(user(1).id), there.get(user(1).id));
  });

  it('has at most four requests under way', async () => {
    held = Promise.withResolvers();
    const finding = Array.from({ length: 20 }, (_, n) => directory.find(`user_${String(n)}`));
    await settle();
    assert.equal(asked.length, 4);
    held.resolve();
    await Promise.all(finding);
    assert.deepEqual([asked.length, most], [20, 4]);
  });

  it('lets one who asks leave, and the others have their answer', async () => {
    held = Promise.withResolvers();
    const stop = new AbortController();
    const [leaving, staying] = [
      directory.find(user(1).id, stop.signal),
      directory.find(user(1).id),
    ];
    stop.abort();
    await assert.rejects(leaving, { name: 'AbortError' });
    assert.ok(await isOpen(staying));
    held.resolve();
    assert.equal(await staying, there.get(user(1).id));
    assert.equal(asked.length, 1);
  });

  it('remembers nothing of what all have left, and asks once for those who come after', async () => {
    held = Promise.withResolvers();
    const stop = new AbortController();
    const leaving = directory.find(user(1).id, stop.signal);
    stop.abort();
    await assert.rejects(leaving, { name: 'AbortError' });
    const later = [directory.find(user(1).id), directory.find(user(1).id)];
    held.resolve();
    assert.deepEqual(await Promise.all(later), [there.get(user(1).id), there.get(user(1).id)]);
    assert.equal(asked.length, 2);
  });

  it('goes on asking for those who only passed by, and asks once', async () => {
    held = Promise.withResolvers();
    const { id } = user(1);
    for (let again = 0; again < 10; again++) {
      const stop = new AbortController();
      const passing = directory.findOnce(id, stop.signal);
      await settle();
      stop.abort();
      await assert.rejects(passing, { name: 'AbortError' });
    }
    held.resolve();
    await settle();
    assert.deepEqual(directory.known(id), user(1));
    assert.equal(await directory.findOnce(id, new AbortController().signal), there.get(id));
    assert.deepEqual(asked, [id]);
    await assert.rejects(directory.findOnce(id, AbortSignal.abort()), { name: 'AbortError' });
  });

  it('remembers what failed though those who passed by have left', async () => {
    held = Promise.withResolvers();
    broken = failure('serverError');
    const stop = new AbortController();
    const passing = directory.findOnce(user(1).id, stop.signal);
    await settle();
    stop.abort();
    await assert.rejects(passing, { name: 'AbortError' });
    held.resolve();
    await settle();
    await assert.rejects(directory.find(user(1).id), because('serverError'));
    assert.equal(asked.length, 1);
  });

  it('asks for nobody whose turn comes when all have passed by', async () => {
    held = Promise.withResolvers();
    const stop = new AbortController();
    const others = [4, 5, 6, 7].map((n) => directory.find(user(n).id));
    const passing = directory.findOnce(user(1).id, stop.signal);
    await settle();
    stop.abort();
    await assert.rejects(passing, { name: 'AbortError' });
    held.resolve();
    await Promise.all(others);
    await settle();
    assert.equal(asked.includes(user(1).id), false);
    assert.equal(await directory.find(user(1).id), there.get(user(1).id));
  });

  it('asks for nothing where the signal is aborted already', async () => {
    await assert.rejects(directory.find(user(1).id, AbortSignal.abort()), { name: 'AbortError' });
    assert.deepEqual(asked, []);
  });

  it('forgets what it remembered when it is told to', async () => {
    await directory.find(user(1).id);
    directory.forget();
    assert.equal(directory.known(user(1).id), undefined);
    await directory.find(user(1).id);
    assert.equal(asked.length, 2);
  });

  it('forgets failures as if nobody had asked, but not what was found before', async () => {
    const [known, unknown] = [user(1).id, user(2).id];
    await directory.find(known);
    broken = failure('forbidden');
    for (const id of [known, unknown]) await directory.renew(id);
    assert.equal(directory.state(unknown).kind, 'failed');
    directory.forget();
    assert.deepEqual(directory.state(unknown), { kind: 'unknown' });
    const state = directory.state(known);
    assert.ok(state.kind === 'found' && state.user.id === known && state.error === undefined);
    assert.equal(directory.known(known), undefined, 'it is asked for again');
  });

  it('forgets the oldest of more than ten thousand', async () => {
    for (let n = 0; n <= 10_000; n++) await directory.find(`user_${String(n)}`);
    assert.equal(directory.known('user_0'), undefined);
    assert.equal(directory.known('user_1'), null);
    assert.equal(directory.known('user_10000'), null);
  });

  it('says how it stands with an id, and tells of each change once', async () => {
    const { id } = user(1);
    assert.deepEqual(directory.state(id), { kind: 'unknown' });
    held = Promise.withResolvers();
    const asking = [directory.find(id), directory.find(id)];
    assert.deepEqual(directory.state(id), { kind: 'asking' });
    assert.deepEqual(changed, [id]);
    held.resolve();
    await Promise.all(asking);
    assert.partialDeepStrictEqual(directory.state(id), { kind: 'found', user: user(1) });
    assert.deepEqual(changed, [id, id]);
    await directory.find('user_nobody');
    assert.equal(directory.state('user_nobody').kind, 'absent');
    now = 60 * MINUTE;
    assert.equal(directory.state('user_nobody').kind, 'absent');
    loaded.set('user_nobody', user(7));
    assert.partialDeepStrictEqual(directory.state('user_nobody'), { kind: 'found', user: user(7) });
  });

  it('says that nothing came of what all have left', async () => {
    held = Promise.withResolvers();
    const stop = new AbortController();
    const leaving = directory.renew(user(1).id, stop.signal);
    stop.abort();
    await assert.rejects(leaving, { name: 'AbortError' });
    assert.equal(directory.state(user(1).id).kind, 'cancelled');
    held.resolve();
    await directory.renew(user(1).id);
    assert.equal(directory.state(user(1).id).kind, 'found');
  });

  it('asks again at once on request, and keeps what was found when that fails', async () => {
    const { id } = user(1);
    broken = failure('serverError');
    await directory.renew(id);
    assert.partialDeepStrictEqual(directory.state(id), { kind: 'failed', error: broken });
    broken = undefined;
    await directory.renew(id);
    assert.equal(directory.state(id).kind, 'found');
    broken = failure('timeout');
    directory.forget();
    await directory.renew(id);
    const after = directory.state(id);
    assert.ok(after.kind === 'found' && after.user.id === id && after.error === broken);
    await assert.rejects(directory.find(id), because('timeout'));
    broken = undefined;
    there.delete(id);
    await directory.renew(id);
    assert.equal(directory.state(id).kind, 'absent');
    assert.equal(asked.length, 4);
  });

  it('keeps what was found when reading it again is cancelled', async () => {
    const { id } = user(1);
    await directory.find(id);
    directory.forget();
    assert.equal(directory.state(id).kind, 'found');
    held = Promise.withResolvers();
    const stop = new AbortController();
    const leaving = directory.renew(id, stop.signal);
    assert.equal(directory.state(id).kind, 'found');
    stop.abort();
    await assert.rejects(leaving, { name: 'AbortError' });
    assert.deepEqual(directory.known(id), there.get(id));
  });

  it('has failed where we made a mistake, until somebody asks', async () => {
    broken = new TypeError('no');
    await assert.rejects(directory.renew(user(1).id), TypeError);
    assert.equal(directory.state(user(1).id).kind, 'failed');
  });

  it('asks for nobody who is loaded when it is to ask again', async () => {
    loaded.set(user(1).id, user(1));
    await directory.renew(user(1).id);
    assert.deepEqual([asked, changed], [[], []]);
  });
});
