import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const projectFolder = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Where fetched editors and browsers are kept from one run to the next. */
export const cacheFolder = path.join(projectFolder, '.vscode-test');

/** Where pictures of the workbench are saved. */
export const picturesFolder = path.join(projectFolder, 'out', 'pictures');

/** A small extension whose view editor tests use for trees of their own. */
export const stageFolder = path.join(projectFolder, 'test', 'editor', 'stage');
