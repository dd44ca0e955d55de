import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { cachedFolder } from './cache.ts';
import { projectFolder } from './paths.ts';

/** A VS Code whose server, workbench and extension host come from the npm registry. */
export interface NpmEditor {
  /** VS Code's version, as `vscode.version` gives it. */
  version: string;
  /** The Node to start it with: the one that this VS Code ships with. */
  node: string;
  /** The file that starts its server. */
  server: string;
}

/** The versions that tests run on: the newest one and the oldest one that we support. */
export const npmVersions = ['1.139.1', '1.105.1'] as const;

interface Source {
  /** The npm package that carries this VS Code in its lib/vscode. */
  package: string;
  /** Of the package's archive. */
  integrity: string;
  /** The npm package of the Node that it runs on. */
  node: string;
  /** Dependencies to replace, as the package names a place that npm alone can't fetch them from. */
  replace?: Record<string, string>;
}

const sources: Record<(typeof npmVersions)[number], Source> = {
  '1.139.1': {
    package: 'code-server@4.139.1',
    integrity:
      'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
    node: 'node',
  },
  '1.105.1': {
    package: 'code-server@4.105.1',
    integrity:
      'sha512-uYQwGkhOMR1/1vkuvj8oR6A03yBcWvxemR4hZdMnBLyZKreZFx4oGhUSVq9lXedXb4kc0jwtYfoeee1J0Q09bw==',
    node: 'node22',
    replace: { '@parcel/watcher': '2.5.6' },
  },
};

/**
 * VS Code of one of {@link npmVersions}, fetched with npm when it isn't in the cache yet.
 * @throws with words for a person where it can't be fetched or isn't what it should be.
 */
export async function npmEditor(version: string): Promise<NpmEditor> {
  const source = Object.entries(sources).find(([known]) => known === version)?.[1];
  if (source === undefined) {
    throw new Error(`VS Code ${version} is not one of ${npmVersions.join(', ')}.`);
  }
  const folder = await cachedFolder(`npm-${version}`, async (temporary) => {
    console.log(`Fetching VS Code ${version} from the npm registry (once)…`);
    await fetchServer(source, temporary);
    await checkServer(temporary, version);
  });
  await checkServer(folder, version);
  await copyFile(
    new URL('spdlog.cjs', import.meta.url),
    path.join(folder, 'node_modules', '@vscode', 'spdlog', 'index.js'),
  );

  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  const node = path.join(projectFolder, 'node_modules', source.node, 'bin', binary);
  if (!existsSync(node)) throw new Error(`${node} isn't there: run npm ci.`);
  return { version, node, server: path.join(folder, 'out', 'server-main.js') };
}

async function fetchServer(source: Source, folder: string): Promise<void> {
  const archives = path.join(folder, 'archive');
  await mkdir(archives);
  await npm(['pack', source.package, '--pack-destination', archives], folder);
  const archive = (await readdir(archives))[0];
  if (archive === undefined) throw new Error(`npm pack ${source.package} gave no file.`);
  await checkIntegrity(path.join(archives, archive), source);

  await promisify(execFile)('tar', ['-xzf', archive, 'package/lib/vscode'], { cwd: archives });
  const unpacked = path.join(archives, 'package', 'lib', 'vscode');
  for (const entry of await readdir(unpacked)) {
    await rename(path.join(unpacked, entry), path.join(folder, entry));
  }
  await rm(archives, { recursive: true });

  if (source.replace !== undefined) await replaceDependencies(folder, source.replace);
  // Where its own lock file is there, the dependencies are those that it was published with.
  const quietly = ['--no-audit', '--no-fund', '--loglevel=error'];
  await npm(['install', '--omit=dev', '--ignore-scripts', ...quietly], folder);
}

async function checkIntegrity(archive: string, source: Source): Promise<void> {
  const hash = createHash('sha512')
    .update(await readFile(archive))
    .digest('base64');
  if (`sha512-${hash}` !== source.integrity) {
    throw new Error(
      `The archive of ${source.package} is not the one expected.\n` +
        `Expected: ${source.integrity}\nReceived: sha512-${hash}`,
    );
  }
}

/** The lock file goes as well: it names the same place. */
async function replaceDependencies(folder: string, by: Record<string, string>): Promise<void> {
  const file = path.join(folder, 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as {
    dependencies: Record<string, string>;
  };
  Object.assign(manifest.dependencies, by);
  await writeFile(file, JSON.stringify(manifest, undefined, 2));
  await rm(path.join(folder, 'npm-shrinkwrap.json'), { force: true });
}

async function checkServer(folder: string, version: string): Promise<void> {
  const problem = await findProblem(folder, version);
  if (problem !== undefined) {
    throw new Error(`VS Code in ${folder} can't be used: ${problem}. Delete that folder.`);
  }
}

async function findProblem(folder: string, version: string): Promise<string | undefined> {
  for (const file of ['out/server-main.js', 'product.json', 'node_modules/minimist']) {
    if (!existsSync(path.join(folder, file))) return `${file} is missing`;
  }
  const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
    version?: unknown;
  };
  return manifest.version === version
    ? undefined
    : `it is version ${String(manifest.version)}, not ${version}`;
}

async function npm(args: string[], cwd: string): Promise<void> {
  const options = { cwd, maxBuffer: 64 * 1024 * 1024, shell: process.platform === 'win32' };
  try {
    await promisify(execFile)('npm', args, options);
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    const relevant = said.split('\n').filter((line) => !/^npm (notice|warn)/.test(line));
    const unreachable = /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|network/.test(said);
    throw new Error(
      (unreachable
        ? 'The npm registry can’t be reached, and VS Code has to be fetched from it once.\n'
        : '') + `npm ${args.join(' ')} failed:\n${relevant.join('\n').trim()}`,
    );
  }
}
