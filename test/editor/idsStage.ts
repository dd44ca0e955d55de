import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { createLanguage } from '../../src/core.ts';
import { registerLanguage } from '../../src/language/register.ts';
import type { Language } from '../../src/language/register.ts';
import { UserIndexes } from '../../src/model/search/userIndexes.ts';
import { personAt } from '../../src/sample/people.ts';
import { until } from '../hosts/until.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { Parts, tenant } from './parts.ts';

/** The id of the one Luma account. */
export const account = '9ecac364-0000-4000-8000-000000000001';

/** Two tenants, the same for all tests of a suite: people 0 to 599, and 500 to 899. */
export let acme: TestServer;
export let beta: TestServer;
/** What knows them, and what is told of ids in editors: new for each test. */
export let parts: Parts;
export let language: Language;
let registered: vscode.Disposable;
let folder: string;

/** What each suite, and each of its tests, begins and ends with. */
export function useTenants(): void {
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'luma-luminary-ids-'));
    const users = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) => personAt(from + n));
    acme = await startServer({ users: users(0, 600) });
    beta = await startServer({
      users: users(500, 400),
      accounts: new Map([['a', { user_id: account, email: 'studio@example.com' }]]),
    });
  });

  beforeEach(async () => {
    for (const server of [acme, beta]) {
      server.heal();
      server.requests.length = 0;
    }
    parts = new Parts();
    language = languageOf(parts);
    registered = registerLanguage(parts.settings, parts, () => Promise.resolve(language));
    await storeConnections();
    await until('the secrets to be read', () => Promise.resolve(parts.store.all?.length === 3));
  });

  afterEach(async () => {
    await set('hover', undefined);
    await set('inlayHints', undefined);
    registered.dispose();
    parts.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  after(async () => {
    await acme.close();
    await beta.close();
    await rm(folder, { recursive: true, force: true });
  });
}

/** Stores the connections as if before this window was opened. */
async function storeConnections(): Promise<void> {
  const named = { ...tenant(beta), id: 'beta', name: 'beta', label: 'PRODUCTION' };
  const luma = {
    kind: 'luma',
    name: 'studio',
    address: beta.lumaAddress,
    token: beta.tokens.luma,
  };
  for (const [id, connection] of [
    ['acme', tenant(acme)],
    ['beta', named],
    ['studio', luma],
  ] as const) {
    await parts.context.secrets.store(`connection:${id}`, JSON.stringify(connection));
  }
}

/** What is told of ids by these parts. */
function languageOf({ store, sessions, loader, log, settings }: Parts): Language {
  const indexes = new UserIndexes();
  return createLanguage({ store, sessions, loader, log, indexes }, settings);
}

/** Lets other parts answer the editor's questions, which are loaded at the first one that needs them. */
export function answerFrom(others: Parts, loading: () => void): void {
  registered.dispose();
  registered = registerLanguage(others.settings, others, () => {
    loading();
    return Promise.resolve(languageOf(others));
  });
}

/** Loads the first hundred people of acme. */
export async function loadFirstPage(): Promise<void> {
  const session = await parts.sessions.open('acme');
  if (session?.kind !== 'luminary') throw new Error('There is no tenant: ask inside a test.');
  await session.pages.open(0);
}

/** Files: an untitled document takes the name of one before it, which may still be known by it. */
export async function open(content: string, ending = 'txt'): Promise<vscode.TextDocument> {
  const file = path.join(folder, `${randomUUID()}.${ending}`);
  await writeFile(file, content);
  return vscode.workspace.openTextDocument(file);
}

/** Sets one of the extension's settings; undefined leaves its default. */
export async function set(name: string, value: unknown): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('lumaLuminary');
  await configuration.update(name, value, vscode.ConfigurationTarget.Global);
}
