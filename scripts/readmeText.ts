import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

import { format, resolveConfig } from 'prettier';

import { projectFolder } from '../test/hosts/paths.ts';
import { commandGroups } from './commandTexts.ts';
import type { Contributes } from './readmeTables.ts';
import { between, commandProblems, commandTable, settingTable } from './readmeTables.ts';

/** `npm run readme` writes the tables in it. */
export const readmeFile = path.join(projectFolder, 'README.md');

/** `npm run pictures` writes them. They don't go into the package. */
export const picturesOfReadme = path.join(projectFolder, 'docs', 'pictures');

/** In KB: the marketplace's page has to be there at once. */
const pictureLimit = 80;

/** README.md with tables that say what package.json says. */
export async function readmeText(): Promise<string> {
  const { contributes } = readJson('package.json') as { contributes: Contributes };
  const names = readJson('package.nls.json') as Record<string, string>;
  const tables = {
    commands: commandTable(contributes, commandGroups, names),
    settings: settingTable(contributes, names),
  };
  const text = Object.entries(tables).reduce(
    (whole, [name, table]) => between(whole, name, table),
    readFileSync(readmeFile, 'utf8'),
  );
  return format(text, { ...(await resolveConfig(readmeFile)), parser: 'markdown' });
}

/** The tables are up to date, no command is left out, and each picture is there, small, and shown. */
export async function checkReadme(): Promise<string[]> {
  const { contributes } = readJson('package.json') as { contributes: Contributes };
  const written = readFileSync(readmeFile, 'utf8');
  return [
    ...commandProblems(contributes, commandGroups).map((p) => `scripts/commandTexts.ts: ${p}`),
    ...(written === (await readmeText()) ? [] : ['README.md is not up to date: npm run readme']),
    ...pictureProblems(written),
  ];
}

function pictureProblems(readme: string): string[] {
  const shown = [...readme.matchAll(/"docs\/pictures\/([^"]+)"/g)].map(([, name]) => name ?? '');
  const there = readdirSync(picturesOfReadme);
  const large = there.filter(
    (name) => statSync(path.join(picturesOfReadme, name)).size > pictureLimit * 1024,
  );
  return [
    ...shown.filter((name) => !there.includes(name)).map((name) => `${name} is not there`),
    ...there.filter((name) => !shown.includes(name)).map((name) => `README.md shows no ${name}`),
    ...large.map((name) => `${name} is larger than ${pictureLimit} KB`),
  ];
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(path.join(projectFolder, file), 'utf8'));
}
