import * as vscode from 'vscode';
import { isReference } from '../language/reference.ts';
import type { Reference } from '../language/reference.ts';
import { accountWith } from '../language/people.ts';
import type { AccountNode, UserNode } from '../tree/nodes.ts';
import type { Run } from './register.ts';
import type { Services } from './services.ts';
import { tell } from './tell.ts';

/**
 * Lets commands on rows be called with a reference, as links do: they work on the record that it
 * names then, whether or not it has a row.
 */
export function onReferences<Names extends string>(
  commands: Readonly<Record<Names, Run>>,
  services: Pick<Services, 'store' | 'sessions' | 'explorer'>,
): Record<Names, Run> {
  const run =
    (command: Run): Run =>
    async (target) => {
      if (!isReference(target.argument)) {
        await command(target);
        return;
      }
      const node = await nodeOf(target.argument, services);
      if (node === undefined) tellGone();
      else await command({ nodes: [node], first: node, fromMenu: true, argument: undefined });
    };
  const entries = Object.entries<Run>(commands).map(([name, command]) => [name, run(command)]);
  return Object.fromEntries(entries) as Record<Names, Run>;
}

/** Says that what a reference names is gone. */
export function tellGone(): void {
  tell(vscode.l10n.t('This user or account is not there any more.'));
}

async function nodeOf(
  { connection, id }: Reference,
  { store, sessions, explorer }: Pick<Services, 'store' | 'sessions' | 'explorer'>,
): Promise<AccountNode | UserNode | undefined> {
  await store.ready();
  const parent = explorer.connectionNode(connection);
  const session = await sessions.open(connection);
  if (parent === undefined || session === undefined) return undefined;
  if (session.kind === 'luma') {
    const account = accountWith(id, session);
    return account && { kind: 'account', parent, key: account.key };
  }
  const record = await session.directory.find(id);
  return record && { kind: 'user', parent: { kind: 'lookedUp', parent }, record };
}
