import assert from 'node:assert/strict';
import type { Contrast } from '../hosts/contrast.ts';
import { contrasts } from '../hosts/contrast.ts';
import { until } from '../hosts/until.ts';
import { webview } from '../hosts/webviews.ts';
import type { Person } from './fixture.ts';

/** The themes by their names in the pictures, and the class that the window has with each. */
const themes = {
  dark: { label: 'Dark Modern', kind: 'vs-dark', webview: 'vscode-dark' },
  light: { label: 'Light Modern', kind: 'vs', webview: 'vscode-light' },
  'high contrast dark': {
    label: 'Dark High Contrast',
    kind: 'hc-black',
    webview: 'vscode-high-contrast',
  },
  'high contrast light': {
    label: 'Light High Contrast',
    kind: 'hc-light',
    webview: 'vscode-high-contrast-light',
  },
} as const;

/** Takes a picture in each theme, and finds that all that is written in the view can be read. */
export async function shownInThemes(person: Person, scene: string): Promise<void> {
  await inThemes(person, scene, () => faintRows(person));
}

/** Like {@link shownInThemes}, for the preview of a document. */
export async function previewInThemes(person: Person, scene: string): Promise<void> {
  const preview = webview(person.page);
  await inThemes(person, scene, async (kind) => {
    await preview.locator(`body[data-vscode-theme-kind="${kind}"]`).waitFor();
    const written = preview.locator('h1, p, th, td, li, code, strong');
    const texts = await until('the preview to be drawn', () => unlessReplaced(contrasts(written)));
    assert.ok(texts.length > 0);
    return texts.filter(({ ratio }) => ratio < 4.5);
  });
}

/** What was read, or nothing where the preview got another frame meanwhile, as it may with a theme. */
async function unlessReplaced<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (!/frame was detached/i.test(String(error))) throw error;
    return undefined;
  }
}

async function inThemes(
  person: Person,
  scene: string,
  faint: (kind: string) => Promise<readonly Contrast[]>,
): Promise<void> {
  const { page, workbench, quickInput } = person;
  const illegible: string[] = [];
  for (const [name, { label, kind, webview: inside }] of Object.entries(themes)) {
    await person.run('Preferences: Color Theme');
    await quickInput.question('Select Color Theme');
    await quickInput.type(label);
    await quickInput.pick(label);
    await quickInput.closed();
    await page.locator(`.monaco-workbench.${kind}`).waitFor();
    await page.mouse.move(900, 600);
    const found = await faint(inside);
    await workbench.picture(`${scene} ${name}`);
    illegible.push(...found.map(({ what, ratio }) => `${name}: ${ratio.toFixed(2)}: ${what}`));
  }
  assert.deepEqual(illegible, []);
}

/** What of the view can’t be made out: text needs a contrast of 4.5, and a picture of 3. */
async function faintRows({ explorer: { container } }: Person): Promise<Contrast[]> {
  const texts = await contrasts(
    container.locator('.label-name, .label-description, .welcome-view-content p'),
  );
  const icons = await contrasts(container.locator('.custom-view-tree-node-item-icon'));
  assert.ok(texts.length > 0);
  return [...texts.filter(({ ratio }) => ratio < 4.5), ...icons.filter(({ ratio }) => ratio < 3)];
}
