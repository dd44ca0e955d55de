import type * as vscode from 'vscode';
import { until } from '../hosts/until.ts';

/**
 * Opens a row as soon as the tree has it: it does a moment after it was told of the row, and finds no
 * such row before.
 */
export async function revealDrawn<T>(view: vscode.TreeView<T>, node: T): Promise<void> {
  let problem: unknown;
  await until(
    'the tree to have the row',
    () =>
      Promise.resolve(view.reveal(node, { expand: true })).then(
        () => true,
        (error: unknown) => {
          problem = error;
          return false;
        },
      ),
    () => Promise.resolve(String(problem)),
  );
}
