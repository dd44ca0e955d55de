import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { projectFolder } from '../../hosts/paths.ts';
import { RUNS, median } from '../compare.ts';
import type { Measurement } from '../figure.ts';
import type { ActivationCost } from '../host/activationCost.ts';
import type { ActivationTime } from '../host/activationTime.ts';
import { numberText } from '../report.ts';
import { inHost } from './inHost.ts';

/** What activating the extension costs in a VS Code. */
export interface Activation {
  /**
   * The call of `activate()`, in ms for which its thread had a processor: two cores have enough else to
   * do in a window, and by the clock the figure is theirs as much as the extension's.
   */
  readonly time: Measurement;
  readonly connections: Measurement;
  readonly secretReads: Measurement;
}

/** Starts the extension host again and again, once for what doesn't count. */
export async function activation(version: string): Promise<Activation> {
  return inHost(version, undefined, async (run) => {
    const folder = await withoutActivationEvents();
    const { connections, secretReads } = await run<ActivationCost>('activationCost', folder);
    const starts: ActivationTime[] = [];
    while (starts.length < RUNS) starts.push(await run<ActivationTime>('activationTime', folder));
    const [clock, load] = [
      median(starts.map((start) => start.clock)),
      median(starts.map((start) => start.load)),
    ];
    return {
      time: {
        value: median(starts.map(({ processor }) => processor)),
        runs: starts.length,
        note: `by the clock ${numberText(clock)} ms; loading the file before it ${numberText(load)} ms`,
      },
      connections: { value: connections, runs: 1 },
      secretReads: { value: secretReads, runs: 1 },
    };
  });
}

/** A folder with the same extension, which waits until it is told to activate. */
async function withoutActivationEvents(): Promise<string> {
  const folder = path.join(projectFolder, 'out', 'bench', 'extension');
  for (const part of ['dist', 'media', 'package.nls.json']) {
    await cp(path.join(projectFolder, part), path.join(folder, part), { recursive: true });
  }
  const text = await readFile(path.join(projectFolder, 'package.json'), 'utf8');
  const manifest = { ...(JSON.parse(text) as object), activationEvents: [] };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}
