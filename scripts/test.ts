// npm test: everything that must hold, in steps.
//   npm test                     all steps
//   npm test -- unit lint        only these
//   npm test -- ui 1.105.1       only in this VS Code
//   npm test -- unit --grep x    only tests whose names contain x
// With VSCODE_TEST_HOST=desktop the editor tests run on the desktop build of VS Code.
import { parseArgs } from 'node:util';

import type { Failure, Totals } from '../test/hosts/totals.ts';
import { explain } from './explain.ts';
import type { Step } from './steps.ts';
import { allSteps, one } from './steps.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { grep: { type: 'string' } },
});
const steps = chosen(allSteps(values.grep), positionals);

const done: { title: string; totals: Totals }[] = [];
for (const step of steps) {
  console.log(`\n━━ ${step.title}`);
  const totals = await run(step);
  done.push({ title: step.title, totals });
  if (step.group === 'build' && totals.failed > 0) {
    console.log('The steps after this one need the build: they are left out.');
    break;
  }
}

// Once more at the end, for whoever has only the last part of a long output.
const failing = done.filter(({ totals }) => totals.failures.length > 0);
if (failing.length > 0) console.log('\n━━ What failed');
for (const { title, totals } of failing) {
  console.log(`\n✘ ${title}`);
  for (const failure of totals.failures) console.log(inShort(failure));
}

console.log('\n━━ Summary');
for (const { title, totals } of done) {
  const skipped = totals.skipped === 0 ? '' : `, ${totals.skipped} skipped`;
  const failed = totals.failed === 0 ? '' : `, ${totals.failed} failed`;
  console.log(`${failed === '' ? '✔' : '✘'} ${title}: ${totals.passed} passed${failed}${skipped}`);
}
const passed = sum(done.map(({ totals }) => totals.passed));
const failed = sum(done.map(({ totals }) => totals.failed));
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);

/** The steps that are asked for, with the build where one of them needs it. */
function chosen(all: Step[], wanted: string[]): Step[] {
  const groups = wanted.filter((word) => all.some(({ group }) => group === word));
  const versions = wanted.filter((word) => all.some(({ version }) => version === word));
  const unknown = wanted.filter((word) => !groups.includes(word) && !versions.includes(word));
  if (unknown.length > 0) {
    const known = new Set(all.flatMap(({ group, version = group }) => [group, version]));
    throw new Error(`Unknown: ${unknown.join(', ')}. There are: ${[...known].join(', ')}.`);
  }
  const asked = all.filter(
    ({ group, version }) =>
      (groups.length === 0 || groups.includes(group)) &&
      (versions.length === 0 || version === undefined || versions.includes(version)),
  );
  const needsBuild = asked.some((step) => step.needsBuild === true);
  return all.filter((step) => asked.includes(step) || (needsBuild && step.group === 'build'));
}

async function run(step: Step): Promise<Totals> {
  try {
    return await step.run();
  } catch (error) {
    console.log(`✘ ${explain(error)}`);
    return one(false, explain(error));
  }
}

/** A failure in some 30 lines at most. */
function inShort({ title, why }: Failure): string {
  const lines = [...(title === '' ? [] : [title]), ...why.split('\n')];
  const shown = lines.length > 32 ? [...lines.slice(0, 30), '…'] : lines;
  return shown.map((line, i) => `${i === 0 ? '  ' : '      '}${line.slice(0, 300)}`).join('\n');
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
