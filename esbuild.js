// Bundles the extension into several CommonJS files, so that activating it loads only the first:
// a dynamic import() of a source file that is itself an entry becomes a require at first need.
import { build, context } from 'esbuild';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
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

/**
 * Has each bundle require the editor's API once, and use it as it is. Otherwise each module would
 * require it anew, for which the editor searches its extensions every time, and copy its hundreds of
 * properties.
 */
const oneApi = {
  name: 'one-api',
  setup(setup) {
    setup.onResolve({ filter: /^one-api$/ }, ({ path: name }) => ({ path: name, namespace: name }));
    setup.onLoad({ filter: /^/, namespace: 'one-api' }, () => ({
      contents: `export const vscode = require('vscode');`,
    }));
    setup.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path: file }) => {
      const text = await readFile(file, 'utf8');
      const contents = text
        .replace(/^import \* as vscode from 'vscode';$/m, `import { vscode } from 'one-api';`)
        .replace(
          /^import (\{ [^}]+ \}) from 'vscode';$/m,
          `import { vscode as api } from 'one-api'; const $1 = api;`,
        );
      return /^import (?!type ).* from 'vscode'/m.test(contents)
        ? { errors: [{ text: `${file} imports the API in a way that is not known here` }] }
        : { contents, loader: 'ts' };
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
  plugins: [separateEntries, oneApi],
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
