import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';

import { report } from './report.ts';

/** What starting the extension took, in ms. */
export interface ActivationTime {
  /** Loading the file, by the clock. */
  readonly load: number;
  /** The call of `activate()`, by the clock. */
  readonly clock: number;
  /** The call of `activate()`, as the time for which its thread had a processor. */
  readonly processor: number;
}

interface Loaded {
  activate(context: vscode.ExtensionContext): void;
}

/** In µs, as Node 24 gives it; its types are those of an older one. */
interface ThreadTime {
  readonly user: number;
  readonly system: number;
}

const { threadCpuUsage } = process as unknown as {
  threadCpuUsage: (since?: ThreadTime) => ThreadTime;
};

/** Activates the extension, which nothing else does, with a stopwatch around `activate()`. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension('luma-luminary.luma-luminary-explorer');
  if (extension === undefined) throw new Error('The extension is not installed.');
  const { main } = extension.packageJSON as { main: string };
  const file = path.join(extension.extensionPath, main);
  const require = createRequire(file);
  const began = performance.now();
  const original = require(file) as Loaded;
  const load = performance.now() - began;
  const loaded = require.cache[require.resolve(file)];
  if (loaded === undefined) throw new Error(`${file} was not loaded.`);
  let time: ActivationTime | undefined;
  const activate: Loaded['activate'] = (context) => {
    const [clock, processor] = [performance.now(), threadCpuUsage()];
    original.activate(context);
    const { user, system } = threadCpuUsage(processor);
    time = { load, clock: performance.now() - clock, processor: (user + system) / 1000 };
  };
  loaded.exports = { ...original, activate };
  await extension.activate();
  if (time === undefined) throw new Error('The extension was activated by something else.');
  report(time);
}
