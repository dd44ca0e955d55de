// npm run mutation: breaks the code in one place after the other and asks whether a test notices.

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['src/{http,api,model}/**/*.ts', '!src/**/*.d.ts'],
  testRunner: 'mocha',
  mochaOptions: {
    require: ['./scripts/stryker.ts'],
    extension: ['ts'],
    // The first test that fails settles it: those that take long come last.
    spec: [
      'test/unit/**/!(*Property|luma|luminary|undici|proxy).test.ts',
      'test/unit/**/{*Property,luma,luminary,undici,proxy}.test.ts',
    ],
    // The test server's own tests, and one of a higher layer whose short time limits a busy machine
    // exceeds.
    ignore: ['test/unit/server*.test.ts', 'test/unit/session.test.ts'],
  },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 5000,
  timeoutFactor: 1,
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
