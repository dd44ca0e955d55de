import assert from 'node:assert/strict';
import { PassReader } from '../../src/model/passReader.ts';
import { UserPass } from '../../src/model/userPass.ts';
import { FakeUsers, Gate, answer, because, failure, settle, users } from './fakes.ts';

const never = new AbortController().signal;

let server: FakeUsers;
let reader: PassReader<UserPass>;

beforeEach(() => {
  server = new FakeUsers(5000);
  reader = new PassReader(server, new UserPass());
});

/** How many users are missing of so many. */
function upTo(count: number): () => number {
  return () => count - reader.pass.elements.length;
}

describe('PassReader', () => {
  it('sends the next request before it works on an answer', async () => {
    const sizes: number[] = [];
    const client = {
      users: (...args: Parameters<FakeUsers['users']>) => {
        sizes.push(reader.pass.elements.length);
        return server.users(...args);
      },
    };
    reader = new PassReader(client, new UserPass());
    await reader.next(upTo(2500), never);
    assert.deepEqual(sizes, [0, 0]);
    await reader.next(upTo(2500), never);
    await reader.next(upTo(2500), never);
    assert.deepEqual(sizes, [0, 0, 1000]);
    assert.deepEqual(server.limits, [1000, 1000, 500]);
    assert.equal(server.mostAtOnce, 1);
    assert.equal(reader.pass.elements.length, 2500);
  });

  it('sends nothing ahead where nothing more is wanted, or where the list ends', async () => {
    await reader.next(upTo(1000), never);
    assert.equal(server.queries.length, 1);
    server = new FakeUsers(700);
    reader = new PassReader(server, new UserPass());
    await reader.next(upTo(5000), never);
    assert.equal(server.queries.length, 1);
    assert.equal(reader.pass.end, 'complete');
  });

  it('sends nothing ahead with a cursor that leads back', async () => {
    const gate = (server.gate = new Gate());
    const first = reader.next(upTo(3000), never);
    await gate.open(answer(users(0, 1000), 'a'));
    await first;
    const second = reader.next(upTo(3000), never);
    await gate.open(answer(users(1000, 2000), 'a'));
    await second;
    assert.equal(server.queries.length, 2);
    assert.equal(reader.pass.end, 'repeatedCursor');
  });

  it('asks for no more than what is wanted when an answer has come', async () => {
    let wanted = 1000;
    const gate = (server.gate = new Gate());
    const first = reader.next(() => wanted - reader.pass.elements.length, never);
    await settle();
    wanted = 1300;
    await gate.open(undefined);
    await first;
    assert.deepEqual(server.limits, [1000, 300]);
  });

  it('tells a failure of the request ahead when that is asked for, and asks again then', async () => {
    const gate = (server.gate = new Gate());
    const first = reader.next(upTo(3000), never);
    await gate.open(undefined);
    await first;
    await gate.fail(failure('connectionLost'));
    await assert.rejects(reader.next(upTo(3000), never), because('connectionLost'));
    assert.equal(reader.pass.elements.length, 1000);
    server.gate = undefined;
    await reader.next(upTo(3000), never);
    assert.equal(reader.pass.elements.length, 2000);
    assert.deepEqual(
      server.queries.map(({ after }) => after),
      [undefined, '1000', '1000', '2000'],
    );
  });

  it('ends the request ahead when it is stopped, or cancelled while that is under way', async () => {
    const ended: boolean[] = [];
    const client = {
      async users(query: { readonly after?: string | undefined }, signal?: AbortSignal) {
        if (query.after === undefined) return answer(users(0, 1000), 'next');
        signal?.addEventListener('abort', () => ended.push(true));
        return new Promise<never>(() => undefined);
      },
    };
    reader = new PassReader(client, new UserPass());
    await reader.next(upTo(3000), never);
    reader.stop();
    assert.deepEqual(ended, [true]);

    reader = new PassReader(client, new UserPass());
    await reader.next(upTo(3000), never);
    const stop = new AbortController();
    const second = reader.next(upTo(3000), stop.signal);
    stop.abort();
    await assert.rejects(second, { name: 'AbortError' });
    assert.deepEqual(ended, [true, true]);
  });

  it('keeps an answer that came before it was cancelled, and takes it once', async () => {
    const stop = new AbortController();
    let taken: Promise<number> | undefined;
    const client = {
      users(...args: Parameters<FakeUsers['users']>) {
        // The first answer has come and waits for its turn when someone else asks.
        if (args[0].after === '1000') {
          stop.abort();
          taken = Promise.resolve()
            .then(() => reader.next(upTo(3000), never))
            .then(() => reader.pass.elements.length);
        }
        return server.users(...args);
      },
    };
    reader = new PassReader(client, new UserPass());
    await reader.next(upTo(3000), stop.signal);
    assert.equal(await taken, 1000);
    assert.equal(reader.pass.segments.length, 1);
    await reader.next(upTo(2000), never);
    assert.equal(reader.pass.elements.length, 2000);
    assert.equal(server.queries.length, 2);
  });

  describe('with a service that tells where an answer stands before it is read', () => {
    beforeEach(() => {
      server.early = true;
    });

    /** How many elements had been read when each request was made. */
    function readBefore(): number[] {
      const read: number[] = [];
      const client = {
        users: (...args: Parameters<FakeUsers['users']>) => {
          read.push(done);
          const answered = server.users(...args);
          answered.then(
            ({ data }) => (done += data.length),
            () => undefined,
          );
          return answered;
        },
      };
      let done = 0;
      reader = new PassReader(client, new UserPass());
      return read;
    }

    it('sends the next request before the answer is read', async () => {
      const read = readBefore();
      await reader.next(upTo(1500), never);
      assert.deepEqual(read, [0, 0]);
      assert.deepEqual(server.limits, [1000, 500]);
      assert.equal(server.mostAtOnce, 1);
      await reader.next(upTo(1500), never);
      assert.equal(reader.pass.elements.length, 1500);
    });

    it('asks again for what an answer with fewer elements than its limit left open', async () => {
      server.largest = 600;
      await reader.next(upTo(1300), never);
      await reader.next(upTo(1300), never);
      await reader.next(upTo(1300), never);
      assert.deepEqual(server.limits, [1000, 300, 400]);
      assert.equal(reader.pass.elements.length, 1300);
    });

    it('sends nothing ahead of an answer that nobody waits for', async () => {
      await reader.next(upTo(5000), never);
      await settle();
      assert.equal(server.queries.length, 2);
      await reader.next(upTo(5000), never);
      assert.equal(server.queries.length, 3);
      assert.equal(server.mostAtOnce, 1);
    });

    it('drops what it sent ahead of an answer that turns out to be none', async () => {
      server.broken = 1;
      await assert.rejects(reader.next(upTo(3000), never), because('unexpectedAnswer'));
      assert.equal(server.queries.length, 2);
      await reader.next(upTo(3000), never);
      assert.equal(server.queries[2]?.after, undefined);
      assert.equal(reader.pass.elements.length, 1000);
    });

    it('sends nothing ahead once it is cancelled', async () => {
      const gate = (server.gate = new Gate());
      const stop = new AbortController();
      const first = reader.next(upTo(3000), stop.signal);
      await settle();
      // The answer comes in the moment in which it is given up.
      const opened = gate.open(undefined);
      stop.abort();
      await assert.rejects(first, { name: 'AbortError' });
      await opened;
      await settle();
      assert.equal(server.queries.length, 1);
      server.gate = undefined;
      await reader.next(upTo(3000), never);
      assert.equal(reader.pass.elements.length, 1000);
    });
  });
});
