// What Stryker's mocha needs before it loads the unit tests.
import fc from 'fast-check';

import { useVscodeStand } from '../test/unit/vscode.ts';
import { separateFiles } from './mochaFiles.ts';

useVscodeStand();
// Stryker gives tests no limit of their own: each that hangs would end its whole worker, after the
// time that all tests together take.
separateFiles(10_000);
// A property that fails has said enough; looking for the smallest example would take minutes.
fc.configureGlobal({ endOnFailure: true });
