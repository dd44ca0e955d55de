import assert from 'node:assert/strict';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { decoded } from '../../src/http/encoding.ts';
import { isServiceError } from '../../src/http/errors.ts';
import { because } from './fakes.ts';

const text = Buffer.from('Jane Doe, Jane Doe, Jane Doe');
const none = Buffer.alloc(0);

describe('decoded', () => {
  it('leaves alone what has no encoding', async () => {
    for (const encodings of [undefined, '', ' ', ',', 'identity', 'identity, Identity']) {
      assert.deepEqual(await decoded(text, encodings, 1), text, encodings);
    }
  });

  it('undoes each encoding, whatever a server calls it', async () => {
    assert.deepEqual(await decoded(gzipSync(text), 'gzip', 100), text);
    assert.deepEqual(await decoded(gzipSync(text), 'X-GZIP', 100), text);
    assert.deepEqual(await decoded(deflateSync(text), ' deflate ', 100), text);
    assert.deepEqual(await decoded(brotliCompressSync(text), 'identity, br', 100), text);
  });

  it('undoes several, the last one first', async () => {
    const twice = brotliCompressSync(gzipSync(text));
    assert.deepEqual(await decoded(twice, 'gzip, br', 100), text);
    const thrice = deflateSync(twice);
    assert.deepEqual(await decoded(thrice, 'gzip,br,identity,deflate', 100), text);
    await assert.rejects(decoded(twice, 'br, gzip', 100), because('unexpectedAnswer'));
  });

  it('takes nothing for nothing, as an answer without a body may name an encoding', async () => {
    for (const encodings of ['gzip', 'deflate', 'br, gzip']) {
      assert.deepEqual(await decoded(none, encodings, 100), none);
    }
  });

  it('refuses an encoding that was not asked for', async () => {
    for (const encodings of ['zstd', 'compress', 'toString', '__proto__', 'gzip, zstd']) {
      await assert.rejects(decoded(text, encodings, 100), because('unexpectedAnswer'), encodings);
      await assert.rejects(decoded(none, encodings, 100), because('unexpectedAnswer'), encodings);
    }
  });

  it('refuses more than three encodings', async () => {
    const four = deflateSync(brotliCompressSync(gzipSync(gzipSync(text))));
    await assert.rejects(
      decoded(four, 'gzip, gzip, br, deflate', 100),
      because('unexpectedAnswer'),
    );
  });

  it('says what is wrong with the bytes', async () => {
    for (const [body, code] of [
      [text, 'Z_DATA_ERROR'],
      [gzipSync(text).subarray(0, 20), 'Z_BUF_ERROR'],
    ] as const) {
      await assert.rejects(decoded(body, 'gzip', 100), (error) => {
        assert.ok(isServiceError(error));
        assert.deepEqual([error.reason, error.code], ['unexpectedAnswer', code]);
        return true;
      });
    }
  });

  it('gives as many bytes as are allowed, and not one more', async () => {
    for (const [name, body] of [
      ['gzip', gzipSync(text)],
      ['deflate', deflateSync(text)],
      ['br', brotliCompressSync(text)],
    ] as const) {
      assert.deepEqual(await decoded(body, name, text.byteLength), text);
      await assert.rejects(decoded(body, name, text.byteLength - 1), because('tooLarge'));
    }
  });
});
