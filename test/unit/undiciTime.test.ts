import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import type { Fault } from '../server/exchange.ts';
import * as faults from '../server/faults.ts';
import { because } from './fakes.ts';
import { server, transport, right, make, users, textOf, useFresh } from './undiciStage.ts';

describe('UndiciTransport: time', () => {
  useFresh();
  const waiting: Readonly<Record<string, Fault>> = {
    'no answer': faults.noAnswer,
    'the head and then nothing': faults.headersThenSilence,
    'a body that trickles': faults.trickle(5),
    'a late answer': faults.slow(60_000),
  };

  for (const [name, fault] of Object.entries(waiting)) {
    it(`is limited for ${name}`, async () => {
      const impatient = make({ timeLimit: () => 60 });
      try {
        server.fault(fault);
        const began = performance.now();
        await assert.rejects(impatient.send(users()), because('timeout'));
        const took = performance.now() - began;
        assert.ok(took >= 55 && took < 300, `${took} ms`);
        await server.requests[0]?.ended;
        assert.equal(server.requests[0]?.outcome, 'aborted');
      } finally {
        await impatient.close();
      }
    });
  }

  it('is asked for anew with each request', async () => {
    let limit = 5000;
    const changing = make({ timeLimit: () => limit });
    try {
      await changing.send(users());
      limit = 30;
      server.fault(faults.noAnswer);
      await assert.rejects(changing.send(users()), because('timeout'));
    } finally {
      await changing.close();
    }
  });
});

describe('UndiciTransport: cancelling', () => {
  useFresh();
  async function cancel(request: Promise<unknown>, stop: AbortController): Promise<void> {
    const reason = new Error('enough');
    const began = performance.now();
    stop.abort(reason);
    await assert.rejects(request, (error) => error === reason);
    assert.ok(performance.now() - began < 50);
  }

  it('before it begins sends nothing', async () => {
    const sent = transport.send(users({ signal: AbortSignal.abort() }));
    await assert.rejects(sent, { name: 'AbortError' });
    assert.equal(server.requests.length, 0);
  });

  it('at once, before anything is connected', async () => {
    const fresh = make();
    const stop = new AbortController();
    await cancel(fresh.send(users({ signal: stop.signal })), stop);
    await fresh.close();
  });

  const points: Readonly<Record<string, Fault>> = {
    'before the head': faults.noAnswer,
    'after the head': faults.headersThenSilence,
    'in the body': faults.trickle(5),
    'in a huge body': faults.hugeBody(2_000_000_000),
    'in a compressed body': faults.hugeBody(2_000_000_000, { gzip: true }),
  };
  for (const [name, fault] of Object.entries(points)) {
    it(`${name} ends the request within 50 ms`, async () => {
      server.fault(fault);
      const stop = new AbortController();
      const sent = transport.send(users({ signal: stop.signal }));
      const record = await server.arrived(1);
      await new Promise((resolve) => setTimeout(resolve, 10));
      await cancel(sent, stop);
      await record.ended;
      assert.equal(record.outcome, 'aborted');
      server.heal();
      assert.equal((await transport.send(users())).status, 200);
    });
  }

  it('after its end changes nothing', async () => {
    const stop = new AbortController();
    const answer = await transport.send(users({ signal: stop.signal }));
    stop.abort();
    assert.equal(textOf(answer), right);
    assert.equal((await transport.send(users())).status, 200);
  });

  it('leaves no listener on the signal, however the request ends', async () => {
    const { signal } = new AbortController();
    await transport.send(users({ signal }));
    server.fault(faults.resetBeforeHeaders);
    await assert.rejects(transport.send(users({ signal })));
    assert.deepEqual(getEventListeners(signal, 'abort'), []);
  });
});
