import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { whenProcessEnds } from '../hosts/cleanup.ts';
import { projectFolder } from '../hosts/paths.ts';
import { groupEnded, killGroup, spawnGroup } from '../hosts/processGroup.ts';

/** A Luminary tenant on loopback, served by a process of its own. */
export interface Tenant {
  /** The address of its API, without a slash at its end. */
  readonly address: string;
  readonly token: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a tenant with so many users, which answers each request so many ms late. It keeps its
 * answers: from the second time on, none has to be made.
 */
async function startTenant(users: number, latency = 0): Promise<Tenant> {
  const serve = path.join(projectFolder, 'test', 'server', 'serve.ts');
  const options = ['--users', String(users), '--latency', String(latency), '--keep-pages'];
  const child = spawnGroup(process.execPath, [serve, ...options], process.env);
  const keep = whenProcessEnds(() => {
    killGroup(child);
  });
  const stop = async () => {
    killGroup(child);
    await groupEnded(child);
    keep();
  };
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  try {
    const { luminary } = await started();
    return { address: luminary.address, token: luminary.accessToken, stop };
  } catch (error) {
    await stop();
    throw new Error(`The server did not start.\n${said}`, { cause: error });
  }

  /** What it prints once it listens: one JSON object, whose last line is a brace alone. */
  async function started(): Promise<Started> {
    const lines: string[] = [];
    const reader = createInterface(child.stdout);
    reader.on('line', (line) => {
      lines.push(line);
      if (line === '}') reader.close();
    });
    await once(reader, 'close');
    return JSON.parse(lines.join('\n')) as Started;
  }
}

/** A tenant while something is done with it. */
export async function withTenant<T>(
  users: number,
  latency: number,
  act: (tenant: Tenant) => Promise<T>,
): Promise<T> {
  const tenant = await startTenant(users, latency);
  try {
    return await act(tenant);
  } finally {
    await tenant.stop();
  }
}

interface Started {
  readonly luminary: { readonly address: string; readonly accessToken: string };
}
