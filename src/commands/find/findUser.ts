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
 * The commands that find a user: among all tenants, whatever is selected, where code may say what is
 * looked for; or in the tenants of rows, or one that the person chooses. They are two, as a button
 * of the view's title is told of the row with the focus in the way that a row's menu is.
 */
export function findUserCommands(
  { store, explorer }: Pick<Services, 'store' | 'explorer'>,
  ask: Ask,
): Record<'findUser' | 'findUserInTenant', Run> {
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
        const editor = await editorForText();
        return editor !== undefined && insertIds(editor, [found.record.id]);
      }
    }
  }

  async function find(tenants: readonly Connection[], title: string, value = ''): Promise<void> {
    if (tenants.length === 0) return;
    const found = await ask.users.pick(tenants, { title, value, act });
    if (found !== undefined) await reveal(found);
  }

  return {
    async findUser({ argument }) {
      const value = typeof argument === 'string' ? argument : '';
      await find(await ask.tenants(), vscode.l10n.t('Find User'), value);
    },

    async findUserInTenant({ nodes }) {
      await store.ready();
      const tenants = ask.tenantsOf(nodes);
      const chosen = tenants.length > 0 ? tenants : await ask.tenant();
      const names = listText(chosen.map(shortName), 'and');
      await find(chosen, plain(vscode.l10n.t('Find User in {0}', names)));
    },
  };
}
