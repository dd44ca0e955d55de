import assert from 'node:assert/strict';
import { escapedText } from '../../src/http/text.ts';
import { plain } from '../../src/words/plain.ts';

describe('Text where the editor would make more of it', () => {
  it('makes no link and no icon', () => {
    assert.equal(
      plain('[x](command:y) $(trash) $(sync~spin)'),
      '[x] (command:y) $ (trash) $ (sync~spin)',
    );
  });

  it('stays on its line and keeps its direction', () => {
    assert.equal(plain('a\r\n\tb\u2028c\u202etxt.exe\u202c\u2066d\u2069'), 'a b c txt.exe d ');
    assert.equal(plain('\u0000a\u0085'), ' a ');
  });

  it('is else as it was, in any script', () => {
    for (const text of ['', 'Jane  Doe', 'שלום (PRODUCTION)', '日本語 · 🚀', '100 $ [a] (b)']) {
      assert.equal(plain(text), text);
    }
  });
});

describe('Text in which nothing can be seen', () => {
  it('is told from others', () => {
    assert.equal(escapedText('\u202e'), '"\\u202e"');
    assert.equal(escapedText(' '), '" "');
    assert.equal(escapedText('\n\u{e0001}'), '"\\n\\udb40\\udc01"');
  });
});
