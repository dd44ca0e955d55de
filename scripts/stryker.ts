// What Stryker's mocha needs before it loads the unit tests.
import { useVscodeStand } from '../test/unit/vscode.ts';
import { separateFiles } from './mochaFiles.ts';

useVscodeStand();
separateFiles();
