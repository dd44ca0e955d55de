import * as vscode from 'vscode';
import { readLumaAccount } from '../api/luma.ts';
import type { Connection } from '../connections/connection.ts';
import { isJsonObject } from '../http/json.ts';
import { SAMPLE, canBeLinked, linkText, readLink } from '../model/recordLink.ts';
import type { LinkProblem, ReadLink, RecordLink } from '../model/recordLink.ts';
import { connectionOf } from '../tree/nodes.ts';
import type { Node } from '../tree/nodes.ts';
import { counted, numberText } from '../words/format.ts';
import { labelledName } from '../words/names.ts';
import { plain } from '../words/plain.ts';
import type { Ask } from './ask.ts';
import { copy } from './clipboard.ts';
import type { Revealing } from './find/revealing.ts';
import { COMMAND_PREFIX } from './ids.ts';
import type { CommandId } from './ids.ts';
import type { Run } from './register.ts';
import type { Services } from './services.ts';
import { tell } from './tell.ts';

/** The commands that make links to users and accounts, and follow them. */
export function linkCommands(
  { store, sessions, explorer }: Pick<Services, 'store' | 'sessions' | 'explorer'>,
  ask: Ask,
  revealing: Revealing,
): Record<'copyLink' | 'openLink', Run> {
  /** A link to what each row stands for; undefined where no link can hold its id. */
  function linksOf(nodes: readonly Node[]): (RecordLink | undefined)[] {
    return nodes.flatMap((node) => {
      if (node.kind === 'field') return linksOf([node.parent]);
      if (node.kind !== 'user' && node.kind !== 'account') return [];
      const connection = store.get(connectionOf(node)?.id ?? '');
      const id = node.kind === 'user' ? node.record.id : userIdOf(connection?.id, node.key);
      if (connection === undefined || id === undefined || !canBeLinked(id)) return [undefined];
      return [{ kind: node.kind, address: addressOf(connection), id }];
    });
  }

  function userIdOf(connection: string | undefined, key: string): string | undefined {
    const record = sessions.luma(connection)?.accounts.get(key)?.record;
    return isJsonObject(record) ? readLumaAccount(record).userId : undefined;
  }

  /** Shows what a link leads to, if that needs no request; whether it does not. */
  async function revealLoaded({ kind, id }: RecordLink, { id: connection }: Connection) {
    if (kind === 'user') {
      const looked = sessions.luminary(connection)?.lookedUp.get(id);
      if (await explorer.revealUser(connection, id)) return true;
      if (looked !== undefined) await explorer.revealLookedUp(connection, looked);
      return looked !== undefined;
    }
    return revealing.knownAccount(connection, id);
  }

  async function follow(link: RecordLink): Promise<void> {
    await store.ready();
    const fits = (connection: Connection) => leadsTo(link, connection);
    const connections = store.readable.filter(fits);
    if (connections.length === 0) {
      await offerConnecting(link);
      return;
    }
    for (const connection of connections) if (await revealLoaded(link, connection)) return;
    const connection = await ask.connection(vscode.l10n.t('Look in which connection?'), fits);
    if (connection === undefined || !(await confirmed(link, connection))) return;
    if (link.kind === 'user') await revealing.user([connection], link.id);
    else await revealing.account([connection], link.id);
  }

  return {
    async copyLink({ nodes }) {
      const rows = await ask.rows(nodes, vscode.l10n.t('Copy the link to…'));
      const links = linksOf(rows);
      const held = links.filter((link) => link !== undefined);
      const lines = [...new Set(held.map((link) => linkText(vscode.env.uriScheme, link)))];
      const without = links.length - held.length;
      if (lines.length > 0) await copy(lines.join('\n'), copiedText(lines.length));
      if (without > 0) tell(withoutText(without, links.length));
      else if (rows.length > 0 && lines.length === 0)
        tell(vscode.l10n.t('Only users and accounts have links.'));
    },

    async openLink({ argument }) {
      const text = typeof argument === 'string' ? argument : await askLink();
      if (text === undefined) return;
      const read = readText(text);
      if (read.ok) await follow(read.link);
      else tell(problemText(read.problem));
    },
  };
}

function readText(text: string): ReadLink {
  try {
    return readLink(vscode.Uri.parse(text.trim(), true));
  } catch {
    return { ok: false, problem: 'notALink' }; // The editor can't read it as an address at all.
  }
}

/** Asks for a link, with the one on the clipboard if there is one. */
async function askLink(): Promise<string | undefined> {
  const copied = (await vscode.env.clipboard.readText()).trim();
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Open Link'),
    prompt: vscode.l10n.t('Link to a user or an account'),
    placeHolder: `${vscode.env.uriScheme}://…`,
    ...(readText(copied).ok && { value: copied }),
    validateInput(value) {
      const read = readText(value);
      return read.ok || value.trim() === '' ? undefined : problemText(read.problem);
    },
  });
}

/** The sample data are in every editor, whatever their address; no link to a real service leads there. */
function addressOf({ sample, address }: Connection): string {
  return sample === true ? SAMPLE : address;
}

function leadsTo({ kind, address }: RecordLink, connection: Connection): boolean {
  const service = kind === 'user' ? 'luminary' : 'luma';
  return connection.kind === service && addressOf(connection) === address;
}

/** No service is asked because of a link before the person says so; sample data ask none. */
async function confirmed({ kind, id }: RecordLink, connection: Connection): Promise<boolean> {
  if (connection.sample === true) return true;
  const goOn = vscode.l10n.t('Ask');
  const name = labelledName(connection);
  const question =
    kind === 'user'
      ? vscode.l10n.t('Ask {0} for the user {1}?', name, id)
      : vscode.l10n.t('Ask {0} for its accounts?', name);
  const detail = vscode.l10n.t(
    'A link leads to {0}, which is not loaded. {1} will be asked, with the credential that you gave for it.',
    id,
    new URL(connection.address).host,
  );
  const answer = await vscode.window.showInformationMessage(
    plain(question),
    { modal: true, detail: plain(detail) },
    goOn,
  );
  return answer === goOn;
}

/** Nothing of the link goes into the connect flow: whom to trust is for the person to type. */
async function offerConnecting({ kind, address }: RecordLink): Promise<void> {
  const sample = address === SAMPLE;
  const connect = sample ? vscode.l10n.t('Explore Sample Data') : vscode.l10n.t('Connect…');
  const why = sample
    ? vscode.l10n.t('This link leads to the sample data, which are not shown here.')
    : vscode.l10n.t('This link leads to {0}, which you have no connection to.', hostOf(address));
  if ((await vscode.window.showInformationMessage(plain(why), connect)) !== connect) return;
  const service: CommandId = kind === 'user' ? 'connectLuminary' : 'connectLuma';
  const command: CommandId = sample ? 'exploreSampleData' : service;
  await vscode.commands.executeCommand(COMMAND_PREFIX + command);
}

function hostOf(address: string): string {
  return new URL(address).host;
}

function copiedText(count: number): string {
  return counted(
    count,
    vscode.l10n.t('Copied link'),
    vscode.l10n.t('Copied {0} links', numberText(count)),
  );
}

function withoutText(without: number, all: number): string {
  return all === 1
    ? vscode.l10n.t('This has no ID that a link could hold; an email never stands in a link.')
    : vscode.l10n.t(
        '{0} of {1} have no ID that a link could hold; an email never stands in a link.',
        numberText(without),
        numberText(all),
      );
}

function problemText(problem: LinkProblem): string {
  switch (problem) {
    case 'notALink':
      return vscode.l10n.t('This is no link to a user or an account.');
    case 'incomplete':
      return vscode.l10n.t('This link lacks its address or its ID.');
    case 'doubled':
      return vscode.l10n.t('This link has two addresses or two IDs.');
    case 'badAddress':
      return vscode.l10n.t('The address in this link is none that a connection could have.');
    case 'badId':
      return vscode.l10n.t('The ID in this link is none that a link could hold.');
  }
}
