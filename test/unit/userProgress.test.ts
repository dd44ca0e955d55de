import assert from 'node:assert/strict';
import { Pace, TimeLeft, timeLeftText } from '../../src/words/userProgress.ts';

describe('The time left', () => {
  it('follows from how fast users came', () => {
    const estimate = new TimeLeft();
    assert.equal(estimate.after(1000, 11_000, 500), undefined);
    assert.equal(estimate.after(3000, 11_000, 2500), 8000);
    assert.equal(estimate.after(6000, 11_000, 10_500), 10_000);
  });

  it('is not said before it is known', () => {
    const estimate = new TimeLeft();
    assert.equal(estimate.after(0, 5000, 0), undefined);
    assert.equal(estimate.after(1000, 5000, 999), undefined);
    assert.equal(estimate.after(1000, 5000, 1000), 4000);
    const silent = new TimeLeft();
    silent.after(0, 5000, 0);
    assert.equal(silent.after(0, 5000, 60_000), undefined);
  });

  it('is said as roughly as it is known', () => {
    const said = (seconds: number) => timeLeftText(seconds * 1000);
    assert.deepEqual([-3, 0, 9, 10, 11, 51, 60, 89, 90, 3600].map(said), [
      'a few seconds left',
      'a few seconds left',
      'a few seconds left',
      'about 10 seconds left',
      'about 20 seconds left',
      'about a minute left',
      'about a minute left',
      'about a minute left',
      'about 2 minutes left',
      'about 60 minutes left',
    ]);
    assert.equal(timeLeftText(undefined), '');
  });
});

describe('The pace of what is said', () => {
  it('is the start and each quarter before the end, however many answers come', () => {
    const pace = new Pace(10_000);
    const percents = Array.from({ length: 100 }, (_, index) => index + 1);
    const said = percents.filter((percent) => pace.due(percent, percent));
    assert.deepEqual(said, [1, 25, 50, 75]);
  });

  it('is a pause where a quarter takes longer', () => {
    const pace = new Pace(10_000);
    const seconds = Array.from({ length: 61 }, (_, index) => index);
    const said = seconds.filter((second) => pace.due(second / 10, second * 1000));
    assert.deepEqual(said, [0, 10, 20, 30, 40, 50, 60]);
  });
});
