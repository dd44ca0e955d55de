// Bundles the tests that run inside VS Code, each file by itself, beside what runs them.
import { glob, rm } from 'node:fs/promises';

import { build } from 'esbuild';

const entryPoints = ['test/editor/run.ts'];
for await (const file of glob('test/editor/**/*.test.ts')) entryPoints.push(file);

await rm('out/editor', { recursive: true, force: true });
await build({
  entryPoints,
  outdir: 'out/editor',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node22',
  external: ['vscode', 'mocha', 'undici'],
  sourcemap: true,
  logLevel: 'warning',
});
