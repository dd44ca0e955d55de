import * as vscode from 'vscode';
import { MAX_LIMIT } from '../api/luminary.ts';
import type { LuminarySession, Session } from '../connections/session.ts';
import type { Sessions } from '../connections/sessions.ts';
import { isCancellation } from '../http/errors.ts';
import { connectionOf, parentOf } from '../tree/nodes.ts';
import type { Node } from '../tree/nodes.ts';
import { loadPage, withUserCount } from '../tree/loading.ts';
import { withSignal } from '../words/cancellation.ts';
import type { Run } from './register.ts';
import type { Services } from './services.ts';

/** The commands that read again. */
export function refreshCommands({
  store,
  sessions,
  explorer,
}: Pick<Services, 'store' | 'sessions' | 'explorer'>): Record<'refresh' | 'refreshAll', Run> {
  const all = async () => {
    if (store.incomplete) await store.reload();
    await shown((signal) =>
      Promise.all(sessions.all.map(([, session]) => refresh(session, signal))),
    );
  };
  return {
    refreshAll: all,
    async refresh({ nodes }) {
      if (nodes.length === 0) await all();
      else await shown((signal) => Promise.all(refreshes(nodes, sessions, signal)));
      explorer.update();
    },
  };
}

/** One refresh for everything that rows stand for, however many of them stand for the same. */
function refreshes(
  nodes: readonly Node[],
  sessions: Pick<Sessions, 'open' | 'get'>,
  signal: AbortSignal,
): Promise<void>[] {
  const found = new Map<string, Promise<void>>();
  for (const node of nodes) {
    const subject = subjectOf(node);
    const id = connectionOf(node)?.id;
    if (subject === undefined || id === undefined) continue;
    const key = `${id} ${subject.kind === 'connection' ? '' : JSON.stringify(subject)}`;
    const task = found.get(key) ?? refreshSubject(id, subject, sessions, signal);
    found.set(key, task);
  }
  return [...found.values()];
}

type Subject =
  | { readonly kind: 'connection' }
  | { readonly kind: 'page'; readonly index: number }
  | { readonly kind: 'account'; readonly key: string };

/** What is read again for a row: itself, or what it was read with. */
function subjectOf(node: Node): Subject | undefined {
  switch (node.kind) {
    case 'connection':
      return { kind: 'connection' };
    case 'page':
      return { kind: 'page', index: node.index };
    case 'account':
      return { kind: 'account', key: node.key };
    case 'user':
    case 'field':
    case 'unreadable':
    case 'message': {
      const parent = parentOf(node);
      return parent && subjectOf(parent);
    }
    case 'unreadableConnection':
      return undefined;
  }
}

async function refreshSubject(
  id: string,
  subject: Subject,
  sessions: Pick<Sessions, 'open'>,
  signal: AbortSignal,
): Promise<void> {
  const session = await sessions.open(id);
  if (session === undefined) return;
  if (subject.kind === 'account' && session.kind === 'luma') {
    await session.accounts.readDetails(subject.key);
  } else if (subject.kind === 'page' && session.kind === 'luminary') {
    const loaded = session.pages.state(subject.index).kind === 'loaded';
    if (loaded) await refreshUsers(session, subject.index, signal);
    else await loadPage(session, subject.index);
  } else await refresh(session, signal);
}

async function refresh(session: Session, signal: AbortSignal): Promise<void> {
  if (session.kind === 'luma') await session.accounts.refresh(signal);
  else await refreshUsers(session, undefined, signal);
}

/** Reading very many users again takes a while: then it is counted, and can be cancelled. */
async function refreshUsers(
  { pages }: LuminarySession,
  index: number | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (pages.list.elements.length <= MAX_LIMIT) await pages.refresh(index, { signal });
  else {
    await withUserCount(vscode.l10n.t('Refreshing'), async (options) => {
      try {
        await pages.refresh(index, options);
      } catch (error) {
        if (!isCancellation(error)) throw error;
      }
    });
  }
}

/** Shows that something is being read, in the view itself, where it does no harm. */
async function shown(task: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
  await vscode.window.withProgress({ location: { viewId: 'lumaLuminary.explorer' } }, (_, token) =>
    withSignal(token, task),
  );
}
