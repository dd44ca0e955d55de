import * as vscode from 'vscode';
import { EXPLORER_VIEW } from '../tree/explorer.ts';
import { keyOf, subjectOf } from '../tree/subject.ts';
import type { Subject } from '../tree/subject.ts';
import type { Run } from './register.ts';
import type { Services } from './services.ts';

/** The commands that read again, and the one that stops reading. */
export function readingCommands({
  store,
  sessions,
  loader,
}: Pick<Services, 'store' | 'sessions' | 'loader'>): Record<
  'refresh' | 'refreshAll' | 'cancelLoading',
  Run
> {
  const refresh = (subjects: readonly Subject[]) =>
    shown(() => Promise.all(subjects.map((subject) => loader.refresh(subject))));

  const refreshAll = async () => {
    if (store.incomplete) await store.reload();
    await refresh(sessions.all.map(([connection]) => ({ kind: 'connection', connection })));
  };

  return {
    refreshAll,

    async refresh({ nodes }) {
      if (nodes.length === 0) await refreshAll();
      else await refresh(subjectsOf(nodes));
    },

    cancelLoading({ nodes }) {
      if (nodes.length === 0) loader.cancel();
      for (const subject of subjectsOf(nodes)) loader.cancel(subject);
      return Promise.resolve();
    },
  };
}

type Nodes = Parameters<Run>[0]['nodes'];

/** What rows are read with, each once however many of the rows it stands for. */
function subjectsOf(nodes: Nodes): Subject[] {
  const subjects = nodes.flatMap((node) => subjectOf(node) ?? []);
  return [...new Map(subjects.map((subject) => [keyOf(subject), subject])).values()];
}

/** Shows in the view that something is being read. */
async function shown(task: () => Promise<unknown>): Promise<void> {
  await vscode.window.withProgress({ location: { viewId: EXPLORER_VIEW } }, task);
}
