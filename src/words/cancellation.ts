import type { CancellationToken } from 'vscode';

/** Runs a task with a signal that is aborted when the editor's token is cancelled. */
export async function withSignal<T>(
  token: CancellationToken,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const subscription = token.onCancellationRequested(() => {
    stop.abort();
  });
  try {
    if (token.isCancellationRequested) stop.abort();
    return await task(stop.signal);
  } finally {
    subscription.dispose();
  }
}
