import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { withoutPictures } from '../../scripts/packagedReadme.ts';
import {
  between,
  commandProblems,
  commandTable,
  settingTable,
} from '../../scripts/readmeTables.ts';
import { readmeFile } from '../../scripts/readmeText.ts';
import { ServiceError } from '../../src/http/errors.ts';
import type { ErrorReason } from '../../src/http/errors.ts';
import { explain } from '../../src/words/errors.ts';

const names = {
  copy: 'Copy ID',
  hover: 'What hovers; see `#lumaLuminary.copy#`.',
  off: 'Nothing.',
};
const setting = { order: 1, default: 'on', markdownDescription: '%hover%' };
const contributes = {
  commands: [
    { command: 'lumaLuminary.copyId', title: '%copy%' },
    { command: 'lumaLuminary.find', title: 'Find' },
  ],
  configuration: {
    properties: {
      'lumaLuminary.later': { order: 2, default: [], markdownDescription: 'a | b' },
      'lumaLuminary.hover': {
        ...setting,
        enum: ['on', 'off'],
        enumDescriptions: ['All.', '%off%'],
      },
    },
  },
};

describe('The tables of README.md', () => {
  it('tell of commands by their titles, in their groups', () => {
    const groups = [
      { title: 'Copying', commands: { copyId: 'Copies.' } },
      { title: 'Finding', commands: { find: 'Finds.' } },
    ];
    assert.deepEqual(commandTable(contributes, groups, names).split('\n').slice(2), [
      '| **Copying** |  |',
      '| Copy ID | Copies. |',
      '| **Finding** |  |',
      '| Find | Finds. |',
    ]);
    assert.deepEqual(commandProblems(contributes, groups), []);
  });

  it('leave no command out, and name none that is not there, or twice', () => {
    const groups = [
      { title: 'Copying', commands: { copyId: 'Copies.', gone: 'Went.' } },
      { title: 'Again', commands: { copyId: 'Copies.' } },
    ];
    assert.deepEqual(commandProblems(contributes, groups), [
      'lumaLuminary.find is not told of',
      'lumaLuminary.gone is no command',
      'lumaLuminary.copyId is told of twice',
    ]);
  });

  it('tell of settings in their order, with their values', () => {
    assert.deepEqual(settingTable(contributes, names).split('\n').slice(2), [
      '| `lumaLuminary.hover` | `"on"` | What hovers; see `lumaLuminary.copy`.<br>`"on"`: All.<br>`"off"`: Nothing. |',
      '| `lumaLuminary.later` | `[]` | a \\| b |',
    ]);
  });

  it('stand between their comments, whatever stood there', () => {
    const whole = 'before <!-- x --> old <!-- /x --> after';
    const once = between(whole, 'x', 'new');
    assert.equal(once, 'before <!-- x -->\n\nnew\n\n<!-- /x --> after');
    assert.equal(between(once, 'x', 'new'), once);
    for (const wrong of ['', '<!-- x -->', '<!-- /x --> <!-- x -->', `${whole}${whole}`]) {
      assert.throws(() => between(wrong, 'x', 'new'), /must have <!-- x --> and <!-- \/x --> once/);
    }
  });
});

const readme = readFileSync(readmeFile, 'utf8');

describe('README.md in a package without a repository', () => {
  it('has no picture, and all else as it is', () => {
    const picture = '<p><img src="docs/pictures/tree.png" width="9" alt="a – b"></p>';
    assert.equal(withoutPictures(`# A\n\n${picture}\n\n## B\n\nC\n`), '# A\n\n## B\n\nC\n');
    const text = withoutPictures(readme);
    assert.ok(readme.includes('docs/pictures/') && !text.includes('docs/pictures/'));
    const kept = readme.split('\n').filter((line) => line !== '' && !line.startsWith('<p><img '));
    assert.deepEqual(
      text.split('\n').filter((line) => line !== ''),
      kept,
    );
    assert.doesNotMatch(text, /\n\n\n/);
  });

  it('is refused where a picture would be left that nobody sees', () => {
    for (const left of ['a <img src="b.png"> c', '<p>\n<img src="b.png">\n</p>', '![a](b.png)']) {
      assert.throws(() => withoutPictures(`# A\n\n${left}\n`), /has a picture/);
    }
  });
});

describe('The troubleshooting of README.md', () => {
  /** In this form, types fail where a reason is left out. */
  const reasons: Readonly<Record<ErrorReason, true>> = {
    invalidAddress: true,
    invalidCredential: true,
    clientRefused: true,
    secretNotStored: true,
    unreachable: true,
    certificate: true,
    proxyAddress: true,
    proxyUnreachable: true,
    proxyCertificate: true,
    proxyUnauthorized: true,
    proxyRefused: true,
    connectionLost: true,
    timeout: true,
    tooLarge: true,
    badRequest: true,
    unauthorized: true,
    paymentRequired: true,
    forbidden: true,
    notFound: true,
    rateLimited: true,
    serverError: true,
    sessionExpired: true,
    redirected: true,
    unexpectedAnswer: true,
  };

  for (const reason of Object.keys(reasons) as ErrorReason[]) {
    it(`has the sentence that is shown for ${reason}`, () => {
      assert.ok(readme.includes(explain(new ServiceError(reason)).sentence));
    });
  }
});
