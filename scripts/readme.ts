// npm run readme: writes the tables of commands and settings in README.md, from package.json.
import { writeFile } from 'node:fs/promises';

import { readmeFile, readmeText } from './readmeText.ts';

await writeFile(readmeFile, await readmeText());
