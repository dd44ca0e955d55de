import assert from 'node:assert/strict';

import fc from 'fast-check';

import { fold } from '../../src/model/search/fold.ts';
import { parseQuery } from '../../src/model/search/query.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 20 });

describe('Folding for the search', () => {
  const examples: readonly (readonly [text: string, folded: string])[] = [
    ['Łukasz Wójcik', 'lukasz wojcik'],
    ['Straße', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['Æon', 'aeon'],
    ['Œuvre', 'oeuvre'],
    ['Østergård', 'ostergard'],
    ['Þóra', 'thora'],
    ['Đức', 'duc'],
    ['Nguyễn', 'nguyen'],
    ['Ħal', 'hal'],
    ['İpek Yıldız', 'ipek yildiz'],
    ['ＪＡＮＥ　Ｄｏｅ', 'jane doe'],
    ['ﬁona', 'fiona'],
    ['O’Dálaigh', "o'dalaigh"],
    ['O´Brien', "o'brien"],
    ['Anne‑Marie–Lou', 'anne-marie-lou'],
    ['ΣΊΣΥΦΟΣ', 'σισυφοσ'],
    ['Алёна', 'алена'],
    ['أَحْمَد', 'احمد'],
    ['שָׁלוֹם', 'שלום'],
    ['राम', 'राम'],
    ['Ja\u00adne\u200d', 'jane'],
    ['a\tb\u0000c\u0085d\u2028e', 'a b c d e'],
  ];
  for (const [text, folded] of examples) {
    it(`makes ${JSON.stringify(text)} ${folded}`, () => {
      assert.equal(fold(text), folded);
    });
  }

  it('finds the beginning of a Hangul syllable in the whole of it', () => {
    assert.ok(fold('한글').startsWith(fold('하')));
    assert.ok(fold('한글').startsWith(fold('ㅎ')));
    assert.notEqual(fold('한'), fold('할'));
  });

  it('keeps vowel signs, which are letters', () => {
    assert.notEqual(fold('रीमा'), fold('राम'));
  });

  it('leaves as it is what is folded, for every character', () => {
    for (let code = 0; code <= 0x10ffff; code++) {
      const folded = fold(String.fromCodePoint(code));
      if (fold(folded) !== folded) assert.fail(`U+${code.toString(16)}`);
    }
  });

  it('leaves as it is what is folded, however it is composed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        assert.equal(fold(fold(text)), fold(text));
        assert.equal(fold(text.normalize('NFC')), fold(text));
        assert.equal(fold(text.normalize('NFD')), fold(text));
      }),
    );
  });

  it('takes no notice of case', () => {
    // An iota below a Greek letter becomes a letter in capitals: the one case that differs.
    const letters = Array.from({ length: 0x24f - 0x20 }, (_, i) => String.fromCharCode(i + 0x20));
    for (const letter of [...letters, 'α', 'ω', 'ж', 'щ', 'џ', 'ե', 'ჯ']) {
      assert.equal(fold(letter.toUpperCase()), fold(letter), letter);
    }
  });

  it('leaves no text with a lone half of a pair', () => {
    assert.equal(fold('é\ud83d'), 'e\ufffd');
  });
});

describe('Reading a query', () => {
  it('splits it into folded terms, each once', () => {
    assert.deepEqual(parseQuery('  Doe　JANE\tdoe '), {
      terms: ['doe', 'jane'],
      words: ['doe', 'jane', 'doe'],
    });
  });

  it('has no terms where nothing but blanks was typed', () => {
    assert.deepEqual(parseQuery(' \n ').terms, []);
  });
});
