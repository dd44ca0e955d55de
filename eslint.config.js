import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

// Data takes one way: each layer may import itself and the layers after it, never those before.
const layers = ['commands', 'language', 'tree', 'connections', 'words', 'model', 'api', 'http'];
const withoutVscode = ['sample', 'files', 'model', 'api', 'http'];

const folderPattern = (folder) => ({
  regex: `^(\\.\\./)+${folder}/`,
  message: `Data takes one way: nothing here imports from ${folder}/.`,
});

// The sample transport stands beside http: it may use http, and nothing below the root uses it.
// What writes files knows nothing of the rest, and the layers without an editor nothing of it.
const foreign = (layer) => {
  if (layer === 'sample') return [...layers.filter((l) => l !== 'http'), 'files'];
  if (layer === 'files') return [...layers, 'sample'];
  const above = [...layers.slice(0, layers.indexOf(layer)), 'sample'];
  return withoutVscode.includes(layer) ? [...above, 'files'] : above;
};

const everyLayer = [...layers, 'sample', 'files'];
const importDirections = [
  ...everyLayer.map((layer) => rulesOf(layer, '*.ts', '\\.\\./')),
  ...everyLayer.map((layer) => rulesOf(layer, '*/*.ts', '\\.\\./\\.\\./')),
];

/** What files of a layer may import; `up` leads from them to src itself. */
function rulesOf(layer, files, up) {
  return {
    files: [`src/${layer}/${files}`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: withoutVscode.includes(layer)
            ? [{ name: 'vscode', message: `${layer}/ runs without an editor.` }]
            : [],
          patterns: [
            ...foreign(layer).map(folderPattern),
            {
              regex: `^${up}[\\w-]+\\.ts$`,
              message: 'What lies in src itself wires the layers; they do not know it.',
            },
            ...(layer === 'http'
              ? []
              : [
                  {
                    regex: '^undici',
                    message: 'Only undici.ts and dispatcher.ts in src/http know undici.',
                  },
                ]),
          ],
        },
      ],
    },
  };
}

export default defineConfig(
  { ignores: ['dist/', 'out/', '.vscode-test/', 'node_modules/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportAllDeclaration',
          message: 'No barrels: import a name from the file that makes it.',
        },
      ],
    },
  },
  { files: ['src/**/*.ts'], rules: { 'no-console': 'error' } },
  // Types for modules that export by default; nothing of ours does.
  { files: ['**/*.d.ts'], rules: { 'no-restricted-exports': 'off' } },
  ...importDirections,
);
