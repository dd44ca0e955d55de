import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { Messages } from '../../hosts/messages.ts';
import { QuickInput } from '../../hosts/quickInput.ts';
import { until } from '../../hosts/until.ts';
import type { Measurement } from '../figure.ts';
import { numberText } from '../report.ts';
import { withTenant } from '../tenant.ts';
import { inWindow } from './window.ts';
import type { Window } from './window.ts';

const SMALL_PAGE = 100;

/** How long an export may take, in ms. */
const TIME_LIMIT = 10 * 60_000;

/**
 * Exports all users as a person does: cancels it half-way, after which nothing may be left, and then
 * lets it come to its end. Gives how many users are missing in the file or there more than once.
 */
export async function exportInWindow(version: string, users: number): Promise<Measurement> {
  return withTenant(users, 0, (tenant) =>
    inWindow(version, tenant, SMALL_PAGE, async ({ page, workspace }) => {
      const file = path.join(workspace, 'users.jsonl');
      await cancelled(page, file);
      const start = performance.now();
      await begin(page, file);
      await shows(page, `Exported ${users.toLocaleString('en')} users`);
      const took = (performance.now() - start) / 1000;
      const value = await faultsIn(file, users);
      return { value, runs: 1, note: `cancelled once, then written in ${numberText(took)} s` };
    }),
  );
}

type Page = Window['page'];

async function begin(page: Page, file: string): Promise<void> {
  const quickInput = new QuickInput(page);
  await quickInput.runCommand('Export Users…');
  await quickInput.suggestedFile('Export the users of Luminary: bench');
  await quickInput.answer(file);
}

async function cancelled(page: Page, file: string): Promise<void> {
  const messages = new Messages(page);
  await begin(page, file);
  await shows(page, /· [5-9]\d%/);
  await messages.press('Exporting', 'Cancel');
  const left = () => readdir(path.dirname(file));
  await until(
    'nothing to be left',
    async () => (await left()).length === 0,
    async () => (await left()).join('\n'),
  );
  await until('the notification to go', async () => (await messages.notifications()).length === 0);
}

async function shows(page: Page, text: string | RegExp): Promise<void> {
  const messages = new Messages(page);
  const fits = (whole: string) =>
    typeof text === 'string' ? whole.includes(text) : text.test(whole);
  await until(
    `a notification with “${String(text)}”`,
    async () => (await messages.notifications()).some(fits),
    async () => (await messages.notifications()).join('\n'),
    TIME_LIMIT,
  );
}

/** How many users of so many are missing in a file of JSON Lines, and how many lines are too many. */
async function faultsIn(file: string, users: number): Promise<number> {
  const ids = new Set<string>();
  let lines = 0;
  for await (const line of createInterface(createReadStream(file))) {
    ids.add((JSON.parse(line) as { readonly id: string }).id);
    lines += 1;
  }
  return users - ids.size + (lines - ids.size);
}
