import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Json } from '../../src/http/json.ts';
import { exactJson } from '../../src/model/exactJson.ts';
import { because } from './fakes.ts';

describe('exactJson', () => {
  it('gives back whatever JSON.parse has read', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value = JSON.parse(text) as Json;
        assert.deepEqual(JSON.parse(exactJson(value, 2)), value);
      }),
    );
    for (const text of ['-0', '1e400', '-1e400', '[0,-0,{"a":1e999}]', '{"__proto__":{"x":-0}}']) {
      const value = JSON.parse(text) as Json;
      assert.deepEqual(JSON.parse(exactJson(value, 0)), value, text);
    }
  });

  it('says that the answer was unexpected where a value is too deep to be written', () => {
    const levels = 20_000;
    const value = JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as Json;
    assert.throws(() => exactJson(value, 0), because('unexpectedAnswer'));
  });

  it('is indented as it is told', () => {
    assert.equal(exactJson({ a: [1] }, '\t'), '{\n\t"a": [\n\t\t1\n\t]\n}');
  });
});
