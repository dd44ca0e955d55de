// npm run bench: what everything costs, with the limit beside each figure; ends with 1 past a limit.
//   npm run bench                     all figures
//   npm run bench -- reading tree     those whose names contain one of the words
//   npm run bench -- --growth         also for 1,000, 10,000, 100,000 and 1,000,000 users
//   npm run bench -- --version 1.105.1
//   npm run bench --silent -- --json  JSON for machines; the tables go to the other output
import os from 'node:os';
import { parseArgs } from 'node:util';

import { explain } from '../../scripts/explain.ts';
import { npmVersions } from '../hosts/npm.ts';
import type { Figure, Result, Told } from './figure.ts';
import { chosen, measured } from './figure.ts';
import { allFigures } from './figures.ts';
import type { Machine } from './report.ts';
import { asJson, exitCode, growthTable, numberText, outcomeText, table } from './report.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    grep: { type: 'string' },
    growth: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    version: { type: 'string', default: npmVersions[0] },
  },
});

/** People read along while machines read the other output. */
const say = (text: string) => {
  process[values.json ? 'stderr' : 'stdout'].write(`${text}\n`);
};

try {
  const words = [...positionals, ...(values.grep === undefined ? [] : [values.grep])];
  const figures = chosen(allFigures(values.version), words);
  const results = await all(figures);
  say(`\n${table(results)}\n`);
  if (values.growth) say(`${growthTable(results)}\n`);
  for (const line of problems(results)) say(line);
  const about = machine();
  say(`${about.date}, ${about.system}, ${about.processor}, ${String(about.cores)} cores,`);
  say(`${String(about.memory)} GB, Node ${about.node}, VS Code ${about.editor}`);
  if (values.json) console.log(asJson(about, results));
  process.exitCode = exitCode(results);
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

async function all(figures: readonly Figure[]): Promise<Result[]> {
  const results: Result[] = [];
  const start = performance.now();
  for (const figure of figures) {
    const told: Told = {
      started({ name }, size) {
        const seconds = String(Math.round((performance.now() - start) / 1000)).padStart(4);
        say(`${seconds} s  ${name}${size === 0 ? '' : ` (${numberText(size)} users)`}`);
      },
      ended(measuredFigure, outcome) {
        say(`        ${outcomeText(measuredFigure, outcome)}`);
      },
    };
    results.push(await measured(figure, values.growth, told));
  }
  return results;
}

function problems(results: readonly Result[]): string[] {
  return results.flatMap(({ figure, outcome, growth }) =>
    [...new Set([outcome, ...growth])].flatMap(({ size, problem }) =>
      problem === undefined
        ? []
        : [`✘ ${figure.name} (${numberText(size)} users) could not be measured: ${problem}`],
    ),
  );
}

function machine(): Machine {
  return {
    date: new Date().toISOString(),
    node: process.versions.node,
    editor: values.version,
    system: `${os.type()} ${os.arch()}`,
    processor: os.cpus()[0]?.model.trim() ?? '?',
    cores: os.cpus().length,
    memory: Math.round(os.totalmem() / 2 ** 30),
  };
}
