import type * as vscode from 'vscode';

/** Registers something as soon as what runs now has ended, unless it is disposed of before. */
export function afterwards(register: () => vscode.Disposable): vscode.Disposable {
  let registered: vscode.Disposable | undefined;
  const planned = setImmediate(() => {
    registered = register();
  });
  return {
    dispose() {
      clearImmediate(planned);
      registered?.dispose();
    },
  };
}
