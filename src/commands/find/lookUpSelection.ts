import * as vscode from 'vscode';
import { isUser } from '../../api/luminary.ts';
import type { UserRecord } from '../../api/luminary.ts';
import type { Connection } from '../../connections/connection.ts';
import { isJsonObject } from '../../http/json.ts';
import type { Json } from '../../http/json.ts';
import type { Named } from '../../language/ids.ts';
import { isReference } from '../../language/reference.ts';
import { namedInEditor } from '../../language/selection.ts';
import { emailOf } from '../../model/formats/textRecord.ts';
import { parseQuery } from '../../model/search/query.ts';
import type { Ask } from '../ask.ts';
import { tellGone } from '../referred.ts';
import type { Run } from '../register.ts';
import type { Services } from '../services.ts';
import { tell } from '../tell.ts';
import type { Revealing } from './revealing.ts';

/** So many of the users who have something of an email are compared with the whole of it. */
const COMPARED = 200;

/**
 * The command that shows in the tree whoever has the id or the email that is selected in the
 * editor; links call it with a reference instead.
 *
 * @param findUser asks for a user, beginning with a text
 */
export function lookUpSelectionCommand(
  { store, sessions, indexes }: Pick<Services, 'store' | 'sessions' | 'indexes'>,
  ask: Ask,
  revealing: Revealing,
  findUser: (text: string) => Promise<void>,
): Record<'lookUpSelection', Run> {
  async function connections(kind: Connection['kind']): Promise<readonly Connection[]> {
    await store.ready();
    return store.readable.filter((connection) => connection.kind === kind);
  }

  async function reveal(connection: Connection, id: string): Promise<void> {
    if (connection.kind === 'luma') await revealing.account([connection], id);
    else await revealing.user([connection], id);
  }

  async function lookUp({ kind, text }: Named): Promise<void> {
    if (kind === 'account') await revealing.account(await connections('luma'), text);
    else if (kind === 'email') await lookUpEmail(text);
    else {
      const tenants = await ask.tenants();
      if (tenants.length > 0) await revealing.user(tenants, text);
    }
  }

  /** One who is known is shown; where none or several are, the person goes on looking. */
  async function lookUpEmail(email: string): Promise<void> {
    const [users, accounts] = [await usersWith(email), accountsWith(email)];
    const [user, account] = [users[0], accounts[0]];
    if (user !== undefined && users.length + accounts.length === 1) {
      await revealing.loadedUser(user.connection, user.record);
    } else if (account !== undefined && users.length === 0) {
      await revealing.loadedAccount(account.connection, account.key);
    } else if (users.length === 0 && (await connections('luminary')).length === 0) {
      tell(vscode.l10n.t('No account that is loaded has this email.'));
    } else await findUser(email);
  }

  async function usersWith(email: string): Promise<LoadedUser[]> {
    const found: LoadedUser[] = [];
    for (const [connection, session] of sessions.all) {
      if (session.kind === 'luma') continue;
      const { elements } = session.pages.list;
      const index = indexes.of(session.pages);
      await index.build();
      const { hits } = index.search(parseQuery(email), COMPARED);
      const loaded = hits.flatMap(({ position }) => {
        const element = elements[position] ?? null;
        return isUser(element) ? [element] : [];
      });
      const records = new Map(
        [...loaded, ...session.lookedUp.users].map((record) => [record.id, record]),
      );
      for (const record of records.values())
        if (hasEmail(record, email)) found.push({ connection, record });
    }
    return found;
  }

  function accountsWith(email: string): { readonly connection: string; readonly key: string }[] {
    return sessions.all.flatMap(([connection, session]) =>
      session.kind === 'luminary'
        ? []
        : session.accounts.all
            .filter(({ record }) => hasEmail(record, email))
            .map(({ key }) => ({ connection, key })),
    );
  }

  return {
    async lookUpSelection({ argument }) {
      await store.ready();
      if (isReference(argument)) {
        const connection = store.get(argument.connection);
        if (connection === undefined) tellGone();
        else await reveal(connection, argument.id);
        return;
      }
      const editor = vscode.window.activeTextEditor;
      const named = editor && namedInEditor(editor);
      if (named !== undefined) await lookUp(named);
      else tell(vscode.l10n.t('Select the ID or the email of a user or an account first.'));
    },
  };
}

interface LoadedUser {
  /** The id of the connection. */
  readonly connection: string;
  readonly record: UserRecord;
}

function hasEmail(record: Json, email: string): boolean {
  const own = isJsonObject(record) ? emailOf(record) : undefined;
  return own?.toLowerCase() === email.toLowerCase();
}
