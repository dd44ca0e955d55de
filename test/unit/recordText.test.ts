import assert from 'node:assert/strict';
import { recordText } from '../../src/model/formats/recordText.ts';
import { MAX_LENGTH, TextTooLong } from '../../src/model/textTooLong.ts';
import { list } from '../../src/model/formats/format.ts';
import { inSlices } from '../../src/model/slices.ts';

describe('Work in slices', () => {
  it('does something with each, and lets others have their turn', async () => {
    const done: number[] = [];
    const told: number[] = [];
    let turns = 0;
    const timer = setInterval(() => (turns += 1));
    await inSlices(
      [1, 2, 3],
      (one) => {
        done.push(one);
        const until = performance.now() + 20;
        while (performance.now() < until);
      },
      { told: (count) => told.push(count) },
    );
    clearInterval(timer);
    assert.deepEqual(done, [1, 2, 3]);
    assert.deepEqual(told, [1, 2, 3]);
    assert.ok(turns >= 2, String(turns));
  });

  it('stops when it is cancelled, and where something is thrown', async () => {
    const stop = new AbortController();
    const wrong = new Error('Wrong');
    let done = 0;
    const slow = () => {
      done += 1;
      const until = performance.now() + 20;
      while (performance.now() < until);
      stop.abort();
    };
    await assert.rejects(inSlices([1, 2, 3], slow, { signal: stop.signal }), {
      name: 'AbortError',
    });
    assert.equal(done, 1);
    await assert.rejects(
      inSlices([1], () => {
        throw wrong;
      }),
      wrong,
    );
  });
});

describe('A text of records', () => {
  it('has a head, separators and a tail', async () => {
    const format = { ...list(', ', String), head: '<', tail: '>' };
    assert.equal(await recordText([1, 2, 3], format), '<1, 2, 3>');
    assert.equal(await recordText([], format), '<>');
  });

  it('is refused where no editor would take it', async () => {
    const part = 'x'.repeat(MAX_LENGTH / 4);
    const format = list('', () => part);
    assert.equal((await recordText([1, 2, 3, 4], format)).length, MAX_LENGTH);
    await assert.rejects(recordText([1, 2, 3, 4, 5], format), TextTooLong);
  });
});
