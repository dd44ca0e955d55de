import assert from 'node:assert/strict';
import { ServiceError, isCancellation, isServiceError } from '../../src/http/errors.ts';

describe('ServiceError', () => {
  it('says in its message what is harmless', () => {
    const error = new ServiceError('rateLimited', {
      status: 429,
      code: 'E',
      detail: 'words',
      retryAt: 7,
    });
    assert.equal(error.message, 'rateLimited 429 E');
    assert.equal(new ServiceError('timeout').message, 'timeout');
    assert.deepEqual(
      [error.name, error.status, error.code, error.detail, error.retryAt, error.cause],
      ['ServiceError', 429, 'E', 'words', 7, undefined],
    );
  });

  it('is known by its name and reason, whichever bundle made it', () => {
    const twin = Object.assign(new Error('timeout'), { name: 'ServiceError', reason: 'timeout' });
    assert.ok(isServiceError(twin));
    assert.ok(isServiceError(new ServiceError('timeout')));
    for (const other of [
      new Error('x'),
      Object.assign(new Error('x'), { reason: 'timeout' }),
      Object.assign(new Error('x'), { name: 'ServiceError' }),
      { name: 'ServiceError', reason: 'timeout' },
      null,
      undefined,
      'timeout',
    ]) {
      assert.equal(isServiceError(other), false);
    }
  });

  it('is not what cancelling throws', () => {
    assert.ok(isCancellation(AbortSignal.abort().reason));
    assert.ok(!isCancellation(new ServiceError('timeout')));
    assert.ok(!isCancellation({ name: 'AbortError' }));
  });
});
