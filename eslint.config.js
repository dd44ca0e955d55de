import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

// Data takes one way: each layer may import itself and the layers after it, never those before.
const layers = ['commands', 'tree', 'connections', 'words', 'model', 'api', 'http'];
const withoutVscode = ['sample', 'model', 'api', 'http'];

const folderPattern = (folder) => ({
  regex: `^(\\.\\./)+${folder}/`,
  message: `Data takes one way: nothing here imports from ${folder}/.`,
});

const importDirections = [...layers, 'sample'].flatMap((layer) => {
  // The sample transport stands beside http: it may use http, and nothing below the root uses it.
  const above =
    layer === 'sample'
      ? layers.filter((l) => l !== 'http')
      : [...layers.slice(0, layers.indexOf(layer)), 'sample'];
  // How far up src lies from a file of the layer, and from one in a folder within it.
  const depths = [
    ['*.ts', '^\\.\\./'],
    ['*/*.ts', '^\\.\\./\\.\\./'],
  ];
  return depths.map(([files, src]) => ({
    files: [`src/${layer}/${files}`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: withoutVscode.includes(layer)
            ? [{ name: 'vscode', message: `${layer}/ runs without an editor.` }]
            : [],
          patterns: [
            ...above.map(folderPattern),
            {
              regex: `${src}[\\w-]+\\.ts$`,
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
  }));
});

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
