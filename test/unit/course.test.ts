import assert from 'node:assert/strict';
import { ServiceError } from '../../src/http/errors.ts';
import { Course, LONGEST_WAIT } from '../../src/model/course.ts';
import { failure } from './fakes.ts';

describe('Course', () => {
  const read = (readAt: number, error?: unknown) => ({ readAt, error });

  it('is due an interval after the latest reading, whoever began it', () => {
    const course = new Course(read(1000), 1000);
    assert.equal(course.due(5000), 6000);
    course.look(read(4000), 4500);
    assert.equal(course.due(5000), 9000);
    assert.equal(course.due(60_000), 64_000, 'another interval counts from the same time');
  });

  it('waits twice as long after each failure in a row, up to a limit', () => {
    const course = new Course(read(0), 0);
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => {
      course.look(read(0, failure()), number * 1000);
      return course.due(5000) - number * 1000;
    });
    const doubled = [10, 20, 40, 80, 160, 320, 640].map((seconds) => seconds * 1000);
    assert.deepEqual(waits, [...doubled, LONGEST_WAIT, LONGEST_WAIT]);
  });

  it('counts a failure once, however often it is looked at', () => {
    const course = new Course(read(0), 0);
    const error = failure();
    for (const now of [1000, 2000, 3000]) course.look(read(0, error), now);
    assert.equal(course.due(5000), 11_000);
  });

  it('never waits less than the interval', () => {
    const course = new Course(read(0), 0);
    course.look(read(0, failure()), 0);
    assert.equal(course.due(3600_000), 3600_000);
  });

  it('forgets failures with the next success', () => {
    const course = new Course(read(0), 0);
    for (const now of [1000, 2000, 3000]) course.look(read(0, failure()), now);
    course.look(read(50_000), 50_000);
    assert.equal(course.due(5000), 55_000);
    course.look(read(50_000, failure()), 60_000);
    assert.equal(course.due(5000), 70_000);
  });

  it('does not ask a service before the time that it names', () => {
    const course = new Course(read(0), 0);
    const error = new ServiceError('rateLimited', { retryAt: 2_000_000 });
    course.look(read(0, error), 1000);
    assert.equal(course.due(5000), 2_000_000);
    course.look(read(3_000_000), 3_000_000);
    assert.equal(course.due(5000), 3_005_000);
  });

  it('begins anew after an attempt that was cancelled', () => {
    const course = new Course(read(0), 0);
    course.rest(5000);
    assert.equal(course.due(5000), 10_000);
  });

  it('does not wait for a time that a clock put back has made far', () => {
    const course = new Course(read(100_000_000), 100_000_000);
    course.look(read(100_000_000), 1000);
    assert.equal(course.due(5000), 6000);
  });

  it('of something whose latest reading had failed begins with one failure', () => {
    assert.equal(new Course(read(0, failure()), 1000).due(5000), 11_000);
  });
});
