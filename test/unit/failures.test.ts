import assert from 'node:assert/strict';
import { ServiceError } from '../../src/http/errors.ts';
import type { ErrorReason } from '../../src/http/errors.ts';
import { asProxyFailure, asServiceError, proxyRefusal } from '../../src/http/failures.ts';

const secret = 'Bearer do-not-tell';

function failure(code: unknown): Error {
  return Object.assign(new Error(secret), { code });
}

describe('A failure of a request', () => {
  it('has its reason by its code, and none of its own words', () => {
    const reasons: Readonly<Record<string, ErrorReason>> = {
      ENOTFOUND: 'unreachable',
      ECONNREFUSED: 'unreachable',
      EHOSTUNREACH: 'unreachable',
      UND_ERR_CONNECT_TIMEOUT: 'unreachable',
      UND_ERR_INVALID_ARG: 'invalidCredential',
      ERR_INVALID_URL: 'invalidAddress',
      CERT_HAS_EXPIRED: 'certificate',
      DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
      UND_ERR_SOCKET: 'connectionLost',
      ECONNRESET: 'connectionLost',
    };
    for (const [code, reason] of Object.entries(reasons)) {
      const meaning = asServiceError(failure(code));
      assert.deepEqual([meaning.reason, meaning.code], [reason, code]);
      assert.ok(!meaning.message.includes(secret));
    }
  });

  it('without a code is a lost connection', () => {
    for (const odd of [new Error(secret), secret, undefined, null, { code: 'ENOTFOUND' }]) {
      const meaning = asServiceError(odd);
      assert.deepEqual([meaning.reason, meaning.message], ['connectionLost', 'connectionLost']);
    }
  });

  it('that is known already stays what it is', () => {
    const known = new ServiceError('tooLarge');
    assert.equal(asServiceError(known), known);
    const refusal = proxyRefusal(403);
    assert.equal(asServiceError(refusal), refusal.meaning);
    assert.equal(asProxyFailure(refusal), refusal);
  });
});

describe('A failure on the way to a proxy', () => {
  it('is that of its certificate, or that it can’t be reached', () => {
    const told = (error: unknown) => {
      const { reason, code } = asServiceError(asProxyFailure(error));
      return [reason, code];
    };
    assert.deepEqual(told(failure('CERT_HAS_EXPIRED')), ['proxyCertificate', 'CERT_HAS_EXPIRED']);
    assert.deepEqual(told(failure('ECONNREFUSED')), ['proxyUnreachable', 'ECONNREFUSED']);
    assert.deepEqual(told(failure('ECONNRESET')), ['proxyUnreachable', 'ECONNRESET']);
    assert.deepEqual(told(new Error(secret)), ['proxyUnreachable', undefined]);
  });

  it('is told by the status that refused', () => {
    for (const [status, reason] of [
      [407, 'proxyUnauthorized'],
      [403, 'proxyRefused'],
      [502, 'proxyRefused'],
    ] as const) {
      const { meaning } = proxyRefusal(status);
      assert.deepEqual([meaning.reason, meaning.status], [reason, status]);
    }
  });
});
