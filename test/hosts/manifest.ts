import { readFileSync } from 'node:fs';
import path from 'node:path';

import { projectFolder } from './paths.ts';

/** The id of the view container in the activity bar. */
export const containerId = 'lumaLuminary';

/** What the activity bar calls the view container; in English without another language. */
export function containerTitle(language?: string): string {
  const manifest = read('package.json') as {
    contributes?: { viewsContainers?: { activitybar?: { id: string; title: string }[] } };
  };
  const containers = manifest.contributes?.viewsContainers?.activitybar ?? [];
  const title = containers.find(({ id }) => id === containerId)?.title;
  if (title === undefined) throw new Error(`package.json has no view container ${containerId}.`);
  const key = /^%(.*)%$/.exec(title)?.[1];
  if (key === undefined) return title;
  const texts = language === undefined ? 'package.nls.json' : `package.nls.${language}.json`;
  return (read(texts) as Record<string, string>)[key] ?? title;
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(path.join(projectFolder, file), 'utf8'));
}
