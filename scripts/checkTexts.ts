import { readFileSync } from 'node:fs';
import path from 'node:path';

import { projectFolder } from '../test/hosts/paths.ts';
import { bareTexts } from './bareTexts.ts';
import type { Text } from './texts.ts';
import { collectTexts, placeholders, sourceFiles } from './texts.ts';
import type { Language, Original } from './translations.ts';
import { difference, languages, originals, readBundle } from './translations.ts';

/** Placeholders, names and abbreviations, which no language translates. */
const untranslated =
  /\{\w+\}|\b(Luma|Luminary( Explorer)?|ID|JSON( Lines)?|CSV|HTTP|Node\.js|macOS|ms)\b/g;

/** Words that a language shares with English. */
const shared: Readonly<Record<Language, readonly string[]>> = { de: ['Slots'], ja: [] };

/** A number of seconds that is never one, and of authorities, which are many. */
const neverOne = [
  'about {0} seconds left',
  'Certificates: those of {0} authorities, which Node.js or the system trusts',
];

/** Everything that must hold for what a person reads, a line for each problem. */
export function checkTexts(): string[] {
  const files = sourceFiles();
  const { texts, problems } = collectTexts(files);
  console.log(`${texts.length} texts in the source, in English, ${languages.join(', ')}`);
  return [
    ...problems,
    ...uncounted(texts),
    ...bareTexts(files),
    ...bareInManifest(),
    ...languages
      .filter((language) => !fitsCounted(language))
      .map((language) => `${language} has plurals that counted does not tell apart`),
    ...languages.flatMap((language) =>
      originals().flatMap((original) => wrongInBundle(original, language)),
    ),
  ];
}

function wrongInBundle({ texts, fileOf, placesOf }: Original, language: Language): string[] {
  const file = fileOf(language);
  const translation = readBundle(file);
  const titles = titlesIn(language);
  const { missing, leftOver } = difference(texts, translation);
  const wrong = Object.entries(translation).flatMap(([key, text]) => {
    const english = texts[key];
    if (english === undefined) return [];
    const copied =
      text === english &&
      !shared[language].includes(text) &&
      /\p{L}/u.test(text.replaceAll(untranslated, ''));
    return [
      ...wrongIn(english, text),
      ...wrongTitles(english, text, titles),
      ...(copied ? ['is as in English'] : []),
    ].map((problem) => `${file}: “${key}” ${problem}`);
  });
  return [
    ...missing.map((key) => `${file} lacks: ${key} (${placesOf(key).join(', ')})`),
    ...leftOver.map((key) => `${file} has what nothing uses: ${key}`),
    ...wrong,
  ];
}

/** A number before a noun in the plural, where that number may be one. */
function uncounted(texts: readonly Text[]): string[] {
  return texts
    .filter(({ message, counted }) => !counted && !neverOne.includes(message))
    .filter(({ message }) =>
      /\{\d\} (Luma |more )?(?!asks|ends|reports|stops)\w{3,}s\b/.test(message),
    )
    .map(({ message, places }) => `${places.join(', ')} has a plural without counted: ${message}`);
}

/** `counted` knows one and any other number: which is enough where only 1 is singular, or nothing. */
export function fitsCounted(language: string): boolean {
  const rules = new Intl.PluralRules(language);
  return Array.from({ length: 201 }, (_, n) => n).every(
    (n) => n === 1 || rules.select(n) === rules.select(2),
  );
}

/** What a translation lost or added beside its words. */
export function wrongIn(english: string, text: string): string[] {
  const kept: [string, (text: string) => readonly string[]][] = [
    ['placeholders', placeholders],
    ['code', (t) => t.match(/`[^`]+`/g) ?? []],
    ['icons', (t) => t.match(/\$\([\w~-]+\)/g) ?? []],
    ['commands', (t) => t.match(/\(command:[\w.]+\)/g) ?? []],
    [
      'settings and addresses',
      (t) => t.match(/\b(lumaLuminary|http)\.\w+|https?:\/\/(\w+(\.\w+)*)?/g) ?? [],
    ],
    ['names', (t) => t.match(/\b(Luma|Luminary)\b|useapi\.net|Node\.js|PAC|Kerberos/g) ?? []],
    ['line breaks', (t) => t.match(/\n/g) ?? []],
    ['spaces around it', (t) => [/^ ?/.exec(t)?.[0] ?? '']],
    ['“…” at its end', (t) => (t.endsWith('…') ? ['…'] : [])],
  ];
  const differs = kept
    .filter(([, of]) => [...of(english)].sort().join('\n') !== [...of(text)].sort().join('\n'))
    .map(([what]) => `has other ${what} than in English`);
  return text.trim() === '' ? ['is empty'] : differs;
}

/** A command is called in texts what it is called in menus. */
function wrongTitles(english: string, text: string, titles: Titles): string[] {
  return titles
    .filter((title) => english.includes(title.english) && !text.includes(title.translated))
    .map(({ translated }) => `does not call the command “${translated}”`);
}

/** The titles of commands that are of several words, without “…”. */
type Titles = readonly { english: string; translated: string }[];

function titlesIn(language: string): Titles {
  const translation = readBundle(`package.nls.${language}.json`);
  const withoutDots = (text: string) => text.replace(/…$/, '');
  return Object.entries(readBundle('package.nls.json'))
    .filter(([key, english]) => key.startsWith('command.') && english.includes(' '))
    .map(([key, english]) => ({
      english: withoutDots(english),
      translated: withoutDots(translation[key] ?? english),
    }));
}

const shownInManifest = new Set(
  ['title', 'category', 'contents', 'description', 'markdownDescription', 'displayName'].concat([
    'userDescription',
    'enumDescriptions',
    'contextualTitle',
  ]),
);

/** Texts of package.json that a person sees, and that do not stand in package.nls.json. */
function bareInManifest(): string[] {
  const text = readFileSync(path.join(projectFolder, 'package.json'), 'utf8');
  const problems: string[] = [];
  const visit = (value: unknown, name: string): void => {
    if (typeof value === 'string') {
      if (shownInManifest.has(name) && !/^%[\w.]+%$/.test(value)) {
        problems.push(`package.json has a text outside of package.nls.json: ${value}`);
      }
    } else if (Array.isArray(value)) {
      for (const one of value) visit(one, name);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, one] of Object.entries(value)) {
        // Language models read it, in English.
        if (key !== 'inputSchema') visit(one, key);
      }
    }
  };
  visit((JSON.parse(text) as { contributes: object }).contributes, '');
  return problems;
}
