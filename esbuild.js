// Bundles the extension into several CommonJS files, so that activating it loads only the first:
// a dynamic import() of a source file that is itself an entry becomes a require at first need.
import { build, context } from 'esbuild';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const entries = {
  extension: 'src/extension.ts',
  core: 'src/core.ts',
  drawing: 'src/tree/drawing.ts',
  http: 'src/http/undici.ts',
};

/** Turns import('./core.ts') into a reference to the bundle of that entry. */
const separateEntries = {
  name: 'separate-entries',
  setup(setup) {
    const outputs = new Map(
      Object.entries(entries).map(([name, file]) => [path.resolve(file), `./${name}.cjs`]),
    );
    setup.onResolve({ filter: /^\./ }, (args) => {
      if (args.kind !== 'dynamic-import') return undefined;
      const output = outputs.get(path.resolve(args.resolveDir, args.path));
      if (output === undefined) {
        return { errors: [{ text: `${args.path} is imported dynamically but is no entry` }] };
      }
      return { path: output, external: true };
    });
  },
};

const watch = process.argv.includes('--watch');
const development = watch || process.argv.includes('--development');

/** @type {import('esbuild').BuildOptions} */
const options = {
  entryPoints: entries,
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node22',
  supported: { 'dynamic-import': false },
  external: ['vscode'],
  minify: !development,
  sourcemap: development,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  plugins: [separateEntries],
};

if (watch) {
  const watching = await context({ ...options, logLevel: 'info' });
  await watching.watch();
} else {
  const { metafile } = await build(options);
  await mkdir('out', { recursive: true });
  await writeFile('out/metafile.json', JSON.stringify(metafile));
  for (const [file, { bytes }] of Object.entries(metafile.outputs)) {
    console.log(`${file} ${(bytes / 1024).toFixed(1)} KB`);
  }
}
