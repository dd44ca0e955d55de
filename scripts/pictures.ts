// npm run pictures: takes the pictures of README.md in a real VS Code, on invented data, and writes
// them to docs/pictures. Look at each before it is kept.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

import { launchBrowser } from '../test/hosts/browser.ts';
import { Explorer } from '../test/hosts/explorer.ts';
import { containerId, containerTitle } from '../test/hosts/manifest.ts';
import { npmEditor, npmVersions } from '../test/hosts/npm.ts';
import type { NpmEditor } from '../test/hosts/npm.ts';
import { projectFolder } from '../test/hosts/paths.ts';
import { startServer } from '../test/hosts/server.ts';
import { openWorkbench } from '../test/hosts/workbench.ts';
import { Person } from '../test/ui/fixture.ts';
import { runCommand } from './command.ts';
import { explain } from './explain.ts';
import { picturedFiles, startPictured } from './pictured.ts';
import { picturesOfReadme } from './readmeText.ts';
import { takePictures } from './scenes.ts';
import type { Part, Take } from './scenes.ts';

/** One window for all pictures; three pixels for two points keep letters sharp, and pictures small. */
const view = { viewport: { width: 1000, height: 880 }, deviceScaleFactor: 1.5 };

/** What else would stand in the pictures, or differ from one time to the next. */
const settings = {
  '[python]': { 'editor.inlayHints.enabled': 'on' },
  'breadcrumbs.enabled': false,
  'editor.cursorBlinking': 'solid',
  'editor.fontSize': 12,
  'editor.guides.indentation': false,
  'editor.hideCursorInOverviewRuler': true,
  'editor.inlayHints.enabled': 'off',
  'editor.lightbulb.enabled': 'off',
  'editor.minimap.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.overviewRulerBorder': false,
  'editor.renderLineHighlight': 'none',
  'editor.scrollbar.vertical': 'hidden',
  'editor.stickyScroll.enabled': false,
  'editor.wordBasedSuggestions': 'off',
  'lumaLuminary.accountNotices': false,
  'lumaLuminary.inlayHints': true,
  'markdown.preview.fontSize': 12,
  'window.menuBarVisibility': 'hidden',
  'workbench.colorTheme': 'Dark Modern',
  'workbench.editor.limit.enabled': true,
  'workbench.editor.limit.value': 1,
  'workbench.editor.useModal': 'off',
  'workbench.reduceMotion': 'on',
};

try {
  if (!(await runCommand([process.execPath, 'esbuild.js']))) throw new Error('The build failed.');
  const pictures = await taken(await npmEditor(npmVersions[0]));
  await rm(picturesOfReadme, { recursive: true, force: true });
  await mkdir(picturesOfReadme, { recursive: true });
  for (const [name, picture] of pictures) {
    await writeFile(path.join(picturesOfReadme, `${name}.png`), picture);
    console.log(`${name}.png: ${(picture.length / 1024).toFixed(1)} KB`);
  }
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

/** All pictures, by their names. */
async function taken(editor: NpmEditor): Promise<Map<string, Buffer>> {
  const services = await startPictured();
  const server = await startServer({ editor, settings, install: [projectFolder] });
  const browser = await launchBrowser();
  try {
    for (const [name, text] of Object.entries(picturedFiles)) {
      await writeFile(path.join(server.workspace, name), text);
    }
    const workbench = await openWorkbench(browser, server, { view });
    const { page, picture } = workbench;
    const explorer = new Explorer(page, containerId, containerTitle());
    const person = new Person(server, workbench, explorer);
    const pictures = new Map<string, Buffer>();
    const take: Take = async (name, part) => {
      const picture = await page.screenshot({ clip: wholePixels(part) });
      pictures.set(name, await sharp(picture).png({ palette: true, effort: 10 }).toBuffer());
    };
    await takePictures({ person, services, take }).catch(async (error: unknown) => {
      console.log(`Picture: ${await picture('pictures')}`);
      throw error;
    });
    return pictures;
  } finally {
    await browser.close();
    await server.stop();
    await services.close();
  }
}

/** The largest part in it that no pixel is cut at, with three pixels for two points. */
function wholePixels({ x, y, width, height }: Part): Part {
  const [left, top] = [evenAfter(x), evenAfter(y)];
  const [right, bottom] = [-evenAfter(-x - width), -evenAfter(-y - height)];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function evenAfter(at: number): number {
  return 2 * Math.ceil(at / 2);
}
