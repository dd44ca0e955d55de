import assert from 'node:assert/strict';
import { workspace } from 'vscode';
import { writeTarget } from '../../src/commands/writeTarget.ts';
import { isFileError } from '../../src/files/fileError.ts';
import { until } from '../hosts/until.ts';
import { from } from '../unit/textSource.ts';
import { MemoryFiles } from './memoryFiles.ts';

const { signal } = new AbortController();

describe('A file on another file system', () => {
  let files: MemoryFiles;

  beforeEach(() => {
    files = new MemoryFiles('lumatest');
  });

  afterEach(() => {
    files.dispose();
  });

  it('is put there when all of it has come', async () => {
    const seen: number[] = [];
    const texts = from('one ', () => seen.push(files.files.size), 'Łódź');
    await writeTarget(files.uri('/users.json'), texts, signal);
    assert.deepEqual(seen, [0]);
    assert.deepEqual([...files.files], [['/users.json', 'one Łódź']]);
  });

  it('takes the place of what stands there', async () => {
    files.files.set('/users.json', 'before');
    await writeTarget(files.uri('/users.json'), from('after'), signal);
    assert.deepEqual([...files.files], [['/users.json', 'after']]);
  });

  for (const [what, refused] of [
    ['can’t be written', (kind: string) => kind === 'write'],
    [
      'can’t take its place',
      (kind: string, path: string) => kind === 'rename' && path === '/users.json',
    ],
  ] as const) {
    it(`that ${what} leaves what stands there`, async () => {
      files.files.set('/users.json', 'before');
      // What could not take the place may go back to it.
      let times = 0;
      files.refuses = (kind, path) => refused(kind, path) && times++ === 0;
      await assert.rejects(
        writeTarget(files.uri('/users.json'), from('after'), signal),
        isFileError,
      );
      assert.deepEqual([...files.files], [['/users.json', 'before']]);
    });
  }

  it('leaves nothing where there was nothing', async () => {
    files.refuses = (kind) => kind === 'rename';
    await assert.rejects(writeTarget(files.uri('/users.json'), from('after'), signal), isFileError);
    assert.deepEqual([...files.files], []);
  });

  it('leaves what stands there when it is cancelled or breaks off', async () => {
    files.files.set('/users.json', 'before');
    const target = files.uri('/users.json');
    const broken = new Error('No more');
    await assert.rejects(writeTarget(target, from('some', broken), signal), broken);
    const stop = new AbortController();
    const cancel = () => {
      stop.abort();
    };
    await assert.rejects(writeTarget(target, from('all', cancel), stop.signal), {
      name: 'AbortError',
    });
    assert.deepEqual([...files.files], [['/users.json', 'before']]);
  });

  it('can’t be where a folder is', async () => {
    await assert.rejects(writeTarget(files.uri('/folder'), from('x'), signal), because('notAFile'));
  });

  it('is not begun where nothing can be written', async () => {
    const fixed = new MemoryFiles('lumatestfixed', true);
    try {
      // The editor learns of a file system's nature a moment after it was registered.
      await until('a read-only file system', () =>
        Promise.resolve(workspace.fs.isWritableFileSystem(fixed.scheme) === false),
      );
      let begun = false;
      const texts = from(() => (begun = true));
      await assert.rejects(writeTarget(fixed.uri('/x.json'), texts, signal), because('denied'));
      assert.equal(begun, false);
    } finally {
      fixed.dispose();
    }
  });
});

function because(reason: string): (error: unknown) => boolean {
  return (error) => isFileError(error) && error.reason === reason;
}
