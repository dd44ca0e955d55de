import { l10n } from 'vscode';
import { isFileError } from '../files/fileError.ts';
import type { FileErrorReason } from '../files/fileError.ts';
import { isCancellation } from '../http/errors.ts';
import { isIncompleteList } from '../model/userStream.ts';
import type { IncompleteList } from '../model/userStream.ts';
import { explain, explanationText } from './errors.ts';

/** Says why users could not be exported, whether the service, the file or the connection failed. */
export function exportErrorText(error: unknown): string {
  if (isFileError(error)) {
    const { reason, code } = error;
    return code === undefined ? fileSentence(reason) : `${fileSentence(reason)} (${code})`;
  }
  if (isIncompleteList(error)) return incompleteSentence(error.end);
  // What the person cancels is not told: this is a request that ended with its connection.
  if (isCancellation(error)) return l10n.t('The connection was changed or removed meanwhile.');
  return explanationText(explain(error));
}

function fileSentence(reason: FileErrorReason): string {
  switch (reason) {
    case 'full':
      return l10n.t('The disk is full.');
    case 'denied':
      return l10n.t('There is no permission to write there.');
    case 'noFolder':
      return l10n.t('The folder is not there.');
    case 'notAFile':
      return l10n.t('What stands there is no file.');
    case 'tooLong':
      return l10n.t('The name is too long.');
    case 'inUse':
      return l10n.t('Another program is using the file.');
    case 'leftBeside':
      return l10n.t('The new file and the old one stand beside it, named .new and .old.');
    case 'other':
      return l10n.t('The file could not be written.');
  }
}

function incompleteSentence(end: IncompleteList['end']): string {
  switch (end) {
    case 'missingCursor':
      return l10n.t('The service says that there are more users, but not where.');
    case 'repeatedCursor':
      return l10n.t('The service leads back to users already read, and never to its last.');
    case 'noProgress':
      return l10n.t('The service keeps answering without new users.');
  }
}
