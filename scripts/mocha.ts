// Runs the tests that don't run inside VS Code: node scripts/mocha.ts unit|ui [--grep text]
import { glob } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import Mocha from 'mocha';

import { keepTotals } from '../test/hosts/totals.ts';
import { useVscodeStand } from '../test/unit/vscode.ts';
import { separateFiles } from './mochaFiles.ts';

const timeLimits: Record<string, number> = { unit: 10_000, ui: 60_000 };

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { grep: { type: 'string' } },
});
const kind = positionals[0] ?? 'unit';
if (kind === 'unit') useVscodeStand();
separateFiles();
const mocha = new Mocha({
  timeout: timeLimits[kind] ?? 10_000,
  forbidOnly: true,
  ...(values.grep === undefined ? {} : { grep: values.grep }),
});
const files: string[] = [];
for await (const file of glob(`test/${kind}/**/*.test.ts`)) files.push(file);
for (const file of files.sort()) mocha.addFile(file);
await mocha.loadFilesAsync();

const runner = mocha.run((failures) => {
  process.exitCode = failures === 0 ? 0 : 1;
});
keepTotals(runner);
