import diagnostics from 'node:diagnostics_channel';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import path from 'node:path';
import * as vscode from 'vscode';

import { until } from '../../hosts/until.ts';
import { report } from './report.ts';

/** What an activation has asked for. */
export interface ActivationCost {
  /** Connections that anyone in the extension host has opened since. */
  readonly connections: number;
  /** Secrets that were asked for before `activate()` was done. */
  readonly secretReads: number;
}

type Activate = (context: vscode.ExtensionContext) => unknown;

/** Activates the extension without showing its view, and counts what that asks for. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension('luma-luminary.luma-luminary-explorer');
  if (extension === undefined) throw new Error('The extension is not installed.');
  const { main } = extension.packageJSON as { main: string };
  const secrets = countSecretReads(path.join(extension.extensionPath, main));
  let connections = 0;
  diagnostics.subscribe('net.client.socket', () => {
    connections += 1;
  });
  await extension.activate();
  // By the time that this has its text, the window has long come to rest.
  await vscode.commands.executeCommand('perfview.show');
  await until('the window to come to rest', () => Promise.resolve(atRest()));
  const cost: ActivationCost = { connections, secretReads: secrets.whileActivating };
  await assertCounting(secrets, () => connections);
  report(cost);
}

/** A count of nothing is worth nothing where the counters aren't in the way. */
async function assertCounting(secrets: SecretReads, connections: () => number): Promise<void> {
  await vscode.commands.executeCommand('lumaLuminary.explorer.focus');
  await until('the view to read the secrets', () => Promise.resolve(secrets.all > 0));
  const before = connections();
  connect({ host: '127.0.0.1', port: 9 })
    .on('error', () => undefined)
    .destroy();
  if (connections() === before) throw new Error('Connections are not counted.');
}

interface SecretReads {
  readonly whileActivating: number;
  readonly all: number;
}

/** Puts a counter between the editor and the file that it activates, which stays as it is. */
function countSecretReads(file: string): SecretReads {
  const require = createRequire(file);
  const original = require(file) as { activate: Activate };
  const counted = { whileActivating: 0, all: 0 };
  let activated = false;
  const loaded = require.cache[require.resolve(file)];
  if (loaded === undefined) throw new Error(`${file} was not loaded.`);
  const activate: Activate = async (context) => {
    const read = () => {
      counted.all += 1;
      if (!activated) counted.whileActivating += 1;
    };
    await original.activate(withCountedSecrets(context, read));
    activated = true;
  };
  loaded.exports = { ...original, activate };
  return counted;
}

function withCountedSecrets(
  context: vscode.ExtensionContext,
  read: () => void,
): vscode.ExtensionContext {
  const { secrets } = context;
  const counted: vscode.SecretStorage = {
    get: (key) => {
      read();
      return secrets.get(key);
    },
    keys: () => {
      read();
      return secrets.keys();
    },
    store: (key, value) => secrets.store(key, value),
    delete: (key) => secrets.delete(key),
    onDidChange: secrets.onDidChange,
  };
  return Object.create(context, { secrets: { value: counted } }) as vscode.ExtensionContext;
}

function atRest(): boolean {
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'perf');
  return document?.getText().includes('## Extension Activation Stats') === true;
}
