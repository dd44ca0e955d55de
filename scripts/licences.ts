import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import type { Metafile } from 'esbuild';

import { projectFolder } from '../test/hosts/paths.ts';

/** Goes into the package. `npm run notices` writes it. */
export const noticesFile = path.join(projectFolder, 'THIRD-PARTY-NOTICES.txt');

/** Licences whose terms are met by handing on their text, and that go with MIT. */
const allowed = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0']);

const rule = `\n${'-'.repeat(80)}\n\n`;

/** A package of which the bundles hold something. */
interface Bundled {
  folder: string;
  /** The files of it that went into the bundles. */
  files: string[];
}

/**
 * The notices for what the last build has bundled: each package, and each part of one that comes with
 * a licence of its own.
 * @throws where a package has a licence that isn't known to fit, or no text of it.
 */
export async function noticesText(): Promise<string> {
  const notices = await Promise.all((await bundledPackages()).map(notice));
  return [
    'Luma & Luminary Explorer contains the following software of others, under these licences.\n',
    ...notices,
  ].join(rule);
}

async function bundledPackages(): Promise<Bundled[]> {
  const metafile = path.join(projectFolder, 'out', 'metafile.json');
  const { outputs } = JSON.parse(await readFile(metafile, 'utf8')) as Metafile;
  const packages = new Map<string, Bundled>();
  for (const { inputs } of Object.values(outputs)) {
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
      if (folder === undefined || bytesInOutput === 0) continue;
      const bundled = packages.get(folder) ?? { folder, files: [] };
      bundled.files.push(file);
      packages.set(folder, bundled);
    }
  }
  return [...packages.values()].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function nameOf({ folder }: Bundled): string {
  return folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

async function notice({ folder, files }: Bundled): Promise<string> {
  const manifest = path.join(projectFolder, folder, 'package.json');
  const { name, version, license } = JSON.parse(await readFile(manifest, 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  if (license === undefined || !allowed.has(license)) {
    throw new Error(`${name} has the licence ${license ?? '(none)'}, which isn't known to fit.`);
  }
  const [own, ...parts] = await Promise.all(
    foldersOf(folder, files).map(async (at) => ({ at, text: await licenceText(at) })),
  );
  if (own?.text === undefined) throw new Error(`${name} comes without the text of its licence.`);
  return [
    `${name} ${version} (${license})\n`,
    own.text,
    ...parts.flatMap(({ at, text }) =>
      text === undefined ? [] : [`${at.slice(folder.length + 1)} in it:\n`, text],
    ),
  ].join('\n');
}

/** The folders that files lie in, and those that these lie in, up to their package's own, first. */
function foldersOf(folder: string, files: string[]): string[] {
  const folders = new Set([folder]);
  for (const file of files.sort()) {
    for (
      let at = path.posix.dirname(file);
      at.length > folder.length;
      at = path.posix.dirname(at)
    ) {
      folders.add(at);
    }
  }
  return [...folders].sort();
}

async function licenceText(folder: string): Promise<string | undefined> {
  const at = path.join(projectFolder, folder);
  const file = (await readdir(at)).find((entry) => /^licen[cs]e(\.(md|txt))?$/i.test(entry));
  if (file === undefined) return undefined;
  const text = await readFile(path.join(at, file), 'utf8');
  return `${text.replaceAll('\r\n', '\n').trim()}\n`;
}
