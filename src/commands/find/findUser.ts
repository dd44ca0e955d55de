import * as vscode from 'vscode';
import type { Connection } from '../../connections/connection.ts';
import { listText } from '../../words/format.ts';
import { shortName } from '../../words/names.ts';
import { plain } from '../../words/plain.ts';
import type { Ask } from '../ask.ts';
import { copy, jsonText } from '../clipboard.ts';
import { editorForText, insertIds } from '../insert.ts';
import type { Run } from '../register.ts';
import type { Services } from '../services.ts';
import { tell } from '../tell.ts';
import type { FindAction, FoundUser } from './items.ts';

/**
 * The command that finds a user among all tenants, whatever is selected, or in those whose rows it
 * is called on; code may call it with what is looked for.
 */
export function findUserCommand(
  { store, explorer }: Pick<Services, 'store' | 'explorer'>,
  ask: Ask,
): Record<'findUser', Run> {
  async function reveal({ tenant, record }: FoundUser): Promise<void> {
    if (await explorer.revealUser(tenant.connection.id, record.id)) return;
    tell(vscode.l10n.t('This user is not in the list any more.'));
  }

  /** Does what a button says; whether the person is done then. */
  async function act(action: FindAction, found: FoundUser): Promise<boolean> {
    switch (action) {
      case 'reveal':
        await reveal(found);
        return true;
      case 'copyId':
        await copy(found.record.id, vscode.l10n.t('Copied ID'));
        return false;
      case 'copyJson':
        await copy(jsonText(found.record), vscode.l10n.t('Copied JSON'));
        return false;
      case 'insert': {
        const editor = editorForText();
        return editor !== undefined && insertIds(editor, [found.record.id]);
      }
    }
  }

  return {
    async findUser({ nodes, onRow, argument }) {
      await store.ready();
      const tenants = onRow ? ask.tenantsOf(nodes) : [];
      const connections = tenants.length > 0 ? tenants : await ask.tenants();
      if (connections.length === 0) return;
      const value = typeof argument === 'string' ? argument : '';
      const found = await ask.users.pick(connections, { title: titleFor(tenants), value, act });
      if (found !== undefined) await reveal(found);
    },
  };
}

function titleFor(tenants: readonly Connection[]): string {
  if (tenants.length === 0) return vscode.l10n.t('Find User');
  return plain(vscode.l10n.t('Find User in {0}', listText(tenants.map(shortName), 'and')));
}
