import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SampleUser } from '../../src/sample/people.ts';
import { TextEditor } from '../hosts/textEditor.ts';
import { until } from '../hosts/until.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { UserList } from '../server/userList.ts';
import { useWorkbench } from './fixture.ts';
import type { Person } from './fixture.ts';

/** The Luma user id of the account in the files. */
export const accountId = '9ecac364-0000-4000-8000-000000000001';

const account = {
  account: 'studio@example.com',
  email: 'studio@example.com',
  user_id: accountId,
  concurrency: 4,
  executing: 1,
  luma_session_expires: '2099-05-27 02:20:34 UTC',
  updated: '2026-03-28',
};

/** An ID that nobody has. */
export const nobody = 'user_01N0B0DY00000000000000000';

/** An email that nobody has. */
export const unknown = 'nobody.at.all@example.com';

const people = new UserList(300);

/** Users in the files: one on the first page, and two who are not loaded with it. */
export const [near, far, farther] = [7, 222, 255].map((index) => people.at(index)) as [
  SampleUser,
  SampleUser,
  SampleUser,
];

/** A folder with IDs in its files, a server that knows some of them, and a window of its own. */
export function useCode(settings: Record<string, unknown> = {}) {
  const options = { folder: '', settings: { 'editor.fontSize': 12, ...settings } };
  let server: TestServer | undefined;

  // Before the window opens with it.
  before(async () => {
    server = await startServer({ users: 300, accounts: new Map([['studio', account]]) });
    options.folder = await mkdtemp(path.join(tmpdir(), 'luma-luminary-code-'));
    const files = {
      'ids.py': [
        `near = '${near.id}'`,
        `far = '${far.id}'`,
        `nobody = '${nobody}'`,
        `farther = '${farther.id}'`,
        `account = '${accountId}'`,
        `email = '${near.email}'`,
        `unknown = '${unknown}'`,
        `other = 'nothing'`,
      ].join('\n'),
      'plain.txt': '\n',
      'script.js': `const id = '';\n`,
      'data.json': `{ "id": "" }\n`,
    };
    for (const [name, text] of Object.entries(files)) {
      await writeFile(path.join(options.folder, name), text);
    }
  });
  const person = useWorkbench(options);

  beforeEach(() => {
    if (server !== undefined) server.requests.length = 0;
  });

  after(async () => {
    await server?.close();
    await rm(options.folder, { recursive: true, force: true });
  });

  return () => {
    if (server === undefined) throw new Error('There is no server yet: ask inside a test.');
    return { server, person: person(), editor: new TextEditor(person().page) };
  };
}

/** What {@link useCode} gives in each test. */
export type Code = ReturnType<ReturnType<typeof useCode>>;

/** Opens a file of the folder, and gives it the keyboard. */
export async function open(person: Person, file: string): Promise<void> {
  const { quickInput } = person;
  await quickInput.closed();
  await person.press('Escape');
  await quickInput.openFile(file);
  await person.inFront(file);
  await new TextEditor(person.page).focusTaken();
}

/** Closes the editor in front, whatever stands there: a key that comes before it has would be lost. */
export async function closeEditor({ person }: Code): Promise<void> {
  const before = (await person.editors()).length;
  await person.run('View: Revert and Close Editor');
  await until('the editor to close', async () => (await person.editors()).length < before);
}

/** A user's first and last name. */
export function nameOf(user: SampleUser): string {
  return `${user.first_name} ${user.last_name}`;
}
