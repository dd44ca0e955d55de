import * as vscode from 'vscode';

/** Registers something as soon as what runs now has ended, unless it is disposed of before. */
export function afterwards(register: () => vscode.Disposable): vscode.Disposable {
  const registered: vscode.Disposable[] = [];
  const planned = setImmediate(() => {
    registered.push(register());
  });
  return new vscode.Disposable(() => {
    clearImmediate(planned);
    vscode.Disposable.from(...registered).dispose();
  });
}
