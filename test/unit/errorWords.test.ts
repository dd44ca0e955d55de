import assert from 'node:assert/strict';
import { ServiceError } from '../../src/http/errors.ts';
import type { ErrorReason } from '../../src/http/errors.ts';
import { messageRow } from '../../src/tree/messageRow.ts';
import { explain, explanationText } from '../../src/words/errors.ts';

const now = Date.UTC(2026, 4, 15, 12);

describe('Failures in words', () => {
  const reasons: readonly ErrorReason[] = [
    'invalidAddress',
    'invalidCredential',
    'clientRefused',
    'secretNotStored',
    'unreachable',
    'certificate',
    'proxyAddress',
    'proxyUnreachable',
    'proxyCertificate',
    'proxyUnauthorized',
    'proxyRefused',
    'connectionLost',
    'timeout',
    'tooLarge',
    'badRequest',
    'unauthorized',
    'paymentRequired',
    'forbidden',
    'notFound',
    'rateLimited',
    'serverError',
    'sessionExpired',
    'redirected',
    'unexpectedAnswer',
  ];
  it('have one sentence for each reason', () => {
    const sentences = reasons.map((reason) => explain(new ServiceError(reason)).sentence);
    assert.equal(new Set(sentences).size, reasons.length);
    assert.ok(sentences.every((sentence) => /^[A-Z].*[.?]$/.test(sentence)));
  });

  it('add the status and what the service says', () => {
    const text = (...args: ConstructorParameters<typeof ServiceError>) =>
      explanationText(explain(new ServiceError(...args)));
    assert.equal(
      text('unauthorized', { status: 401, detail: 'Unauthorized' }),
      'The service refused the token. (401: Unauthorized)',
    );
    assert.equal(
      text('unreachable', { code: 'ECONNREFUSED' }),
      'The service can’t be reached. (ECONNREFUSED)',
    );
    assert.equal(text('timeout'), 'The service did not answer in time.');
    assert.match(text('rateLimited', { retryAt: now }), /pause until May 15, 2026/);
  });

  it('offer the action that helps', () => {
    const action = (error: unknown) => messageRow({ type: 'remedy', error }).label;
    assert.equal(action(new ServiceError('unauthorized')), 'Replace Token…');
    assert.equal(action(new ServiceError('clientRefused')), 'Replace Client ID or Secret…');
    assert.equal(action(new ServiceError('timeout')), 'Retry');
    assert.equal(action(new ServiceError('unexpectedAnswer')), 'Retry');
    assert.equal(action(new ServiceError('certificate')), 'Show Network Diagnostics');
    assert.equal(action(new TypeError('secret words')), 'Show Log');
    assert.ok(!explanationText(explain(new TypeError('secret words'))).includes('secret'));
  });
});
