import assert from 'node:assert/strict';
import { continuedWith, doublesQuotes, quoteIn } from '../../src/model/formats/textStyle.ts';

describe('The quotes of a document', () => {
  it('are those that it has more of', () => {
    for (const [text, quote] of [
      ['', "'"],
      ['const a = "x";', '"'],
      ["const a = 'x';", "'"],
      ['const a = "it\'s", b = \'x\', c = "y";', '"'],
      [`const a = "x", b = 'y';`, "'"],
      [String.raw`a = 'say "x" and "y"', b = 'it\'s "z"'`, "'"],
      [`// don't\nconst a = "x";\n// can't`, '"'],
    ] as const) {
      assert.equal(quoteIn(text, 'typescript'), quote, text);
      assert.equal(quoteIn(text, 'plaintext'), quote, text);
    }
  });

  it('are those that the language demands, whatever stands there', () => {
    for (const language of ['json', 'jsonc', 'go', 'java', 'csharp']) {
      assert.equal(quoteIn("'a' 'b'", language, 'single'), '"', language);
    }
    assert.equal(quoteIn('"a" "b"', 'sql', 'double'), "'");
    assert.deepEqual(['sql', 'typescript', 'json'].map(doublesQuotes), [true, false, false]);
  });

  it('are those that the person prefers, where the language has both', () => {
    assert.equal(quoteIn("'a'", 'typescript', 'double'), '"');
    assert.equal(quoteIn('"a"', 'typescript', 'single'), "'");
    for (const none of ['auto', undefined, 1, null]) {
      assert.equal(quoteIn('"a"', 'typescript', none), '"');
    }
  });

  it('are found at once in a long document', () => {
    const long = "'a' ".repeat(25_000) + '"b" '.repeat(1_000_000);
    assert.equal(quoteIn(long, 'typescript'), "'");
    assert.equal(quoteIn('"\\'.repeat(50_000), 'typescript'), "'");
  });
});

describe('A text that is put into a line', () => {
  it('goes on as that line begins', () => {
    assert.equal(continuedWith('\t', 'a\nb\r\n\nc'), 'a\n\tb\r\n\t\n\tc');
    assert.equal(continuedWith('', 'a\nb'), 'a\nb');
  });
});
