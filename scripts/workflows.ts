import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';

import { projectFolder } from '../test/hosts/paths.ts';

/**
 * Each workflow names the actions of others by their commit, with the version beside it, and gives no
 * permission to all of its jobs. Whether it is a workflow at all, actionlint says.
 */
export async function checkWorkflows(): Promise<string[]> {
  const problems: string[] = [];
  for await (const file of glob('.github/workflows/*.yml', { cwd: projectFolder })) {
    const text = await readFile(path.join(projectFolder, file), 'utf8');
    problems.push(...problemsOf(text).map((problem) => `${file}: ${problem}`));
  }
  return problems;
}

function problemsOf(workflow: string): string[] {
  const actions = [...workflow.matchAll(/^ *(?:- )?uses: (.+)$/gm)].map(
    ([, action = '']) => action,
  );
  const loose = actions.filter(
    (action) => !/^(\.\/\S+|[\w./-]+@[\da-f]{40} # v\d+\.\d+\.\d+)$/.test(action),
  );
  return [
    ...loose.map((action) => `${action} is not named by its commit and version`),
    ...(/^permissions: \{\}$/m.test(workflow) ? [] : ['it has no “permissions: {}” for all jobs']),
  ];
}
