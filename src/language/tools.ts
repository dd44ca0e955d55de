import * as vscode from 'vscode';
import { nameOfHost } from '../api/address.ts';
import { isUser } from '../api/luminary.ts';
import type { Connection } from '../connections/connection.ts';
import type { LuminarySession } from '../connections/session.ts';
import type { Sessions } from '../connections/sessions.ts';
import type { ConnectionStore } from '../connections/store.ts';
import { isCancellation, isServiceError } from '../http/errors.ts';
import { oneLine } from '../http/text.ts';
import { abortable } from '../http/singleFlight.ts';
import { mergeFound } from '../model/search/merge.ts';
import { parseQuery } from '../model/search/query.ts';
import type { UserIndexes } from '../model/search/userIndexes.ts';
import type { Loader } from '../tree/loader.ts';
import { explain, explanationText } from '../words/errors.ts';
import { counted, listText, numberText } from '../words/format.ts';
import type { Log } from '../words/log.ts';
import { labelledName, nameWithService } from '../words/names.ts';
import type { Tool } from './registerTools.ts';
import { readToolInput } from './toolInput.ts';
import type { ToolInput } from './toolInput.ts';
import type { ToolName } from './toolNames.ts';
import { accountLine, fullUserLine, userLine } from './toolTexts.ts';

/** What the tools work with. */
export interface ToolServices {
  readonly store: ConnectionStore;
  readonly sessions: Sessions;
  readonly loader: Loader;
  readonly log: Log;
  readonly indexes: UserIndexes;
}

/** What a tool does with an input that was read. */
interface Plan<Name extends ToolName> {
  /** What the person is told of it before it runs, and while it does. */
  readonly title: string;
  readonly running: string;
  /** What the model gets, and from whom it comes. */
  confirmation(input: ToolInput[Name], of: readonly Connection[]): string;
  run(input: ToolInput[Name], of: readonly Connection[], signal: AbortSignal): Promise<string[]>;
}

/** The tools that let a language model read what a person lets it read. */
export function createTools(services: ToolServices): Readonly<Record<ToolName, Tool>> {
  const { store, log } = services;

  function tool<Name extends ToolName>(
    name: Name,
    kind: Connection['kind'],
    plan: Plan<Name>,
  ): Tool {
    const chosen = async (input: ToolInput[Name]) => {
      const wanted = 'connection' in input ? input.connection : undefined;
      return connectionsOf(store, kind, 'tenant' in input ? input.tenant : wanted);
    };
    return {
      async prepare(given) {
        const input = readToolInput(name, given);
        const message = new vscode.MarkdownString(plan.confirmation(input, await chosen(input)));
        return {
          invocationMessage: plan.running,
          confirmationMessages: { title: plan.title, message },
        };
      },
      async invoke(given, signal) {
        const input = readToolInput(name, given);
        const connections = await chosen(input);
        try {
          return (await plan.run(input, connections, signal)).join('\n');
        } catch (error) {
          if (isCancellation(error)) throw new vscode.CancellationError();
          if (!isServiceError(error)) log.failure(name, error);
          throw new Error(explanationText(explain(error)));
        }
      },
    };
  }

  return {
    listAccounts: tool('listAccounts', 'luma', listAccounts(services)),
    findUsers: tool('findUsers', 'luminary', findUsers(services)),
    getUser: tool('getUser', 'luminary', getUser(services)),
  };
}

/**
 * The connections that a model means.
 *
 * @throws an Error for the model; it tells no names, which nobody has allowed to be handed on
 */
async function connectionsOf(
  store: ConnectionStore,
  kind: Connection['kind'],
  name: string | undefined,
): Promise<readonly Connection[]> {
  await store.ready();
  const all = store.readable.filter((connection) => connection.kind === kind);
  if (all.length === 0) {
    throw new Error(
      kind === 'luma'
        ? 'No Luma token is connected. The person can connect one in the Luma & Luminary view.'
        : 'No Luminary tenant is connected. The person can connect one in the Luma & Luminary view.',
    );
  }
  if (name === undefined) return all;
  const meant = all.filter((connection) => namesOf(connection).has(name.toLowerCase()));
  if (meant.length > 0) return meant;
  throw new Error('There is no connection of this name. Leave it out to ask all of them.');
}

function namesOf(connection: Connection): ReadonlySet<string> {
  const { name, address } = connection;
  const names = [name, nameWithService(connection), nameOfHost(address)];
  return new Set(names.map((one) => one.toLowerCase()));
}

function listed(connections: readonly Connection[]): string {
  return connections.map(nameWithService).join(', ');
}

function quotedNames(connections: readonly Connection[]): string {
  return listText(
    connections.map((connection) => quoted(labelledName(connection))),
    'and',
  );
}

/**
 * Text of a model or a person as Markdown that stays text: in code nothing is a link, an icon or an
 * entity. A dialog shows Markdown without its marks, but would show entities as they are.
 */
function quoted(text: string): string {
  return `\`${oneLine(text).replaceAll('`', "'") || ' '}\``;
}

function listAccounts({ sessions, loader }: ToolServices): Plan<'listAccounts'> {
  return {
    title: vscode.l10n.t('Tell the language model about your Luma accounts?'),
    running: vscode.l10n.t('Reading Luma accounts'),
    confirmation: ({ emails }, of) =>
      emails
        ? vscode.l10n.t(
            'For each account of {0}, it gets ID, email, health, slots, credits and session end. They are read anew for this.',
            quotedNames(of),
          )
        : vscode.l10n.t(
            'For each account of {0}, it gets ID, health, slots, credits and session end, but no email. They are read anew for this.',
            quotedNames(of),
          ),
    async run({ emails }, of, signal) {
      const parts = of.map(async (connection): Promise<string[]> => {
        const session = await sessions.open(connection.id);
        if (session?.kind !== 'luma') return [];
        const subject = { kind: 'connection', connection: connection.id } as const;
        await abortable(loader.refresh(subject), signal);
        const { state, all, refreshError } = session.accounts;
        const name = nameWithService(connection);
        if (state.kind === 'failed') {
          return [`${name} could not be read: ${explanationText(explain(state.error))}`];
        }
        if (state.kind !== 'loaded') return [`${name} was not read.`];
        const old =
          refreshError === undefined
            ? ''
            : `, as of ${new Date(state.readAt).toISOString()}, since reading them again failed: ${explanationText(explain(refreshError))}`;
        return [
          `${name}: ${String(all.length)} accounts${old}`,
          ...all.map((account, index) => accountLine(account, index + 1, emails, Date.now())),
        ];
      });
      return (await Promise.all(parts)).flat();
    },
  };
}

function findUsers({ sessions, indexes }: ToolServices): Plan<'findUsers'> {
  return {
    title: vscode.l10n.t('Let the language model search your users?'),
    running: vscode.l10n.t('Searching the users that are loaded'),
    confirmation: ({ query, limit }, of) =>
      counted(
        limit,
        vscode.l10n.t(
          'It gets ID, name, email and tenant of one user who fits, among those of {0} that are loaded. No service is asked. It looks for: {1}',
          quotedNames(of),
          quoted(query),
        ),
        vscode.l10n.t(
          'It gets ID, name, email and tenant of at most {0} users who fit, among those of {1} that are loaded. No service is asked. It looks for: {2}',
          numberText(limit),
          quotedNames(of),
          quoted(query),
        ),
      ),
    async run({ query, limit }, of, signal) {
      const tenants = of.flatMap((connection) => {
        const session = sessions.luminary(connection.id);
        return session === undefined ? [] : [{ connection, session }];
      });
      const searched = tenants.map(({ session }) => indexes.of(session.pages));
      for (const index of searched) await index.build(signal);
      const parsed = parseQuery(query);
      const founds = searched.map((index) => index.search(parsed, limit));
      const { hits, count } = mergeFound(founds, limit);
      const lines = hits.flatMap(({ list, position }) => {
        const tenant = tenants[list];
        const record = tenant?.session.pages.list.elements[position];
        if (tenant === undefined || record === undefined || !isUser(record)) return [];
        return [userLine(record, tenant.connection)];
      });
      return [
        `${String(count)} found, ${String(lines.length)} given.`,
        ...of.map((connection) => loadedText(connection, sessions.luminary(connection.id))),
        ...lines,
      ];
    },
  };
}

/** Tells the model how much of a tenant was searched. */
function loadedText(connection: Connection, session: LuminarySession | undefined): string {
  const name = nameWithService(connection);
  const { list, total } = session?.pages ?? {
    list: { elements: [], end: undefined },
    total: undefined,
  };
  const loaded = list.elements.length;
  if (list.end === 'complete') return `${name}: all ${String(loaded)} users were searched.`;
  const all = total === undefined ? '' : ` of ${String(Math.max(total, loaded))}`;
  return `${name}: only the ${String(loaded)}${all} users that are loaded were searched; the person can load the others with the command “Load All Users”.`;
}

function getUser({ sessions }: ToolServices): Plan<'getUser'> {
  return {
    title: vscode.l10n.t('Tell the language model about a user?'),
    running: vscode.l10n.t('Reading a user'),
    confirmation: ({ id }, of) =>
      vscode.l10n.t(
        'It gets ID, name, email and tenant of one user, and when that user was created and updated. A user who is not loaded is asked for at {0}. It asks for: {1}',
        quotedNames(of),
        quoted(id),
      ),
    async run({ id }, of, signal) {
      let failure: unknown;
      for (const connection of of) {
        const session = await sessions.open(connection.id);
        if (session?.kind !== 'luminary') continue;
        try {
          const user = await session.directory.find(id, signal);
          if (user !== undefined) return [fullUserLine(user, connection)];
        } catch (error) {
          if (!isServiceError(error)) throw error;
          failure ??= error;
        }
      }
      if (failure !== undefined) throw failure as Error;
      return [`No user has this ID in ${listed(of)}.`];
    },
  };
}
