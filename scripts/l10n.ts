// npm run l10n: what there is to translate.
//   npm run l10n                      sorts the translations, says what they lack and what nothing uses, and
//                                     writes the English texts of the source for translators
//   npm run l10n -- --missing         what is missing, as JSON: language, file, text, where it stands
//   npm run l10n -- --fill more.json  takes translations over: { "de": { "Retry": "Wiederholen" } }
//   npm run l10n -- --prune           takes away what nothing uses
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { format } from 'prettier';

import { projectFolder } from '../test/hosts/paths.ts';
import { collectTexts, sourceFiles } from './texts.ts';
import type { Bundle, Original } from './translations.ts';
import { difference, languages, originals, readBundle } from './translations.ts';

const { values } = parseArgs({
  options: {
    missing: { type: 'boolean', default: false },
    fill: { type: 'string' },
    prune: { type: 'boolean', default: false },
  },
});

if (values.missing) console.log(JSON.stringify(missingTexts(), undefined, 2));
else await update(values.fill === undefined ? {} : readFilling(values.fill));

/** By language and file: each text that is missing, with its English words and where it stands. */
function missingTexts(): object {
  return Object.fromEntries(
    languages.map((language) => [
      language,
      Object.fromEntries(
        originals().map((original) => [original.fileOf(language), missingIn(original, language)]),
      ),
    ]),
  );
}

function missingIn(original: Original, language: string): object {
  const { missing } = difference(original.texts, readBundle(original.fileOf(language)));
  return Object.fromEntries(
    missing.map((key) => [
      key,
      {
        ...(original.texts[key] !== key && { english: original.texts[key] }),
        places: original.placesOf(key),
      },
    ]),
  );
}

async function update(filling: Readonly<Record<string, Bundle>>): Promise<void> {
  for (const language of languages) {
    for (const original of originals())
      await updateOne(original, language, filling[language] ?? {});
  }
  await write('l10n/bundle.l10n.json', englishBundle());
}

async function updateOne(original: Original, language: string, filling: Bundle): Promise<void> {
  const file = original.fileOf(language);
  const wanted = Object.entries(filling).filter(([key]) => Object.hasOwn(original.texts, key));
  const translation: Bundle = { ...readBundle(file), ...Object.fromEntries(wanted) };
  const { missing, leftOver } = difference(original.texts, translation);
  const unused = values.prune ? [] : leftOver;
  const known = Object.keys(original.texts).filter((key) => Object.hasOwn(translation, key));
  const keys = original.sorted ? [...known, ...unused].sort() : [...known, ...unused];
  await write(file, Object.fromEntries(keys.map((key) => [key, translation[key]])));
  console.log(`${file}: ${known.length} texts, ${missing.length} missing`);
  for (const key of missing) console.log(`  missing: ${key}`);
  for (const key of leftOver) console.log(`  ${values.prune ? 'taken away' : 'left over'}: ${key}`);
}

/** As VS Code's own tool for translators writes it. */
function englishBundle(): object {
  const { texts } = collectTexts(sourceFiles());
  return Object.fromEntries(
    texts.map(({ key, message, comment }) => [
      key,
      comment.length === 0 ? message : { message, comment },
    ]),
  );
}

function readFilling(file: string): Record<string, Bundle> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, Bundle>;
}

async function write(file: string, content: object): Promise<void> {
  const text = await format(JSON.stringify(content), { parser: 'json', printWidth: 100 });
  writeFileSync(path.join(projectFolder, file), text);
}
