import * as vscode from 'vscode';

/**
 * What a person has done at least once, by which steps of the walkthrough are complete: opened a user
 * or an account, found a user, taken a record out of the tree.
 */
export type Milestone = 'opened' | 'found' | 'taken';

/** Tells the walkthrough that this has been done, through the context key `lumaLuminary.…`. */
export function reached(milestone: Milestone): void {
  void vscode.commands.executeCommand('setContext', `lumaLuminary.${milestone}`, true);
}
