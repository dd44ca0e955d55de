import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import { packageFile } from '../../scripts/checks.ts';
import { projectFolder } from '../hosts/paths.ts';
import type { Measurement } from './figure.ts';
import { oncePerSize } from './figure.ts';

/** The file that activation loads, within the project. */
const activationFile = path.join('dist', 'extension.cjs');

/** Builds the extension and what of the benches runs inside VS Code. */
export const build = oncePerSize(async () => {
  await run(['esbuild.js']);
  await run([path.join('test', 'bench', 'host', 'build.ts')]);
});

/** The size in KB of the file that activation loads. */
export async function activationSize(): Promise<Measurement> {
  await build(0);
  return { value: kilobytes(activationFile), runs: 1 };
}

/** The size in KB of the package. */
export async function packageSize(): Promise<Measurement> {
  await run([path.join('scripts', 'package.ts')]);
  return { value: kilobytes(packageFile), runs: 1 };
}

function kilobytes(file: string): number {
  return statSync(path.join(projectFolder, file)).size / 1024;
}

async function run(command: string[]): Promise<void> {
  await promisify(execFile)(process.execPath, command, { cwd: projectFolder });
}
