import path from 'node:path';

import Mocha from 'mocha';

/**
 * Gives each file a suite of its own, in mochas that are made after this, so that its hooks run for
 * its own tests only. Else each test would start the servers of all files.
 *
 * @param timeout what a test may take in ms, where that is not what the mocha says
 */
export function separateFiles(timeout?: number): void {
  const { bdd } = Mocha.interfaces;
  Mocha.interfaces.bdd = (root) => {
    root.on('pre-require', (context, file, mocha) => {
      const suite = Mocha.Suite.create(root, path.basename(file));
      if (timeout !== undefined) suite.timeout(timeout);
      bdd(suite);
      suite.emit('pre-require', context, file, mocha);
    });
  };
}
