import assert from 'node:assert/strict';
import { FileError, asFileError } from '../../src/files/fileError.ts';
import { IncompleteList } from '../../src/model/userStream.ts';
import { exportErrorText } from '../../src/words/exportErrors.ts';
import { failure } from './fakes.ts';

describe('Why an export failed', () => {
  it('is said of a file with the system’s code, and without its path', () => {
    const full = Object.assign(new Error('write /home/jane/x'), { code: 'ENOSPC' });
    assert.equal(exportErrorText(asFileError(full)), 'The disk is full. (ENOSPC)');
    assert.equal(exportErrorText(new FileError('notAFile')), 'What stands there is no file.');
  });

  it('is said of a list, of the service, of the connection, and of nothing known', () => {
    const said = [
      new IncompleteList('missingCursor'),
      new IncompleteList('repeatedCursor'),
      new IncompleteList('noProgress'),
      failure('timeout'),
      new DOMException('', 'AbortError'),
      new Error('token 12345'),
    ].map(exportErrorText);
    assert.deepEqual(said, [
      'The service says that there are more users, but not where.',
      'The service leads back to users already read, and never to its last.',
      'The service keeps answering without new users.',
      'The service did not answer in time.',
      'The connection was changed or removed meanwhile.',
      'Something unexpected went wrong.',
    ]);
  });
});
