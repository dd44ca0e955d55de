import * as vscode from 'vscode';

import { until } from '../../hosts/until.ts';
import { report } from './report.ts';

/** How long an activation took, as the editor itself has measured it, in ms. */
export interface ActivationTime {
  /** Loading the code. */
  readonly load: number;
  /** The call of `activate()`. */
  readonly call: number;
  /** From then on until it was done. */
  readonly finish: number;
}

const id = 'luma-luminary.luma-luminary-explorer';

/** Shows the view, which activates the extension, and reads the editor's own measurements. */
export async function run(): Promise<void> {
  await vscode.commands.executeCommand('lumaLuminary.explorer.focus');
  await vscode.extensions.getExtension(id)?.activate();
  await vscode.commands.executeCommand('perfview.show');
  report(await until('the startup performance', () => Promise.resolve(activationTime())));
}

/** From a line such as `| luma-luminary.… | false | 12 | 1 | 0 | onView:… | … |`. */
function activationTime(): ActivationTime | undefined {
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'perf');
  const [, stats = ''] = document?.getText().split('## Extension Activation Stats') ?? [];
  const line = stats.split('\n').find((text) => text.startsWith(`| ${id} `));
  const [load, call, finish] = (line?.split('|') ?? []).slice(3, 6).map(Number);
  return load === undefined || call === undefined || finish === undefined
    ? undefined
    : { load, call, finish };
}
