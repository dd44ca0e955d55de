import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { launchBrowser } from '../../hosts/browser.ts';
import { npmEditor } from '../../hosts/npm.ts';
import { projectFolder, stageFolder } from '../../hosts/paths.ts';
import { startServer } from '../../hosts/server.ts';
import type { ServerOptions } from '../../hosts/server.ts';
import { testOutputMark } from '../../hosts/totals.ts';
import { openWorkbench } from '../../hosts/workbench.ts';
import { build } from '../built.ts';

/**
 * Opens a window, runs a file of `test/bench/host` in its extension host, and gives its report. The
 * extension is that of a folder, this project's unless another is named.
 */
export type RunInHost = <T>(name: string, extension?: string) => Promise<T>;

const timeLimit = 15 * 60_000;

/** Starts a VS Code in whose windows the benches' own files can be run. */
export async function inHost<T>(
  version: string,
  env: ServerOptions['env'],
  act: (run: RunInHost) => Promise<T>,
): Promise<T> {
  await build(0);
  const editor = await npmEditor(version);
  const server = await startServer({
    editor,
    automation: true,
    install: [stageFolder],
    ...(env && { env }),
  });
  const browser = await launchBrowser();
  const run: RunInHost = async <R>(name: string, extension = projectFolder) => {
    let reported: string | undefined;
    const workbench = await openWorkbench(browser, server, {
      extension,
      tests: path.join(projectFolder, 'out', 'bench', `${name}.cjs`),
      onOutput: (line) => {
        if (line.startsWith(testOutputMark)) reported = line.slice(testOutputMark.length);
      },
    });
    try {
      const tooLong = sleep(timeLimit, undefined, { ref: false });
      const code = await Promise.race([workbench.exit, tooLong]);
      if (code !== 0 || reported === undefined) {
        throw new Error(`${name} ended with ${String(code)}.\n${workbench.log()}`);
      }
      return JSON.parse(reported) as R;
    } finally {
      await workbench.close();
    }
  };
  try {
    return await act(run);
  } finally {
    await browser.close();
    await server.stop();
  }
}
