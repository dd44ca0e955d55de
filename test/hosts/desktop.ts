import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { downloadAndUnzipVSCode, runTests, TestRunFailedError } from '@vscode/test-electron';

import { cacheFolder, projectFolder, stageFolder } from './paths.ts';
import { testVariables } from './totals.ts';

/** The versions that the desktop tests run on: the oldest that we support, today's and tomorrow's. */
export const desktopVersions = ['1.105.1', 'stable', 'insiders'] as const;

/** Whether windows can be shown. On macOS and Windows they always can. */
export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return ['DISPLAY', 'WAYLAND_DISPLAY'].some((name) => (process.env[name] ?? '') !== '');
}

/**
 * The command as it has to be started so that it can open windows: through xvfb-run on a Linux
 * without a display.
 * @throws with words for a person where neither is there.
 */
export function withDisplay(command: string[]): string[] {
  if (hasDisplay()) return command;
  if (spawnSync('xvfb-run', ['--help'], { stdio: 'ignore' }).error !== undefined) {
    throw new Error(
      'The desktop build of VS Code needs a display, or xvfb-run (Debian, Ubuntu: apt install xvfb). ' +
        'Without VSCODE_TEST_HOST=desktop the tests need neither.',
    );
  }
  return ['xvfb-run', '--auto-servernum', ...command];
}

/**
 * The executable of VS Code's desktop build, downloaded when it isn't in the cache yet.
 * @throws with words for a person where it can't be downloaded.
 */
export async function desktopEditor(version: string): Promise<string> {
  try {
    return await downloadAndUnzipVSCode({ version, cachePath: cacheFolder });
  } catch (error) {
    throw new Error(
      `The desktop build of VS Code ${version} can't be downloaded from Microsoft's update server ` +
        '(update.code.visualstudio.com).',
      { cause: error },
    );
  }
}

/** Arguments that give a desktop VS Code data of its own, in these folders, and keep it quiet. */
export function freshDesktop(root: string): string[] {
  return [
    ...[`--user-data-dir=${path.join(root, 'user')}`],
    ...[`--extensions-dir=${path.join(root, 'extensions')}`],
    // A keyring might ask for its password, and there's nobody to answer.
    '--password-store=basic',
    ...['--disable-workspace-trust', '--disable-telemetry', '--disable-updates'],
    ...['--skip-welcome', '--skip-release-notes', '--disable-gpu', '--no-sandbox'],
  ];
}

/**
 * Runs a file of tests in the extension host of VS Code's desktop build, and prints what they write.
 * @returns the exit code: 0 when all have passed.
 */
export async function runDesktopTests(version: string, tests: string): Promise<number> {
  const vscodeExecutablePath = await desktopEditor(version);
  const root = await mkdtemp(path.join(tmpdir(), 'luma-luminary-'));
  const workspace = path.join(root, 'workspace');
  await mkdir(workspace);
  try {
    return await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: [projectFolder, stageFolder],
      extensionTestsPath: tests,
      extensionTestsEnv: testVariables(),
      launchArgs: [workspace, ...freshDesktop(root)],
    });
  } catch (error) {
    if (error instanceof TestRunFailedError) return error.code ?? 1;
    throw error;
  } finally {
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  }
}
