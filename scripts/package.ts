// npm run package: the one file that is published. The same sources give the same bytes, whenever,
// wherever and by whomever they are packed.
//   npm run package -- file.vsix    writes another file
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { packageFile } from './checks.ts';
import { runCommand, tool } from './command.ts';
import { withoutPictures } from './packagedReadme.ts';
import { zipEntries } from './zip.ts';

/** What vsce would take from the machine: the files' times, a time zone, the order of names. */
const sameEverywhere = { SOURCE_DATE_EPOCH: '315532800', TZ: 'UTC', LC_ALL: 'en_US.UTF-8' };

const file = process.argv[2] ?? packageFile;
await mkdir(path.dirname(file), { recursive: true });
const vsce = [process.execPath, tool('@vscode', 'vsce', 'vsce'), 'package', '--no-dependencies'];
vsce.push('--out', file, ...(await withoutRepository()));
if (await runCommand(vsce, sameEverywhere)) {
  const archive = await readFile(file);
  setRights(archive);
  await writeFile(file, archive);
} else {
  process.exitCode = 1;
}

/** Only with a repository has README.md an address for its pictures, as they are not in the package. */
async function withoutRepository(): Promise<string[]> {
  const manifest = JSON.parse(await readFile('package.json', 'utf8')) as { repository?: unknown };
  if (manifest.repository !== undefined) return [];
  console.log('package.json names no repository: the package’s README.md has no pictures.');
  const [readme, ignored] = ['out/package/README.md', 'out/package/.vscodeignore'];
  await mkdir(path.dirname(readme), { recursive: true });
  await writeFile(readme, withoutPictures(await readFile('README.md', 'utf8')));
  const usual = await readFile('.vscodeignore', 'utf8');
  await writeFile(ignored, usual.replace(/^!README\.md$/m, ''));
  const options = ['--allow-missing-repository', '--no-rewrite-relative-links'];
  return [...options, '--readme-path', readme, '--ignoreFile', ignored];
}

/** Makes each file of a zip archive an ordinary one that its owner may write, `-rw-r--r--`. */
function setRights(archive: Buffer): void {
  for (const { record } of zipEntries(archive)) archive.writeUInt16LE(0o100644, record + 40);
}
