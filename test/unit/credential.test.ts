import assert from 'node:assert/strict';
import { bareToken, checkedToken } from '../../src/http/credential.ts';
import { because } from './fakes.ts';

describe('checkedToken', () => {
  it('takes a token as it is, trimmed and without Bearer', () => {
    for (const text of [
      'user:12345-abcdefghijklmnop',
      '  user:12345-abcdefghijklmnop\n',
      'Bearer user:12345-abcdefghijklmnop',
      'bearer   user:12345-abcdefghijklmnop ',
      ' BEARER\tuser:12345-abcdefghijklmnop',
    ]) {
      assert.equal(checkedToken(text), 'user:12345-abcdefghijklmnop');
      assert.equal(bareToken(text), 'user:12345-abcdefghijklmnop');
    }
    assert.equal(checkedToken('BearerX'), 'BearerX');
    assert.equal(checkedToken('ring-bearer'), 'ring-bearer');
    assert.equal(checkedToken('!~'), '!~');
  });

  it('refuses what no header may hold, and does not repeat it', () => {
    for (const text of [
      '',
      '  ',
      'Bearer ',
      'sec\nret',
      'sec\r\nret',
      'sec ret',
      'sec\tret',
      'sec\u{0}ret',
      'sec\u{7f}ret',
      'secrét',
      'sec…ret',
      'sec\u{200b}ret',
    ]) {
      assert.throws(
        () => checkedToken(text),
        (error: Error) => {
          assert.ok(!`${error.stack ?? ''}${JSON.stringify(error)}`.includes('sec'));
          return because('invalidCredential')(error);
        },
      );
    }
  });
});
