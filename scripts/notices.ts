// npm run notices: writes THIRD-PARTY-NOTICES.txt, the licences of all that the bundles really hold.
import { writeFile } from 'node:fs/promises';

import { noticesFile, noticesText } from './licences.ts';

await writeFile(noticesFile, await noticesText());
