import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Json } from '../../src/http/json.ts';
import { exactJson, writing } from '../../src/model/exactJson.ts';
import { TextTooLong } from '../../src/model/textTooLong.ts';
import { because } from './fakes.ts';

describe('exactJson', () => {
  it('gives back whatever JSON.parse has read', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value = JSON.parse(text) as Json;
        assert.deepEqual(JSON.parse(exactJson(value, '  ')), value);
      }),
    );
    for (const text of ['-0', '1e400', '-1e400', '[0,-0,{"a":1e999}]', '{"__proto__":{"x":-0}}']) {
      const value = JSON.parse(text) as Json;
      assert.deepEqual(JSON.parse(exactJson(value)), value, text);
    }
  });

  it('says that the answer was unexpected where a value is too deep to be written', () => {
    const levels = 20_000;
    const value = JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as Json;
    assert.throws(() => exactJson(value), because('unexpectedAnswer'));
  });

  it('says that a text is too long where no text can hold it', () => {
    assert.throws(() => writing(() => 'x'.repeat(2 ** 30)), TextTooLong);
  });

  it('is indented as it is told, however wide that is', () => {
    assert.equal(exactJson({ a: [1] }, '\t'), '{\n\t"a": [\n\t\t1\n\t]\n}');
    const value: Json = { 'a\tb': ['\t', '\n\tc', '\u2028', -0, '$&'] };
    for (const width of [1, 2, 10, 11, 16]) {
      const indent = ' '.repeat(width);
      const text = exactJson(value, indent);
      assert.deepEqual(JSON.parse(text), value);
      assert.deepEqual(
        text.split('\n').map((line) => line.search(/[^ ]/)),
        [0, 1, 2, 2, 2, 2, 2, 1, 0].map((steps) => steps * width),
      );
    }
  });
});
