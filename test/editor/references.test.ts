import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Ask } from '../../src/commands/ask.ts';
import { lookUpSelectionCommand } from '../../src/commands/find/lookUpSelection.ts';
import type { Revealing } from '../../src/commands/find/revealing.ts';
import { UserIndexes } from '../../src/model/search/userIndexes.ts';
import { Parts } from './parts.ts';

/** What a link in a card does after the connection that it was made for is gone. */
describe('A reference to a connection that is gone', () => {
  const { showInformationMessage } = vscode.window;
  let told: string[];
  let parts: Parts;

  beforeEach(() => {
    told = [];
    parts = new Parts();
    const tell = (text: string) => {
      told.push(text);
      return Promise.resolve(undefined);
    };
    Object.assign(vscode.window, { showInformationMessage: tell });
  });

  afterEach(() => {
    Object.assign(vscode.window, { showInformationMessage });
    parts.dispose();
  });

  it('is revealed nowhere, which is said', async () => {
    const { lookUpSelection } = lookUpSelectionCommand(
      { store: parts.store, sessions: parts.sessions, indexes: new UserIndexes() },
      {} as unknown as Ask,
      {} as unknown as Revealing,
      () => Promise.reject(new Error('nobody is looked for')),
    );
    const argument = { connection: 'gone', id: 'user_1' };
    await lookUpSelection({ nodes: [], first: undefined, fromMenu: false, argument });
    assert.deepEqual(told, ['This user or account is not there any more.']);
  });
});
