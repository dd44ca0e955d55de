import assert from 'node:assert/strict';

import * as vscode from 'vscode';

const id = 'luma-luminary.luma-luminary-explorer';

interface Manifest {
  contributes: {
    commands: { command: string }[];
    views: Record<string, { id: string }[]>;
  };
}

function manifest(): Manifest {
  const extension = vscode.extensions.getExtension(id);
  assert.ok(extension, `${id} is not installed`);
  return extension.packageJSON as Manifest;
}

describe('The extension', () => {
  it('is found and activates', async () => {
    const extension = vscode.extensions.getExtension(id);
    assert.ok(extension, `${id} is not installed`);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('registers the commands that it contributes, and no others', async () => {
    await vscode.extensions.getExtension(id)?.activate();
    const { commands, views } = manifest().contributes;
    const contributed = commands.map(({ command }) => command);
    // VS Code makes commands for each view: focus, open, …
    const ofViews = Object.values(views)
      .flat()
      .map((view) => `${view.id}.`);
    const registered = (await vscode.commands.getCommands(true)).filter(
      (command) =>
        command.startsWith('lumaLuminary.') && !ofViews.some((view) => command.startsWith(view)),
    );
    assert.deepEqual(registered.sort(), contributed.sort());
  });
});
