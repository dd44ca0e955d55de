import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { asFileError, isFileError } from '../../src/files/fileError.ts';
import type { FileErrorReason } from '../../src/files/fileError.ts';
import { removeLeftovers, temporaryName } from '../../src/files/leftovers.ts';
import { writeWholeFile } from '../../src/files/wholeFile.ts';
import type { Create } from '../../src/files/wholeFile.ts';
import { from } from './textSource.ts';

let folder: string;
let target: string;
const { signal } = new AbortController();

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'luma-luminary-'));
  target = path.join(folder, 'users.json');
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function because(reason: FileErrorReason, code?: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(isFileError(error), String(error));
    assert.equal(error.reason, reason);
    if (code !== undefined) assert.equal(error.code, code);
    assert.ok(!error.message.includes(folder), 'names no path');
    return true;
  };
}

/** Files on a disk that has room for so many characters. */
function diskOf(room: number): Create {
  return async (file) => {
    const handle = await open(file, 'wx');
    let left = room;
    return {
      appendFile: async (text) => {
        left -= text.length;
        if (left < 0) throw Object.assign(new Error(`full: ${file}`), { code: 'ENOSPC' });
        await handle.appendFile(text);
      },
      sync: () => handle.sync(),
      close: () => handle.close(),
    };
  };
}

const names = () => readdir(folder);
const content = () => readFile(target, 'utf8');

describe('A file that is written whole or not at all', () => {
  it('has all texts, one after the other, and nothing beside it', async () => {
    await writeWholeFile(target, from('one ', 'Łódź ', '', '👩‍👩‍👧'), signal);
    assert.equal(await content(), 'one Łódź 👩‍👩‍👧');
    assert.deepEqual(await names(), ['users.json']);
  });

  it('takes the place of what stands there only at the end, with its permissions', async () => {
    await writeFile(target, 'before');
    await chmod(target, 0o640);
    const seen: (string | number)[] = [];
    const look = async () => {
      seen.push(await content(), (await names()).length);
    };
    await writeWholeFile(target, from('after', look), signal);
    assert.deepEqual(seen, ['before', 2]);
    assert.equal(await content(), 'after');
    if (process.platform !== 'win32') assert.equal((await stat(target)).mode & 0o777, 0o640);
  });

  // Windows has no such permissions, and makes links for administrators alone.
  const onUnix = process.platform === 'win32' ? undefined : it;
  onUnix?.('is never readable to more than what it replaces', async () => {
    await writeFile(target, 'before', { mode: 0o600 });
    const modes: number[] = [];
    const look = async () => {
      for (const name of await names())
        modes.push((await stat(path.join(folder, name))).mode & 0o777);
    };
    await writeWholeFile(target, from('x', look), signal);
    assert.deepEqual(modes, [0o600, 0o600]);
  });

  onUnix?.('is what a link points to, and the link stays', async () => {
    const link = path.join(folder, 'link.json');
    await writeFile(target, 'before');
    await symlink(target, link);
    await writeWholeFile(link, from('after'), signal);
    assert.equal(await content(), 'after');
    assert.deepEqual((await names()).sort(), ['link.json', 'users.json']);
    assert.equal((await readFile(link)).toString(), 'after');
  });

  onUnix?.('is what a link points to though nothing stands there yet', async () => {
    const link = path.join(folder, 'link.json');
    await symlink('users.json', link);
    await writeWholeFile(link, from('after'), signal);
    assert.equal(await content(), 'after');
    assert.ok((await lstat(link)).isSymbolicLink());
  });

  it('may have a name as long as a system takes', async () => {
    target = path.join(folder, `${'Ł'.repeat(120)}.json`);
    await writeWholeFile(target, from('x'), signal);
    assert.equal(await content(), 'x');
  });

  for (const [what, before] of [
    ['nothing', undefined],
    ['what stood there before', 'before \u00e9'],
  ] as const) {
    describe(`leaves ${what}`, () => {
      beforeEach(async () => {
        if (before !== undefined) await writeFile(target, before);
      });

      afterEach(async () => {
        assert.deepEqual(await names(), before === undefined ? [] : ['users.json']);
        if (before !== undefined) assert.equal(await content(), before);
      });

      it('where the texts break off', async () => {
        const broken = new Error('No more');
        await assert.rejects(writeWholeFile(target, from('some', broken), signal), broken);
      });

      it('where they don’t begin', async () => {
        const broken = new Error('None');
        await assert.rejects(writeWholeFile(target, from(broken), signal), broken);
      });

      it('where the disk is full', async () => {
        let ended = false;
        const texts = async function* () {
          try {
            for (;;) yield* from('some more');
          } finally {
            ended = true;
          }
        };
        const writing = writeWholeFile(target, texts(), signal, diskOf(100));
        await assert.rejects(writing, because('full', 'ENOSPC'));
        assert.ok(ended, 'the texts are told that nobody wants them');
      });

      it('where the disk is full only when all is written', async () => {
        const make: Create = async (file) => ({
          ...(await diskOf(100)(file, undefined)),
          sync: () => Promise.reject(Object.assign(new Error('full'), { code: 'EDQUOT' })),
        });
        await assert.rejects(writeWholeFile(target, from('x'), signal, make), because('full'));
      });

      it('when it is cancelled before, in the middle, and after the last text', async () => {
        const cancelled = AbortSignal.abort();
        await assert.rejects(writeWholeFile(target, from('x'), cancelled), { name: 'AbortError' });
        for (const texts of [
          ['some', 'cancel', 'more'],
          ['all', 'cancel'],
        ]) {
          const stop = new AbortController();
          const steps = texts.map((text) =>
            text === 'cancel'
              ? () => {
                  stop.abort();
                }
              : text,
          );
          const writing = writeWholeFile(target, from(...steps), stop.signal);
          await assert.rejects(writing, { name: 'AbortError' });
        }
      });
    });
  }

  it('can’t be where there is no folder', async () => {
    target = path.join(folder, 'missing', 'users.json');
    await assert.rejects(writeWholeFile(target, from('x'), signal), because('noFolder', 'ENOENT'));
    target = path.join(folder, 'a file', 'users.json');
    await writeFile(path.join(folder, 'a file'), '');
    await assert.rejects(writeWholeFile(target, from('x'), signal), because('noFolder'));
  });

  it('can’t be where a folder is', async () => {
    await mkdir(path.join(target, 'inside'), { recursive: true });
    await assert.rejects(writeWholeFile(target, from('x'), signal), because('notAFile'));
    assert.deepEqual(await readdir(target), ['inside']);
  });

  it('can’t be where nothing may be written', async () => {
    const refused: Create = () =>
      Promise.reject(Object.assign(new Error(folder), { code: 'EACCES' }));
    await assert.rejects(
      writeWholeFile(target, from('x'), signal, refused),
      because('denied', 'EACCES'),
    );
  });

  it('can’t have a name that no system takes', async () => {
    target = path.join(folder, `${'x'.repeat(300)}.json`);
    await assert.rejects(writeWholeFile(target, from('x'), signal), because('tooLong'));
    assert.deepEqual(await names(), []);
  });

  it('stays as it was when the process is killed; what is left is removed an hour later', async () => {
    await writeFile(target, 'before');
    const child = spawn(
      process.execPath,
      [path.join(import.meta.dirname, 'endlessFile.ts'), target],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(await content(), 'before');
    const left = (await names()).filter((name) => name !== 'users.json');
    assert.equal(left.length, 1);
    assert.match(left[0] ?? '', /^\.users\.json\.[0-9a-f]{16}\.export\.tmp$/);

    await writeWholeFile(target, from('after'), signal);
    assert.deepEqual(
      (await names()).sort(),
      [...left, 'users.json'],
      'another window may write it',
    );
    const old = new Date(Date.now() - 3601_000);
    await utimes(path.join(folder, left[0] ?? ''), old, old);
    await writeWholeFile(target, from('after'), signal);
    assert.deepEqual(await names(), ['users.json']);
  });
});

describe('Temporary files', () => {
  it('are removed when they are old, and for this file; nothing else is', async () => {
    const mine = [temporaryName(target), temporaryName(target)];
    const others = [
      temporaryName(path.join(folder, 'other.json')),
      '.users.json.tmp',
      '.users.json.0123456789abcdef.tmp',
      '.users.json.export.tmp',
      '.users.json.x.0123456789abcdef.export.tmp',
      'users.json',
    ];
    assert.equal(new Set(mine).size, 2);
    for (const name of [...mine, ...others]) await writeFile(path.join(folder, name), '');
    await removeLeftovers(target, Date.now() + 3500_000);
    assert.equal((await names()).length, 8);
    await removeLeftovers(target, Date.now() + 3700_000);
    assert.deepEqual((await names()).sort(), others.sort());
  });

  it('are looked for in vain where there is no folder', async () => {
    await removeLeftovers(path.join(folder, 'missing', 'users.json'));
    assert.deepEqual(await names(), []);
  });
});

describe('What goes wrong with files', () => {
  it('has a reason by its code', () => {
    for (const [code, reason] of [
      ['ENOSPC', 'full'],
      ['EROFS', 'denied'],
      ['NoPermissions', 'denied'],
      ['FileNotFound', 'noFolder'],
      ['FileIsADirectory', 'notAFile'],
      ['EBUSY', 'inUse'],
      ['EIO', 'other'],
      ['toString', 'other'],
    ] as const) {
      const error = asFileError(Object.assign(new Error('at /home/jane'), { code }));
      assert.deepEqual(
        [error.reason, error.code, error.message],
        [reason, code, `${reason} ${code}`],
      );
      assert.equal(asFileError(error), error);
    }
    assert.equal(asFileError('odd').message, 'other');
    const telling = Object.assign(new Error(), { code: 'no room in /home/jane' });
    assert.equal(asFileError(telling).message, 'other');
  });
});
