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
  /** From the call of `activate()` until it was done, in ms. */
  readonly time: Measurement;
  readonly connections: Measurement;
  readonly secretReads: Measurement;
}

/** Starts the extension host again and again, once for what doesn't count. */
export async function activation(version: string): Promise<Activation> {
  return inHost(version, undefined, async (run) => {
    const { connections, secretReads } = await run<ActivationCost>(
      'activationCost',
      await withoutActivationEvents(),
    );
    const starts: ActivationTime[] = [];
    while (starts.length < RUNS) starts.push(await run<ActivationTime>('activationTime'));
    const load = median(starts.map((start) => start.load));
    return {
      time: {
        value: median(starts.map(({ call, finish }) => call + finish)),
        runs: starts.length,
        note: `loading the file before it: ${numberText(load)} ms`,
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
