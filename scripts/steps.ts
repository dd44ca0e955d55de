import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { desktopVersions, withDisplay } from '../test/hosts/desktop.ts';
import { npmEditor, npmVersions } from '../test/hosts/npm.ts';
import { projectFolder } from '../test/hosts/paths.ts';
import type { Totals } from '../test/hosts/totals.ts';
import { grepVariable, takeTotals, totalsVariable } from '../test/hosts/totals.ts';
import type { Check } from './checks.ts';
import {
  checkManifest,
  checkNotices,
  checkPackageFiles,
  checkPackagedReadme,
  checkSameBytes,
  checkSize,
  packageFile,
} from './checks.ts';
import { checkTexts } from './checkTexts.ts';
import { runCommand, tool } from './command.ts';
import { checkWalkthrough } from './walkthrough.ts';
import { checkReadme } from './readmeText.ts';
import { checkWorkflows } from './workflows.ts';

/** One part of `npm test`. */
export interface Step {
  /** What it is asked for by, as in `npm test -- unit`. */
  group: string;
  title: string;
  /** The VS Code that it runs in. */
  version?: string;
  /** Whether it needs what the step `build` makes. */
  needsBuild?: boolean;
  run: () => Promise<Totals>;
}

const node = process.execPath;
const onDesktop = process.env['VSCODE_TEST_HOST'] === 'desktop';

/** All parts of `npm test`, in their order. `grep` picks tests by their names. */
export function allSteps(grep: string | undefined): Step[] {
  const only = grep === undefined ? [] : ['--grep', grep];
  const pack = [node, 'scripts/package.ts'];
  const prettier = [node, tool('prettier', 'bin', 'prettier.cjs'), '--check', '.'];
  const actionlint = tool('@tktco', 'node-actionlint', 'bin', 'node-actionlint.js');
  const tsc = [node, tool('typescript', 'bin', 'tsc'), '-p'];
  const built = { needsBuild: true };
  return [
    { group: 'format', title: 'Formatting', run: passes(prettier) },
    { group: 'lint', title: 'Lint', run: passes([node, tool('eslint', 'bin', 'eslint.js'), '.']) },
    { group: 'workflows', title: 'Workflows', run: passes([node, actionlint]) },
    { group: 'workflows', title: 'Actions and permissions', run: finds(checkWorkflows) },
    { group: 'types', title: 'Types', run: passes([...tsc, '.']) },
    { group: 'types', title: 'Types without the browser’s', run: passes([...tsc, 'src']) },
    { group: 'build', title: 'Build', run: makesAnew([node, 'esbuild.js']) },
    { group: 'unit', title: 'Unit tests', run: tests([node, 'scripts/mocha.ts', 'unit', ...only]) },
    { group: 'l10n', title: 'Texts and translations', run: finds(checkTexts) },
    { group: 'manifest', title: 'package.json', ...built, run: finds(checkManifest) },
    { group: 'manifest', title: 'Walkthrough', run: finds(checkWalkthrough) },
    { group: 'readme', title: 'README.md', run: finds(checkReadme) },
    { group: 'notices', title: 'Notices of others’ licences', ...built, run: finds(checkNotices) },
    { group: 'package', title: 'Package', ...built, run: makesAnew(pack) },
    { group: 'package', title: 'Files of the package', ...built, run: finds(checkPackageFiles) },
    {
      group: 'package',
      title: 'Pictures of the packaged README.md',
      ...built,
      run: finds(checkPackagedReadme),
    },
    {
      group: 'package',
      title: 'Package once more, from scratch',
      ...built,
      run: finds(checkSameBytes(pack)),
    },
    {
      group: 'size',
      title: 'Size of what activation loads',
      ...built,
      run: finds(checkSize(path.join('dist', 'extension.cjs'), 60)),
    },
    {
      group: 'size',
      title: 'Size of the package',
      ...built,
      run: finds(checkSize(packageFile, 400)),
    },
    {
      group: 'editor',
      title: 'Build of the editor tests',
      run: passes([node, 'scripts/build-tests.ts']),
    },
    ...(onDesktop ? desktopVersions : npmVersions).map((version) => ({
      group: 'editor',
      title: `Editor tests in VS Code ${version}, ${onDesktop ? 'desktop' : 'from npm'}`,
      version,
      ...built,
      run: async () => {
        const command = [node, 'scripts/editor-tests.ts', version];
        const env = grep === undefined ? {} : { [grepVariable]: grep };
        return tests(onDesktop ? withDisplay(command) : command, env)();
      },
    })),
    ...npmVersions.map((version) => ({
      group: 'ui',
      title: `UI tests in VS Code ${version}, from npm`,
      version,
      ...built,
      run: async () => {
        const editor = await npmEditor(version);
        const nodeVersion = execFileSync(editor.node, ['--version'], { encoding: 'utf8' }).trim();
        console.log(`VS Code ${version}, Node ${nodeVersion}`);
        const command = [node, 'scripts/mocha.ts', 'ui', ...only];
        const made = path.join(projectFolder, packageFile);
        return tests(command, {
          VSCODE_TEST_VERSION: version,
          ...(existsSync(made) && { LUMA_LUMINARY_PACKAGE: made }),
        })();
      },
    })),
  ];
}

function passes(command: string[]): () => Promise<Totals> {
  return async () => one(await runCommand(command));
}

/** A package of an earlier build must not be tested as that of this one. */
function makesAnew(command: string[]): () => Promise<Totals> {
  return async () => {
    const file = path.join(projectFolder, packageFile);
    rmSync(file, { force: true });
    mkdirSync(path.dirname(file), { recursive: true });
    return one(await runCommand(command));
  };
}

function finds(check: Check): () => Promise<Totals> {
  return async () => {
    const problems = await check();
    for (const problem of problems) console.log(`✘ ${problem}`);
    return one(problems.length === 0, problems.join('\n'));
  };
}

/** A run of tests that breaks down, or that finds no tests, has failed. */
function tests(command: string[], env: Record<string, string> = {}): () => Promise<Totals> {
  return async () => {
    const file = path.join(projectFolder, 'out', 'totals.json');
    rmSync(file, { force: true });
    const succeeded = await runCommand(command, { ...env, [totalsVariable]: file });
    const totals = takeTotals(file);
    if (totals === undefined) return brokenDown('The tests did not run to their end.');
    if (totals.passed + totals.failed === 0) return brokenDown('No test was run.');
    if (succeeded || totals.failed > 0) return totals;
    return { ...brokenDown('No test failed, but their process did.'), passed: totals.passed };
  };
}

function brokenDown(why: string): Totals {
  console.log(`✘ ${why}`);
  return one(false, why);
}

/** The totals of what is no run of tests: it is as good as one test. */
export function one(passed: boolean, why = ''): Totals {
  if (passed) return { passed: 1, failed: 0, skipped: 0, failures: [] };
  return { passed: 0, failed: 1, skipped: 0, failures: why === '' ? [] : [{ title: '', why }] };
}
