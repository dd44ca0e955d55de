import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { until } from '../hosts/until.ts';
import { packagedExtension, useWorkbench } from './fixture.ts';
import type { Person, UiOptions } from './fixture.ts';

const memoryFiles = path.join(import.meta.dirname, 'memory-files');
const template = { name: 'Of the workspace', template: '<${id}>' };
const settings = { 'lumaLuminary.copyTemplates': [template], 'lumaLuminary.pageSize': 7 };

/** Shows the sample data and gives the first user's id. */
async function sampleUser(person: Person): Promise<string> {
  const { explorer } = person;
  await explorer.open();
  await person.run('Explore Sample Data');
  // No workspace changes how large pages are.
  await explorer.row('Users 1–100');
  return person.copied(() => explorer.chooseFromMenu(isUser, 'Copy ID'));
}

const isUser = ({
  level,
  expanded,
  ariaLabel,
}: {
  level: number;
  expanded?: boolean | undefined;
  ariaLabel: string;
}) => level === 3 && expanded === false && ariaLabel.includes('is a user');

/** The formats in which users can be copied. */
async function formats({ explorer, quickInput }: Person): Promise<string[]> {
  await explorer.chooseFromMenu(isUser, 'Copy As…');
  await quickInput.question('In which format?');
  const choices = await quickInput.offered();
  await quickInput.cancel();
  return choices.map(({ label }) => label);
}

/** A folder for the files of a suite, which goes with it. */
function useFolder(fill: (folder: string) => Promise<void>): { path: string } {
  const folder = { path: '' };
  before(async () => {
    folder.path = await mkdtemp(path.join(tmpdir(), 'luma-luminary-workspace-'));
    await fill(folder.path);
  });
  after(() => rm(folder.path, { recursive: true, force: true }));
  return folder;
}

describe('A workspace of several folders, one of them virtual', function () {
  this.timeout(60_000);
  const options: UiOptions = { install: [memoryFiles, packagedExtension()] };
  const folder = useFolder(async (root) => {
    await mkdir(path.join(root, 'disk'));
    options.workspaceFile = path.join(root, 'both.code-workspace');
    const folders = [{ path: 'disk' }, { uri: 'lumamemory:/people', name: 'memory' }];
    await writeFile(options.workspaceFile, JSON.stringify({ folders, settings }));
  });
  const person = useWorkbench(options);

  it('shows and copies, with the templates of the workspace and none of its page size', async () => {
    await sampleUser(person());
    assert.ok((await formats(person())).includes(template.name));
  });

  it('inserts into a virtual file, and tells there who has an ID', async () => {
    const { explorer, page } = person();
    const id = await sampleUser(person());
    await person().run('Open Memory File');
    await person().inFront('notes.txt');
    await explorer.chooseFromMenu(isUser, 'Insert ID at Cursor');
    await person().said('Inserted ID');
    assert.equal(await person().editorText(), id);
    await person().run('Show or Focus Hover');
    await page.locator('.monaco-hover:visible').filter({ hasText: '@example' }).waitFor();
    await person().workbench.picture('virtual workspace');
    await person().run('File: Save');
    await person().run('View: Close All Editors');
  });

  it('exports to the first folder', async () => {
    const { explorer, quickInput, messages } = person();
    await explorer.chooseFromMenu('Luminary: sample data', 'Export Users…');
    const file = await quickInput.suggestedFile('Export the users of');
    assert.equal(path.dirname(file), path.join(folder.path, 'disk'));
    await quickInput.accept();
    await messages.notification('Exported 2,500 users to sample-data-users.json');
    assert.deepEqual(await readdir(path.dirname(file)), [path.basename(file)]);
    assert.equal((JSON.parse(await readFile(file, 'utf8')) as unknown[]).length, 2500);
  });
});

describe('A folder that is not trusted', function () {
  this.timeout(60_000);
  const options: UiOptions = { trust: true };
  useFolder(async (root) => {
    options.folder = root;
    await mkdir(path.join(root, '.vscode'));
    await writeFile(path.join(root, '.vscode', 'settings.json'), JSON.stringify(settings));
  });
  const person = useWorkbench(options);

  it('keeps its templates to itself, and everything else works', async () => {
    await person().page.getByText('Restricted Mode').first().waitFor();
    const id = await sampleUser(person());
    assert.match(id, /^user_/);
    assert.ok(!(await formats(person())).includes(template.name));
    await person().workbench.picture('restricted mode');
  });

  it('gives them as soon as it is trusted', async () => {
    const { page } = person();
    await person().run('Workspaces: Manage Workspace Trust');
    await page.getByRole('button', { name: 'Trust', exact: true }).click();
    await page.getByText('Restricted Mode').first().waitFor({ state: 'hidden' });
    await person().run('View: Close All Editors');
    await until('the template', async () => (await formats(person())).includes(template.name));
  });
});

describe('A window without a folder', function () {
  this.timeout(60_000);
  const person = useWorkbench({ nothing: true });

  it('shows, copies, inserts and opens', async () => {
    const { explorer } = person();
    const id = await sampleUser(person());
    await person().run('File: New Untitled Text File');
    await person().inFront('Untitled');
    await explorer.chooseFromMenu(isUser, 'Insert ID at Cursor');
    await person().said('Inserted ID');
    assert.equal(await person().editorText(), id);
    await person().run('View: Revert and Close Editor');
    await explorer.chooseFromMenu(isUser, 'Open JSON');
    assert.equal((JSON.parse(await person().editorText()) as { id: string }).id, id);
  });

  it('proposes the home folder for an export', async () => {
    const { explorer, quickInput } = person();
    await explorer.chooseFromMenu('Luminary: sample data', 'Export Users…');
    assert.match(await quickInput.suggestedFile('Export the users of'), /sample-data-users\.json$/);
    await quickInput.cancel();
  });
});
