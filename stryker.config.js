// npm run mutation: breaks the code in one place after the other and asks whether a test notices.

const slow = [
  ...['*Property', 'search*', 'luma', 'luminary*', 'diagnosis', 'http2', 'undici*'],
  ...['proxy', 'trust'],
];

// Tests of other folders, and long ones over real HTTP that find nothing which shorter ones don't.
const elsewhere = [
  ...['bench', 'connection', 'exportErrors', 'sample', 'server*', 'userProgress', 'wholeFile'],
  ...['export', 'faults/*', 'load', 'sdkDefects', 'session'],
];

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['src/{http,api,model}/**/*.ts', '!src/**/*.d.ts'],
  testRunner: 'mocha',
  mochaOptions: {
    require: ['./scripts/stryker.ts'],
    extension: ['ts'],
    // The first test that fails settles it: those that take long come last.
    spec: [`test/unit/!(${slow.join('|')}).test.ts`, `test/unit/{${slow.join(',')}}.test.ts`],
    ignore: elsewhere.map((name) => `test/unit/${name}.test.ts`),
  },
  coverageAnalysis: 'perTest',
  // What runs when a file is loaded, and not in a test, would need all tests, for each such place.
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 5000,
  // Times are taken in the first run, in which counting who covers what makes all tests slower.
  timeoutFactor: 0.5,
  thresholds: { high: 90, low: 85, break: 85 },
  reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
  clearTextReporter: { reportTests: false, allowColor: false },
  htmlReporter: { fileName: 'out/mutation/report.html' },
  jsonReporter: { fileName: 'out/mutation/report.json' },
  incrementalFile: 'out/mutation/incremental.json',
  tempDirName: 'out/mutation/sandbox',
  ignorePatterns: ['/out', '/dist', '/.vscode-test', '/media', '/test/editor', '/test/ui'],
  allowConsoleColors: false,
};
