import assert from 'node:assert/strict';
import { oneLine } from '../../src/http/text.ts';
import { relativeText } from '../../src/words/format.ts';
import { env, l10n } from './vscode.ts';

const now = Date.UTC(2026, 4, 15, 12);
const day = 24 * 3600_000;

describe('Words', () => {
  it('tell how far a time is from now', () => {
    assert.equal(relativeText(now + 12 * day, now), 'in 12 days');
    assert.equal(relativeText(now - 90 * 60_000, now), '1 hour ago');
    assert.equal(relativeText(now - 800 * day, now), '2 years ago');
    assert.equal(relativeText(now + 59_999, now), 'this minute');
    assert.equal(relativeText(now - 59_999, now), 'this minute');
    assert.equal(relativeText(now + 60_000, now), 'in 1 minute');
  });

  it('tell it in the language of the texts around', () => {
    env.language = 'de';
    try {
      assert.equal(relativeText(now + 12 * day, now), 'in 12 days');
      l10n.bundle = {};
      assert.equal(relativeText(now + 12 * day, now), 'in 12 Tagen');
    } finally {
      env.language = 'en';
      l10n.bundle = undefined;
    }
  });

  it('cut a line without cutting a character in two', () => {
    assert.ok(oneLine('😀'.repeat(300)).isWellFormed());
  });
});
