// Bundles what of the benches runs inside VS Code's extension host.
import { rm } from 'node:fs/promises';

import { build } from 'esbuild';

await rm('out/bench', { recursive: true, force: true });
await build({
  entryPoints: ['activationTime', 'activationCost', 'calls'].map(
    (name) => `test/bench/host/${name}.ts`,
  ),
  outdir: 'out/bench',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node22',
  external: ['vscode'],
  sourcemap: true,
  logLevel: 'warning',
});
