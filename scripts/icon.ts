// Draws media/icon.png, which the marketplace shows, from media/icon.svg.
import { readFile } from 'node:fs/promises';

import { launchBrowser } from '../test/hosts/browser.ts';

const size = 256;
const svg = await readFile('media/icon.svg', 'utf8');
const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<body style="margin:0">${svg}</body>`);
  await page.screenshot({ path: 'media/icon.png', omitBackground: true });
} finally {
  await browser.close();
}
