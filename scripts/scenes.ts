import type { Locator } from 'playwright-core';

import type { QuickInput } from '../test/hosts/quickInput.ts';
import { TextEditor } from '../test/hosts/textEditor.ts';
import { until } from '../test/hosts/until.ts';
import { webview } from '../test/hosts/webviews.ts';
import type { TestServer } from '../test/server/server.ts';
import { open as openFile } from '../test/ui/code.ts';
import { connectLuma, connectLuminary } from '../test/ui/connecting.ts';
import type { Person } from '../test/ui/fixture.ts';
import { hovered, picturedFiles } from './pictured.ts';

/** A part of the window, in points. */
export interface Part {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Takes a picture of a part of the window, for README.md to show by this name. */
export type Take = (name: string, part: Part) => Promise<void>;

/** A person before the window, in which names stand after the IDs of Python files only. */
export interface Stage {
  person: Person;
  services: TestServer;
  take: Take;
}

/** Goes through all that README.md shows, in the order in which one thing leads to the next. */
export async function takePictures(stage: Stage): Promise<void> {
  await connecting(stage);
  await tree(stage);
  await finding(stage);
  await copying(stage);
  await hovering(stage);
  await completing(stage);
  await comparing(stage);
}

/** Nobody is asked before there is a credential. */
async function connecting({ person, take }: Stage): Promise<void> {
  const { explorer, quickInput } = person;
  await explorer.open();
  await explorer.welcome();
  await person.run('Connect Luminary…');
  await quickInput.question('Subdomain');
  await quickInput.answer('acme');
  await quickInput.question('How do you sign in');
  await quickInput.moveTo(({ label }) => label === 'Client ID and secret');
  await away(person);
  await take('connect', await questionPart(person));
  await quickInput.cancel();
}

async function tree({ person, services, take }: Stage): Promise<void> {
  const { explorer, quickInput, page } = person;
  await connectLuma(person, services, 'studio');
  await connectLuminary(person, services, 'acme');
  await explorer.row('Users 1–100');
  await label(person, 'Luminary: acme', 'PRODUCTION');
  await explorer.collapse('Users 1–100');
  await explorer.expand('Users 101–200');
  await explorer.row(({ level, expanded }) => level === 3 && expanded === false);
  await widen(person, 460);
  await openFile(person, 'beta.py');
  const editor = new TextEditor(page);
  await until('names after IDs', async () => (await editor.hints()).length >= 4);
  await explorer.scroll(-10_000);
  await quickInput.closed();
  await away(person);
  const bar = await partOf(page.locator('.part.activitybar'));
  const code = await partOf(page.locator('.part.editor'));
  const last = await partOf(explorer.container.locator('.monaco-list-row[data-index="15"]'));
  const [right, bottom] = [code.x + code.width, last.y + last.height];
  await take('tree', { ...bar, width: right - bar.x, height: bottom - bar.y });
}

async function finding({ person, take }: Stage): Promise<void> {
  const { quickInput } = person;
  await person.run('Find User…');
  await quickInput.question(/\d users loaded/);
  await quickInput.type('muller');
  await until('those who are found', async () => labelsOf(quickInput, 'Sören Müller'));
  await away(person);
  await take('find', await questionPart(person));
  await quickInput.cancel();
}

async function copying({ person, take }: Stage): Promise<void> {
  const { explorer, quickInput } = person;
  await explorer.chooseFromMenu('Käthe Weiß', 'Copy As…');
  await quickInput.question('In which format?');
  await until('formats', async () => labelsOf(quickInput, 'TypeScript constant'));
  await away(person);
  const whole = await questionPart(person);
  const last = await partOf(question(person).locator('[data-index="6"]'));
  await take('copy', { ...whole, height: last.y + last.height - whole.y });
  await quickInput.cancel();
}

async function hovering({ person, take }: Stage): Promise<void> {
  await openFile(person, 'credits.sql');
  const hover = await new TextEditor(person.page).hover(hovered, 'Oscar Fletcher');
  await take('hover', await editorDownTo(person, hover));
}

async function completing({ person, take }: Stage): Promise<void> {
  await openFile(person, 'features.yaml');
  const lines = picturedFiles['features.yaml'].split('\n').length - 2;
  await person.press('ControlOrMeta+Home', ...Array<string>(lines).fill('ArrowDown'), 'End');
  const editor = new TextEditor(person.page);
  await person.page.keyboard.type('user_', { delay: 20 });
  await until('users', async () => (await editor.proposals()).length > 5);
  await person.page.keyboard.type('fuj', { delay: 20 });
  const meant = async () => (await editor.proposals())[0]?.label.includes('Fuj');
  await until('those who are meant', meant, async () => JSON.stringify(await editor.proposals()));
  await away(person);
  const list = person.page.locator('.suggest-widget.visible');
  await take('insert', await editorDownTo(person, list));
  await person.press('Escape');
}

async function comparing({ person, take }: Stage): Promise<void> {
  await person.run('View: Toggle Primary Side Bar Visibility');
  await person.explorer.container.waitFor({ state: 'hidden' });
  await person.run('Compare Accounts');
  await person.inFront('[Preview] luma-accounts.md');
  const preview = webview(person.page);
  await preview.getByText('5 accounts · 3 need attention').waitFor();
  await until('credits', async () => {
    const rows = await preview.locator('tbody tr').allInnerTexts();
    return rows.filter((row) => row.includes('%')).length === 4;
  });
  await away(person);
  await take('compare', await editorDownTo(person, preview.locator('table'), 4));
}

async function label(person: Person, connection: string, text: string): Promise<void> {
  const { explorer, quickInput } = person;
  await explorer.chooseFromMenu(connection, 'Set Label…');
  await quickInput.question(`Label of ${connection}`);
  await quickInput.pick(text);
  await quickInput.question(`Color of ${text}`);
  await quickInput.accept();
  await explorer.row((row) => row.label === connection && row.description.startsWith(text));
}

/** Gives the sidebar a width. */
async function widen({ page }: Person, width: number): Promise<void> {
  const { x, y, width: before } = await partOf(page.locator('.part.sidebar'));
  await page.mouse.move(x + before + 1, y + 300);
  await page.mouse.down();
  await page.mouse.move(x + width + 1, y + 300, { steps: 5 });
  await page.mouse.up();
}

/** Takes the mouse to where it changes nothing. */
async function away({ page }: Person): Promise<void> {
  await page.mouse.move(700, 820);
}

async function labelsOf(quickInput: QuickInput, wanted: string): Promise<boolean> {
  return (await quickInput.choices()).some(({ label: text }) => text === wanted);
}

function question({ page }: Person): Locator {
  return page.locator('.quick-input-widget:visible');
}

/** The question without its round corners, beside which other things can be seen. */
async function questionPart(person: Person): Promise<Part> {
  const { x, y, width, height } = await partOf(question(person));
  return { x: x + 3, y: y + 3, width: width - 6, height: height - 6 };
}

/** The editor, from its top to a little below something. */
async function editorDownTo({ page }: Person, last: Locator, margin = 16): Promise<Part> {
  const editor = await partOf(page.locator('.part.editor'));
  const { y, height } = await partOf(last);
  return { ...editor, height: y + height + margin - editor.y };
}

async function partOf(locator: Locator): Promise<Part> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error(`It can’t be seen: ${String(locator)}`);
  return box;
}
