import { readdirSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';

import Mocha from 'mocha';
import { version } from 'vscode';

import { grepVariable, keepTotals, testOutputMark } from '../hosts/totals.ts';

/** Runs the tests that lie beside this file, in the extension host that loads it. */
export async function run(): Promise<void> {
  print(`VS Code ${version}, Node ${process.version}`);
  Mocha.reporters.Base.consoleLog = print;
  const mocha = new Mocha({ color: false, timeout: 30_000, forbidOnly: true });
  const grep = process.env[grepVariable];
  if (grep !== undefined) mocha.grep(grep);
  for (const file of readdirSync(__dirname)) {
    if (file.endsWith('.test.cjs')) mocha.addFile(path.join(__dirname, file));
  }
  const { promise, resolve } = Promise.withResolvers<number>();
  const runner = mocha.run(resolve);
  keepTotals(runner);
  const failures = await promise;
  if (failures > 0) throw new Error(`${failures} failed`);
}

/** The extension host's console passes arguments on as they are, and others write to it as well. */
function print(...parts: unknown[]): void {
  for (const line of format(...parts).split('\n')) console.log(testOutputMark + line);
}
