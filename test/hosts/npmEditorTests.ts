import { setTimeout as sleep } from 'node:timers/promises';

import { launchBrowser } from './browser.ts';
import { npmEditor } from './npm.ts';
import { projectFolder, stageFolder } from './paths.ts';
import { startServer } from './server.ts';
import { testOutputMark, testVariables } from './totals.ts';
import { openWorkbench } from './workbench.ts';

const timeLimit = 5 * 60_000;

/**
 * Runs a file of tests in the extension host of a VS Code from the npm registry, and prints what they
 * write.
 * @returns the exit code: 0 when all have passed.
 */
export async function runNpmEditorTests(version: string, tests: string): Promise<number> {
  const editor = await npmEditor(version);
  const env = testVariables();
  const server = await startServer({ editor, automation: true, env, install: [stageFolder] });
  const browser = await launchBrowser();
  try {
    const workbench = await openWorkbench(browser, server, {
      extension: projectFolder,
      tests,
      onOutput: (line) => {
        if (line.startsWith(testOutputMark)) console.log(line.slice(testOutputMark.length));
      },
    });
    const tooLong = sleep(timeLimit, 'too long' as const, { ref: false });
    const code = await Promise.race([workbench.exit, tooLong]);
    if (code === 0) return 0;
    if (code === 'too long') console.log(`The tests did not end in ${timeLimit / 60_000} minutes.`);
    console.log(`Picture: ${await workbench.picture(`failed ${version} editor tests`)}`);
    const others = workbench
      .log()
      .split('\n')
      .filter((line) => !line.startsWith(testOutputMark));
    console.log(`${others.join('\n')}\n${server.output()}`.trim());
    return 1;
  } finally {
    await browser.close();
    await server.stop();
  }
}
