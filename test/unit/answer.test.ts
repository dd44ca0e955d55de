import assert from 'node:assert/strict';
import { jsonOf, detailLine } from '../../src/http/answer.ts';
import type { ErrorReason, ServiceError } from '../../src/http/errors.ts';
import { isJsonObject, ownValue } from '../../src/http/json.ts';
import { errorBodies } from '../server/faults.ts';
import { because, response } from './fakes.ts';

// Five megabytes have a test of their own.
const { fiveMegabytes, ...bodies } = errorBodies;

const json = { 'content-type': 'application/json' };

describe('jsonOf', () => {
  it('gives any JSON of any success', () => {
    for (const value of [null, true, 0, 'text', [1], { a: { b: null } }]) {
      for (const status of [200, 201, 206, 299]) {
        const answer = response(status, JSON.stringify(value), json);
        assert.deepEqual(jsonOf(answer, []), value);
      }
    }
  });

  it('gives every key as the service sent it', () => {
    const text = '{"__proto__":{"a":1},"constructor":2,"7":3,"":4,"toString":5}';
    const value = jsonOf(response(200, text, json), []);
    assert.ok(isJsonObject(value));
    assert.equal(
      JSON.stringify(value),
      '{"7":3,"__proto__":{"a":1},"constructor":2,"":4,"toString":5}',
    );
    assert.deepEqual(ownValue(value, '__proto__'), { a: 1 });
    assert.equal(ownValue(value, 'valueOf'), undefined);
    assert.equal(ownValue({}, '__proto__'), undefined);
  });

  it('believes the content types of JSON and no others', () => {
    for (const type of [
      'application/json',
      'application/json; charset=utf-8',
      'Application/JSON;charset=UTF-8',
      ' application/json ',
      'application/problem+json',
      'application/vnd.acme.v1+json',
    ]) {
      assert.deepEqual(jsonOf(response(200, '{}', { 'content-type': type }), []), {}, type);
    }
    for (const type of [
      '',
      'text/html',
      'text/plain',
      'text/json',
      'application/jsonp',
      'application/javascript',
      'x-application/json',
      'application/json-seq',
      'text/html, application/json',
    ]) {
      assert.throws(
        () => jsonOf(response(200, '{}', { 'content-type': type }), []),
        because('unexpectedAnswer', { status: 200 }),
        type,
      );
    }
    assert.throws(() => jsonOf(response(200, '{}'), []), because('unexpectedAnswer'));
  });

  it('believes no broken text', () => {
    for (const text of ['', ' ', '{', '{"a":1', '<p>', 'undefined', "{'a':1}", '{}{}']) {
      assert.throws(() => jsonOf(response(200, text, json), []), because('unexpectedAnswer'));
    }
    const wrong = { ...response(200, '', json), body: Buffer.from([0x22, 0xff, 0xfe, 0x22]) };
    assert.throws(() => jsonOf(wrong, []), because('unexpectedAnswer'));
  });

  it('passes over a byte-order mark', () => {
    assert.deepEqual(jsonOf(response(200, '\u{feff}{"a":1}', json), []), { a: 1 });
  });

  const reasons: Readonly<Record<number, ErrorReason>> = {
    101: 'unexpectedAnswer',
    300: 'redirected',
    301: 'redirected',
    302: 'redirected',
    304: 'redirected',
    308: 'redirected',
    400: 'badRequest',
    401: 'unauthorized',
    402: 'paymentRequired',
    403: 'forbidden',
    404: 'notFound',
    405: 'badRequest',
    408: 'serverError',
    409: 'badRequest',
    418: 'badRequest',
    422: 'badRequest',
    429: 'rateLimited',
    499: 'badRequest',
    500: 'serverError',
    502: 'serverError',
    503: 'serverError',
    504: 'serverError',
    596: 'sessionExpired',
    599: 'serverError',
  };
  for (const [status, reason] of Object.entries(reasons)) {
    it(`says ${reason} for ${status}, whatever the body`, () => {
      for (const body of Object.values(bodies)) {
        assert.throws(
          () => jsonOf(response(Number(status), body), []),
          because(reason, { status: Number(status) }),
        );
      }
    });
  }

  it('tells what the service says, in each form that it says it', () => {
    const details: [unknown, string | undefined][] = [
      [{ error: 'Unauthorized' }, 'Unauthorized'],
      [{ error: { code: 'E17', message: 'Wrong token' } }, 'Wrong token'],
      [{ error: 'Wrong token', code: 'E17' }, 'Wrong token'],
      [{ code: 'E17', message: 'Wrong token', details: null }, 'Wrong token'],
      [{ error: 'invalid_client', error_description: 'Unknown client' }, 'Unknown client'],
      [{ error: 'invalid_client', error_description: ' ' }, 'invalid_client'],
      [{ error: { code: 'E17' } }, undefined],
      [{ error: 7, message: ['x'] }, undefined],
      [{ error: '' }, undefined],
      [{}, undefined],
      [[], undefined],
      [null, undefined],
      ['<h1>Error</h1>', undefined],
      ['some text', undefined],
      ['', undefined],
    ];
    for (const [body, detail] of details) {
      assert.throws(
        () => jsonOf(response(400, body), []),
        (error) => because('badRequest')(error) && (error as ServiceError).detail === detail,
        JSON.stringify(body),
      );
    }
  });

  it('never tells a page or a flood', () => {
    const html = response(404, '<html>'.repeat(1000), { 'content-type': 'text/html' });
    assert.throws(
      () => jsonOf(html, []),
      (error: ServiceError) => error.detail === undefined,
    );
    const flood = response(500, fiveMegabytes);
    assert.throws(
      () => jsonOf(flood, []),
      (error: ServiceError) => error.detail?.length === 300,
    );
  });
});

describe('detailLine', () => {
  it('is one line, trimmed, without control characters', () => {
    const odd = ' a\r\n\tb\u{0}\u{7}c\u{1b}[31md\u{2028}e\u{202e}f\u{85}g\u{a0}\u{2066}h ';
    assert.equal(detailLine(odd, []), 'a b c [31md e f g h');
    assert.equal(detailLine('\n', []), '');
    assert.equal(detailLine('ünï 👩‍👩‍👧 שלום', []), 'ünï 👩‍👩‍👧 שלום');
  });

  it('is at most 300 characters long', () => {
    assert.equal(detailLine('x'.repeat(300), []), 'x'.repeat(300));
    assert.equal(detailLine('x'.repeat(301), []), `${'x'.repeat(299)}…`);
    assert.equal(detailLine(`${'x'.repeat(298)} yyy`, []), `${'x'.repeat(298)}…`);
    assert.equal(detailLine(`${' '.repeat(400)}x`, []), 'x');
  });

  it('hides each secret, each time', () => {
    assert.equal(detailLine('abc, abc and abc', ['abc']), '…, … and …');
    assert.equal(detailLine('abc and def', ['def', 'abc']), '… and …');
    assert.equal(detailLine('nothing', ['', ' ']), 'nothing');
    assert.equal(detailLine('Bearer abc.', [' abc\n']), 'Bearer ….');
  });

  it('hides a secret whole that begins like another', () => {
    assert.equal(detailLine('abcdef', ['abc', 'abcdef']), '…');
  });

  it('hides a secret in the spelling of addresses and forms', () => {
    const secret = 'a/b c+ü';
    for (const spelling of [
      'a%2Fb%20c%2B%C3%BC',
      'a%2fb%20c%2b%c3%bc',
      'a%2Fb+c%2B%C3%BC',
      secret,
    ]) {
      assert.equal(detailLine(`x=${spelling}&y`, [secret]), 'x=…&y');
    }
    assert.equal(detailLine('x', ['half \u{d83d}']), 'x');
  });

  it('hides a secret wherever it stands, before anything is cut', () => {
    const secret = 'user:10001-abcdefghij';
    for (const before of [0, 285, 299, 9990, 9999, 20_000]) {
      for (const filler of [' ', 'x']) {
        const line = detailLine(`${filler.repeat(before)}${secret}`, [secret]);
        assert.ok(!line.includes('user'), line);
      }
    }
  });
});
