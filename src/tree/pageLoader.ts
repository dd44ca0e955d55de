import * as vscode from 'vscode';
import type { LuminarySession } from '../connections/session.ts';
import { withSignal } from '../words/cancellation.ts';
import { numberText } from '../words/format.ts';
import { pageLabel } from './pageRow.ts';

/**
 * Loads a page that was opened. Where others have to be loaded on the way, a notification shows
 * how far it is and offers to cancel; what has come by then stays.
 */
export async function loadPage({ pages }: LuminarySession, index: number): Promise<void> {
  if (pages.missing(index) <= pages.pageSize) {
    await pages.open(index);
    return;
  }
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Loading up to {0}', pageLabel(pages, index)),
      cancellable: true,
    },
    (progress, token) =>
      withSignal(token, async (signal) => {
        const start = pages.list.elements.length;
        let shown = 0;
        await pages.open(index, {
          signal,
          progress(read, wanted) {
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
