import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

import { cachedFolder } from './cache.ts';
import { projectFolder } from './paths.ts';

/** A Chromium, and the variables that it has to be started with. */
interface Chromium {
  executable: string;
  env: Record<string, string>;
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a headless Chromium; see {@link findChromium} for which. */
export async function launchBrowser(): Promise<Browser> {
  const { executable, env } = await findChromium();
  const inherited = Object.entries(process.env).filter(([, value]) => value !== undefined);
  return chromium.launch({
    executablePath: executable,
    args: flags,
    env: { ...(Object.fromEntries(inherited) as Record<string, string>), ...env },
  });
}

/**
 * The Chromium to use: the one that CHROMIUM_PATH names, else an installed one, else, on Linux, the
 * one in the npm package @sparticuz/chromium.
 * @throws with words for a person where there is none.
 */
async function findChromium(): Promise<Chromium> {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    const problem = await whyItFails(named, {});
    if (problem === undefined) return { executable: named, env: {} };
    throw new Error(`CHROMIUM_PATH names ${named}, which doesn't start:\n${problem}`);
  }
  for (const executable of installedOnes()) {
    const starts = existsSync(executable) && (await whyItFails(executable, {})) === undefined;
    if (starts) return { executable, env: {} };
  }
  if (process.platform === 'linux' && process.arch === 'x64') return packagedChromium();
  throw new Error('No Chromium, Chrome or Edge was found. Name one in CHROMIUM_PATH.');
}

function installedOnes(): string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((n) => process.env[n]);
    return roots.flatMap((root) =>
      ['Google\\Chrome', 'Chromium', 'Microsoft\\Edge'].map((name) =>
        path.join(
          root ?? '',
          name,
          'Application',
          name.endsWith('Edge') ? 'msedge.exe' : 'chrome.exe',
        ),
      ),
    );
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'msedge', 'microsoft-edge'];
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

/** On Windows `--version` opens a window: there, being a file is enough. */
async function whyItFails(
  executable: string,
  env: Record<string, string>,
): Promise<string | undefined> {
  if (process.platform === 'win32') return existsSync(executable) ? undefined : 'it is not there';
  try {
    await promisify(execFile)(executable, ['--version'], {
      env: { ...process.env, ...env },
      timeout: 20_000,
    });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function packagedChromium(): Promise<Chromium> {
  const home = path.join(projectFolder, 'node_modules', '@sparticuz', 'chromium');
  const { version } = JSON.parse(await readFile(path.join(home, 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = await cachedFolder(`chromium-${version}`, async (temporary) => {
    const bin = path.join(home, 'bin');
    const target = path.join(temporary, 'chromium');
    await decompress(path.join(bin, 'chromium.br'), target);
    await chmod(target, 0o755);
    await unpack(path.join(bin, 'al2023.tar.br'), path.join(temporary, 'libraries'));
    await unpack(path.join(bin, 'fonts.tar.br'), path.join(temporary, 'fonts'));
  });
  const executable = path.join(folder, 'chromium');
  const fonts = (await hasFonts()) ? {} : await ownFonts(folder);
  const problem = await whyItFails(executable, {});
  if (problem === undefined) return { executable, env: fonts };

  const system = process.env['LD_LIBRARY_PATH'];
  const libraries = path.join(folder, 'libraries', 'lib');
  const env = {
    LD_LIBRARY_PATH: system === undefined ? libraries : `${libraries}:${system}`,
    ...fonts,
  };
  const stillFails = await whyItFails(executable, env);
  if (stillFails === undefined) return { executable, env };
  throw new Error(`The Chromium of @sparticuz/chromium doesn't start:\n${stillFails}`);
}

async function decompress(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
}

async function unpack(archive: string, folder: string): Promise<void> {
  const tar = `${folder}.tar`;
  await mkdir(folder);
  await decompress(archive, tar);
  await promisify(execFile)('tar', ['-xf', tar, '-C', folder]);
  await rm(tar);
}

async function hasFonts(): Promise<boolean> {
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts', `${homedir()}/.local/share/fonts`];
  for (const folder of folders) {
    for await (const _ of glob('**/*.{ttf,otf,ttc,pfb}', { cwd: folder })) return true;
  }
  return false;
}

async function ownFonts(folder: string): Promise<Record<string, string>> {
  const file = path.join(folder, 'fonts.conf');
  await writeFile(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>` +
      `<dir>${path.join(folder, 'fonts')}</dir>` +
      `<cachedir>${path.join(folder, 'fonts-cache')}</cachedir></fontconfig>\n`,
  );
  return { FONTCONFIG_FILE: file };
}
