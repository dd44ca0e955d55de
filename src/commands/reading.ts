import * as vscode from 'vscode';
import { EXPLORER_VIEW } from '../tree/explorer.ts';
import { keyOf, pinSubject, subjectOf } from '../tree/subject.ts';
import type { Subject } from '../tree/subject.ts';
import type { Run } from './register.ts';
import type { Services } from './services.ts';

/** The commands that read again, and the one that stops reading. */
export function readingCommands({
  store,
  sessions,
  loader,
  pins,
}: Pick<Services, 'store' | 'sessions' | 'loader' | 'pins'>): Record<
  'refresh' | 'refreshAll' | 'cancelLoading',
  Run
> {
  const refresh = (subjects: readonly Subject[]) =>
    shown(() => Promise.all(subjects.map((subject) => loader.refresh(subject))));

  const refreshAll = async () => {
    if (store.incomplete) await store.reload();
    await refresh(sessions.all.map(([connection]) => ({ kind: 'connection', connection })));
  };

  /** What rows are read with, each once however many of the rows it stands for. */
  function subjectsOf(nodes: Nodes): Subject[] {
    const subjects = nodes.flatMap((node) =>
      node.kind === 'pinned' ? pins.all.map(pinSubject) : (subjectOf(node) ?? []),
    );
    return unique(subjects);
  }

  /** A user who is loaded is read again with those that it was loaded with. */
  function refreshedWith(subject: Subject): Subject {
    const session = sessions.luminary(subject.connection);
    if (subject.kind !== 'user' || session === undefined) return subject;
    const { connection, id } = subject;
    const index = session.pages.pageOf(id);
    if (index !== undefined) return { kind: 'page', connection, index };
    return session.lookedUp.get(id) === undefined ? subject : { kind: 'lookedUp', connection };
  }

  return {
    refreshAll,

    async refresh({ nodes }) {
      const subjects = unique(subjectsOf(nodes).map(refreshedWith));
      await (subjects.length === 0 ? refreshAll() : refresh(subjects));
    },

    cancelLoading({ nodes, fromMenu }) {
      const stopped = subjectsOf(nodes).filter((subject) => loader.cancel(subject));
      if (stopped.length === 0 && !fromMenu) loader.cancel();
      return Promise.resolve();
    },
  };
}

type Nodes = Parameters<Run>[0]['nodes'];

function unique(subjects: readonly Subject[]): Subject[] {
  return [...new Map(subjects.map((subject) => [keyOf(subject), subject])).values()];
}

/** Shows in the view that something is being read. */
async function shown(task: () => Promise<unknown>): Promise<void> {
  await vscode.window.withProgress({ location: { viewId: EXPLORER_VIEW } }, task);
}
