import type { Page } from 'playwright-core';

import { until } from './until.ts';

/**
 * Waits until the workbench has stored a text, which it does a moment later: it outlasts a reload.
 * What is stored under a name is looked for as `name=value`.
 */
export async function stored(page: Page, text: string): Promise<void> {
  await until(`“${text}” to be stored`, () => page.evaluate(isStored, text));
}

/** Whether a text stands in what this browser's workbench keeps, which it writes a moment later. */
async function isStored(text: string): Promise<boolean> {
  const asked = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => {
        resolve(request.result);
      };
      request.onerror = () => {
        reject(new Error('The database can’t be read'));
      };
    });
  for (const { name } of await indexedDB.databases()) {
    if (name?.startsWith('vscode-web-state-db-') !== true) continue;
    const database = await asked(indexedDB.open(name));
    const table = database.transaction('ItemTable').objectStore('ItemTable');
    const [keys, values] = [
      (await asked(table.getAllKeys())) as string[],
      (await asked(table.getAll())) as unknown[],
    ];
    database.close();
    const lines = keys.map((key, index) => `${key}=${String(values[index])}`);
    if (lines.some((line) => line.includes(text))) return true;
  }
  return false;
}
