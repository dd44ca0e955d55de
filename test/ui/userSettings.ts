import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { until } from '../hosts/until.ts';
import type { Person } from './fixture.ts';

/** Changes user settings as a person does who edits the file; the file shows that it is saved. */
export async function changeSettings(
  person: Person,
  changes: Readonly<Record<string, unknown>>,
): Promise<void> {
  const root = path.dirname(person.server.workspace);
  const file = path.join(root, 'server', 'data', 'User', 'settings.json');
  const settings = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  const wanted = JSON.stringify({ ...settings, ...changes }, undefined, 2);
  await person.setClipboard(wanted);
  await person.run('Preferences: Open User Settings (JSON)');
  await person.inFront('settings.json');
  await person.page.locator('.editor-instance .monaco-editor .view-lines').first().click();
  await person.press('ControlOrMeta+a', 'ControlOrMeta+v', 'ControlOrMeta+s');
  await until('the settings to be saved', async () => (await readFile(file, 'utf8')) === wanted);
  await person.run('View: Close All Editors');
}
