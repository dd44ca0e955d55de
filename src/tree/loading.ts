import * as vscode from 'vscode';
import type { LuminarySession } from '../connections/session.ts';
import type { LoadOptions } from '../model/userList.ts';
import { withSignal } from '../words/cancellation.ts';
import { numberText } from '../words/format.ts';
import { pageLabel } from './pageRow.ts';

/**
 * Loads a page that was opened. Where others have to be loaded on the way, a notification shows
 * how far it is and offers to cancel; what has come by then stays.
 */
export async function loadPage({ pages }: LuminarySession, index: number): Promise<void> {
  const title = vscode.l10n.t('Loading up to {0}', pageLabel(pages, index));
  if (pages.missing(index) <= pages.pageSize) await pages.open(index);
  else await withUserCount(title, (options) => pages.open(index, options));
}

/** Shows in a notification how many users have been read, and offers to cancel. */
export async function withUserCount(
  title: string,
  task: (options: LoadOptions) => Promise<void>,
): Promise<void> {
  const location = vscode.ProgressLocation.Notification;
  await vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) =>
    withSignal(token, (signal) => {
      let start: number | undefined;
      let shown = 0;
      return task({
        signal,
        progress(read, wanted) {
          start ??= read;
          const percent = ((read - start) / Math.max(wanted - start, 1)) * 100;
          progress.report({
            message: vscode.l10n.t('{0} of {1} users', numberText(read), numberText(wanted)),
            increment: percent - shown,
          });
          shown = percent;
        },
      });
    }),
  );
}
