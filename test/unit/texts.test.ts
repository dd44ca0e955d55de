import assert from 'node:assert/strict';

import { bareTexts } from '../../scripts/bareTexts.ts';
import { fitsCounted, wrongIn } from '../../scripts/checkTexts.ts';
import { collectTexts, parsed } from '../../scripts/texts.ts';
import { difference } from '../../scripts/translations.ts';

const file = (text: string) => parsed('src/tree/row.ts', text);
const collected = (text: string) => collectTexts([file(text)]);
const bare = (text: string) => bareTexts([file(text)]);

describe('Collecting texts', () => {
  it('takes what is given to l10n.t, however it is written out, with its places', () => {
    const { texts, problems } = collected(`
      l10n.t('Retry');
      vscode.l10n.t('Copied {0}', name);
      vscode.l10n.t('One ' + \`two\`);
      l10n.t({ message: 'Open', args: [], comment: ['A button', '.'] });
      l10n.t('Retry');`);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      texts.map(({ key }) => key),
      ['Copied {0}', 'One two', 'Open/A button.', 'Retry'],
    );
    assert.deepEqual(texts[3]?.places, ['src/tree/row.ts:2', 'src/tree/row.ts:6']);
  });

  it('refuses what it can’t read', () => {
    for (const call of ['l10n.t(text)', 'l10n.t(`a ${b}`)', 'list.map(l10n.t)', 'l10n.t()']) {
      assert.match(collected(call).problems.join('\n'), /row\.ts:1 gives l10n\.t something/, call);
    }
  });

  it('holds placeholders against what is given for them', () => {
    assert.match(collected(`l10n.t('{0} of {1}', a)`).problems.join('\n'), /nothing for \{1\}/);
    assert.match(collected(`l10n.t('All', a)`).problems.join('\n'), /something for \{0\}/);
    assert.deepEqual(collected(`l10n.t('{0} of {1}', ...both)`).problems, []);
    assert.deepEqual(collected(`l10n.t({ message: '{a}', args: { a } })`).problems, []);
  });

  it('knows where another text stands for one', () => {
    const counted = (text: string) => collected(text).texts.at(-1)?.counted;
    assert.equal(counted(`counted(n, l10n.t('1 user'), l10n.t('{0} users', n))`), true);
    assert.equal(counted(`n === 1 ? l10n.t('1 user') : l10n.t('{0} users', n)`), true);
    assert.equal(counted(`l10n.t('{0} users', n)`), false);
  });
});

describe('Texts outside of l10n.t', () => {
  it('are found where a person would see them', () => {
    const seen = [
      `vscode.window.showErrorMessage('Failed')`,
      `const row = { label: 'Users' }`,
      `pick.title = 'Users'`,
      'const text = `${n} users`',
      `return 'It went wrong.'`,
    ];
    for (const text of seen) assert.equal(bare(text).length, 1, text);
  });

  it('are none where they are texts, errors, names or icons', () => {
    const fine = [
      `vscode.window.showErrorMessage(l10n.t('It failed.'))`,
      `throw new Error('It went wrong.')`,
      `const row = { label: 'JSON' }`,
      'const text = `$(check) ${said}`',
      'const circle = `<circle cx="8" fill="${color}"/>`',
      `const key = 'lumaLuminary.connected'`,
    ];
    for (const text of fine) assert.deepEqual(bare(text), [], text);
  });
});

describe('Translations', () => {
  it('are told apart from what there is to translate', () => {
    assert.deepEqual(difference({ a: 'A', b: 'B' }, { b: 'B', c: 'C' }), {
      missing: ['a'],
      leftOver: ['c'],
    });
  });

  it('keep placeholders, code, commands, spaces and dots', () => {
    assert.deepEqual(wrongIn('{0} of {1}', '{1} 中 {0}'), []);
    const pairs = [
      ['{0} of {1}', '{0} von {0}'],
      ['Copied {0}', 'Kopiert'],
      ['Use `${id}`', 'Mit `${ID}`'],
      ['[Connect](command:a.b)', '[Verbinden](command:a.c)'],
      [' of those', 'von denen'],
      ['Loading…', 'Laden'],
      ['The Luma session', 'Die Sitzung'],
      ['Retry', ' '],
    ] as const;
    for (const [english, text] of pairs) assert.equal(wrongIn(english, text).length, 1, text);
  });

  it('need no more forms than counted has', () => {
    for (const language of ['en', 'de', 'ja']) assert.ok(fitsCounted(language), language);
    for (const language of ['ru', 'pl', 'ar']) assert.ok(!fitsCounted(language), language);
  });
});
