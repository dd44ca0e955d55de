import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { inflateRawSync } from 'node:zlib';

import { projectFolder } from '../test/hosts/paths.ts';
import { runCommand } from './command.ts';
import { noticesFile, noticesText } from './licences.ts';
import { zipEntries } from './zip.ts';

/** Where the package is put, within the project. */
export const packageFile = path.join('out', 'luma-luminary-explorer.vsix');

/** A check gives what's wrong, a line for each problem. */
export type Check = () => string[] | Promise<string[]>;

interface Manifest {
  main: string;
  icon?: string;
  engines: { vscode: string };
  dependencies?: Record<string, string>;
  devDependencies: Record<string, string>;
  enabledApiProposals?: string[];
  contributes: {
    commands: { command: string }[];
    menus: Record<string, { command?: string; when?: string }[]>;
  };
}

/** A file that must be no larger than so many KB. */
export function checkSize(file: string, limit: number): Check {
  return () => {
    if (!existsSync(path.join(projectFolder, file))) return [`${file} is not there`];
    const size = statSync(path.join(projectFolder, file)).size / 1024;
    console.log(`${file}: ${size.toFixed(1)} KB of ${limit} KB`);
    return size <= limit ? [] : [`${file} is larger than ${limit} KB`];
  };
}

/** The package holds the files that test/package-files.txt names, and no others. */
export async function checkPackageFiles(): Promise<string[]> {
  const list = path.join('test', 'package-files.txt');
  const expected = lines(readFileSync(path.join(projectFolder, list), 'utf8'));
  const vsce = path.join(projectFolder, 'node_modules', '@vscode', 'vsce', 'vsce');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [vsce, 'ls', '--no-dependencies'],
    { cwd: projectFolder },
  );
  const packaged = lines(stdout);
  console.log(packaged.join('\n'));
  return [
    ...expected.filter((file) => !packaged.includes(file)).map((f) => `${f} is not in the package`),
    ...packaged.filter((file) => !expected.includes(file)).map((f) => `${f} is not in ${list}`),
  ];
}

/** Every picture in the package's README.md has a whole address: a relative one is broken there. */
export function checkPackagedReadme(): string[] {
  const archive = readFileSync(path.join(projectFolder, packageFile));
  const readme = fileIn(archive, 'extension/readme.md') ?? '';
  if (!readme.startsWith('# ')) return ['The package has no README.md'];
  const relative = /<img [^>]*?src="(?!https:)([^"]*)"|!\[[^\]]*\]\((?!https:)([^)]*)/g;
  return [...readme.matchAll(relative)].map(
    ([, tag, link = '']) => `README.md of the package shows ${tag ?? link}, which it does not have`,
  );
}

/** The text of a compressed file in a zip archive. */
function fileIn(archive: Buffer, name: string): string | undefined {
  const entry = zipEntries(archive).find(({ name: one }) => one === name);
  if (entry === undefined) return undefined;
  const { at, size } = entry;
  const start = at + 30 + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
  return inflateRawSync(archive.subarray(start, start + size)).toString();
}

/** The command builds the package again, on what looks like another machine, with the same bytes. */
export function checkSameBytes(command: string[]): Check {
  return async () => {
    rmSync(path.join(projectFolder, 'dist'), { recursive: true, force: true });
    const again = path.join('out', 'again.vsix');
    const umask = process.umask(0o002);
    try {
      const elsewhere = { TZ: 'Pacific/Auckland', LC_ALL: 'et_EE.UTF-8' };
      if (!(await runCommand([...command, again], elsewhere))) return ['It can’t be built again'];
    } finally {
      process.umask(umask);
    }
    const [first, second] = [packageFile, again].map(sha256);
    console.log(`${packageFile}: sha256 ${first ?? ''}`);
    return first === second ? [] : [`${again} has other bytes: sha256 ${second ?? ''}`];
  };
}

function sha256(file: string): string {
  return createHash('sha256')
    .update(readFileSync(path.join(projectFolder, file)))
    .digest('hex');
}

/** The notices are those of what has just been bundled. */
export async function checkNotices(): Promise<string[]> {
  const written = existsSync(noticesFile) ? readFileSync(noticesFile, 'utf8') : '';
  return written === (await noticesText())
    ? []
    : [`${path.basename(noticesFile)} is not up to date: npm run notices`];
}

/** What package.json must and must not hold. */
export function checkManifest(): string[] {
  const text = readFileSync(path.join(projectFolder, 'package.json'), 'utf8');
  const manifest = JSON.parse(text) as Manifest;
  return [
    ...checkDependencies(manifest),
    ...checkCommands(manifest.contributes),
    ...checkPinned(manifest.contributes),
    ...checkNames(text),
  ];
}

function checkDependencies(manifest: Manifest): string[] {
  const problems = Object.keys(manifest.dependencies ?? {}).map(
    (name) => `${name} is in dependencies: all that ships is bundled`,
  );
  if (manifest.enabledApiProposals !== undefined) problems.push('enabledApiProposals is set');
  for (const file of [manifest.main, manifest.icon ?? '']) {
    if (!existsSync(path.join(projectFolder, file))) problems.push(`${file} is not there`);
  }
  const minor = (version = '') => /(\d+\.\d+)\./.exec(version)?.[1];
  if (minor(manifest.devDependencies['@types/vscode']) !== minor(manifest.engines.vscode)) {
    problems.push('@types/vscode is of another version than engines.vscode');
  }
  return problems;
}

function checkCommands({ commands, menus }: Manifest['contributes']): string[] {
  const known = new Set(commands.map(({ command }) => command));
  return Object.entries(menus).flatMap(([menu, items]) =>
    items
      .filter(({ command }) => command !== undefined && !known.has(command))
      .map(({ command }) => `${menu} has ${command ?? ''}, which is no command`),
  );
}

/** A user and an account have the same menus when they are pinned, but for Pin and Unpin. */
function checkPinned({ menus }: Manifest['contributes']): string[] {
  const own = ['lumaLuminary.pin', 'lumaLuminary.unpin'];
  const items = (menus['view/item/context'] ?? []).filter(
    ({ command = '' }) => !own.includes(command),
  );
  return items.flatMap(({ command = '', when = '' }) => {
    const pattern = /viewItem =~ \/(.+)\/(?: |$)/.exec(when)?.[1];
    const value = /viewItem == (\S+)/.exec(when)?.[1];
    const takes = (item: string) =>
      pattern === undefined ? item === value : new RegExp(pattern).test(item);
    return ['user', 'account']
      .filter(takes)
      .flatMap((item) => [`${item}.pinned`, `${item}.pinned.row`])
      .filter((item) => !takes(item))
      .map((item) => `${command} is in the menu of no ${item}`);
  });
}

function checkNames(manifest: string): string[] {
  const used = new Set([...manifest.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? ''));
  const names = readFileSync(path.join(projectFolder, 'package.nls.json'), 'utf8');
  const known = new Set(Object.keys(JSON.parse(names) as object));
  return [
    ...[...used].filter((key) => !known.has(key)).map((key) => `package.nls.json has no ${key}`),
    ...[...known]
      .filter((key) => !used.has(key))
      .map((key) => `${key} of package.nls.json is not used`),
  ];
}

function lines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .sort();
}
