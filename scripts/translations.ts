import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { projectFolder } from '../test/hosts/paths.ts';
import { collectTexts, sourceFiles } from './texts.ts';

/** The languages that all texts are translated into, as VS Code names them. */
export const languages = ['de', 'ja'] as const;

/** One of {@link languages}. */
export type Language = (typeof languages)[number];

/** Texts in one language, by what they are called. */
export type Bundle = Readonly<Record<string, string>>;

/** What has to be translated: the texts of the source, or those of package.json. */
export interface Original {
  /** The English texts, by what translations call them. */
  texts: Bundle;
  /** Where a text stands. */
  placesOf: (key: string) => readonly string[];
  /** The file of a language, within the project. */
  fileOf: (language: string) => string;
  /** Whether its files are in the order of their keys, rather than in that of the English one. */
  sorted: boolean;
}

/** How a language's file differs from what there is to translate. */
export interface Difference {
  missing: string[];
  leftOver: string[];
}

/** The two originals: the source's texts and those of package.json. */
export function originals(): Original[] {
  const { texts } = collectTexts(sourceFiles());
  const manifest = lines('package.json');
  const placesOfText = new Map(texts.map(({ key, places }) => [key, places]));
  return [
    {
      texts: Object.fromEntries(texts.map(({ key, message }) => [key, message])),
      placesOf: (key) => placesOfText.get(key) ?? [],
      fileOf: (language) => `l10n/bundle.l10n.${language}.json`,
      sorted: true,
    },
    {
      texts: readBundle('package.nls.json'),
      placesOf: (key) =>
        manifest.flatMap((line, at) =>
          line.includes(`"%${key}%"`) ? [`package.json:${at + 1}`] : [],
        ),
      fileOf: (language) => `package.nls.${language}.json`,
      sorted: false,
    },
  ];
}

/** A file of texts; empty where there is none. */
export function readBundle(file: string): Bundle {
  const full = path.join(projectFolder, file);
  return existsSync(full) ? (JSON.parse(readFileSync(full, 'utf8')) as Bundle) : {};
}

/** What a translation lacks, and what it has that nothing uses. */
export function difference(original: Bundle, translation: Bundle): Difference {
  return {
    missing: Object.keys(original).filter((key) => !Object.hasOwn(translation, key)),
    leftOver: Object.keys(translation).filter((key) => !Object.hasOwn(original, key)),
  };
}

function lines(file: string): string[] {
  return readFileSync(path.join(projectFolder, file), 'utf8').split('\n');
}
