// Runs the editor tests in one VS Code: node scripts/editor-tests.ts [version]
import path from 'node:path';

import { npmVersions } from '../test/hosts/npm.ts';
import { projectFolder } from '../test/hosts/paths.ts';
import { explain } from './explain.ts';

const version = process.argv[2] ?? npmVersions[0];
const tests = path.join(projectFolder, 'out', 'editor', 'run.cjs');

try {
  if (process.env['VSCODE_TEST_HOST'] === 'desktop') {
    const { runDesktopTests } = await import('../test/hosts/desktop.ts');
    process.exitCode = await runDesktopTests(version, tests);
  } else {
    const { runNpmEditorTests } = await import('../test/hosts/npmEditorTests.ts');
    process.exitCode = await runNpmEditorTests(version, tests);
  }
} catch (error) {
  console.log(explain(error));
  process.exitCode = 1;
}
