import * as vscode from 'vscode';
import type { Session } from '../connections/session.ts';
import type { Sessions } from '../connections/sessions.ts';
import type { Settings } from '../connections/settings.ts';
import type { ConnectionStore } from '../connections/store.ts';
import type { Completions } from './completion.ts';
import type { Hovers } from './hover.ts';
import { beginningAt, emailSigns, idAt } from './ids.ts';
import type { Hints } from './inlayHints.ts';
import { followSelection } from './selection.ts';

/** What editors are told of ids. */
export interface Language {
  readonly hovers: Hovers;
  readonly completions: Completions;
  readonly hints: Hints;
}

/** The connections, and what was read of them. */
export interface Known {
  readonly store: Pick<ConnectionStore, 'onDidChange'>;
  readonly sessions: Pick<Sessions, 'all' | 'onDidChange'>;
}

/**
 * Every document of any language. By its pattern it counts as much as what is registered for one
 * language: editors ask those that count less only where those that count more propose nothing.
 */
const everywhere: vscode.DocumentSelector = { pattern: '**' };

/** Where no document is written or read: output, and fields to type into. */
const elsewhere: ReadonlySet<string> = new Set(['output', 'vscode-scm', 'comment', 'debug']);

/** How long after a change names are written anew, in ms: others may follow. */
const PAUSE = 200;

/** How long someone must have stopped typing before users are proposed, in ms. */
const REST = 75;

/**
 * Registers what says in editors who has an id. It is loaded when it is first asked about something
 * that looks like an id.
 */
export function registerLanguage(
  settings: Settings,
  known: Known,
  load: () => Promise<Language>,
): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerHoverProvider(everywhere, hoverProvider(settings, load)),
    vscode.languages.registerCompletionItemProvider(
      everywhere,
      {
        async provideCompletionItems(document, { line, character }, token) {
          if (elsewhere.has(document.uri.scheme)) return undefined;
          const beginning = beginningAt(document.lineAt(line).text, character);
          if (beginning === undefined) return undefined;
          return (await load()).completions.provide(beginning, rangeOf(line, beginning), token);
        },
        async resolveCompletionItem(item) {
          return (await load()).completions.resolve(item);
        },
      },
      '_',
      ...emailSigns,
    ),
    proposedAnywhere(known.sessions),
    hintsWhileOn(settings, known, load),
    followSelection(),
  );
}

/** Says who has the id that the mouse rests on. */
export function hoverProvider(
  settings: Pick<Settings, 'hover'>,
  load: () => Promise<Pick<Language, 'hovers'>>,
) {
  return {
    async provideHover(
      document: vscode.TextDocument,
      { line, character }: vscode.Position,
      token: vscode.CancellationToken,
    ): Promise<vscode.Hover | undefined> {
      if (settings.hover === 'off' || elsewhere.has(document.uri.scheme)) return undefined;
      const id = idAt(document.lineAt(line).text, character);
      if (id === undefined) return undefined;
      return (await load()).hovers.provide(id, rangeOf(line, id), token);
    },
  };
}

/**
 * After `user_`, editors are asked to propose. By themselves they do so neither within strings nor
 * where a list is open already, as a character that belongs to a word triggers nothing.
 */
function proposedAnywhere(sessions: Pick<Sessions, 'all'>): vscode.Disposable {
  let resting: NodeJS.Timeout | undefined;
  const begun = vscode.workspace.onDidChangeTextDocument((event) => {
    const { document, contentChanges, reason } = event;
    const shown = vscode.window.activeTextEditor;
    // Others may be written all the time, as a log is.
    if (shown?.document !== document) return;
    resting?.refresh();
    const [change, ...others] = contentChanges;
    if (change?.text !== '_' || others.length > 0 || reason !== undefined) return;
    const at = change.range.start.translate(0, 1);
    const { text } = document.lineAt(at.line);
    const beginning = beginningAt(text, at.character);
    if (beginning?.typed !== 'user_' || !sessions.all.some(([, session]) => hasUsers(session)))
      return;
    const editor = vscode.workspace.getConfiguration('editor', document);
    if (editor.get('suggestOnTriggerCharacters') === false) return;
    const after = text.slice(beginning.to);
    clearTimeout(resting);
    resting = setTimeout(() => {
      resting = undefined;
      void proposeAnew(shown, at, after);
    }, REST);
  });
  return vscode.Disposable.from(begun, {
    dispose() {
      clearTimeout(resting);
    },
  });
}

/**
 * Proposes for the ID that is being typed. What is open already, as words from other documents, would
 * stay: editors don't ask again then. Nothing is proposed to someone who has gone on meanwhile, in
 * another line or behind the ID, since it would take the keyboard to the editor.
 *
 * @param at right behind `user_`
 * @param after what the line had behind the ID
 */
async function proposeAnew(
  editor: vscode.TextEditor,
  at: vscode.Position,
  after: string,
): Promise<void> {
  await vscode.commands.executeCommand('hideSuggestWidget');
  const { document, selection } = editor;
  if (selection.active.line !== at.line || at.line >= document.lineCount) return;
  const { text } = document.lineAt(at.line);
  const beginning = beginningAt(text, at.character);
  if (beginning === undefined || text.slice(beginning.to) !== after) return;
  await vscode.commands.executeCommand('editor.action.triggerSuggest');
}

function hasUsers(session: Session): boolean {
  return session.kind === 'luminary' && session.pages.list.elements.length > 0;
}

function rangeOf(line: number, { from, to }: { from: number; to: number }): vscode.Range {
  return new vscode.Range(line, from, line, to);
}

/** Hints are there as long as the setting says so: while it doesn't, no editor asks for any. */
function hintsWhileOn(
  settings: Settings,
  known: Known,
  load: () => Promise<Language>,
): vscode.Disposable {
  let registered: vscode.Disposable | undefined;
  const follow = () => {
    if (settings.inlayHints === (registered !== undefined)) return;
    registered?.dispose();
    registered = settings.inlayHints ? registerHints(settings, known, load) : undefined;
  };
  follow();
  return vscode.Disposable.from(settings.onDidChange(follow), {
    dispose() {
      registered?.dispose();
    },
  });
}

function registerHints(
  settings: Settings,
  { store, sessions }: Known,
  load: () => Promise<Language>,
): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  let timer: NodeJS.Timeout | undefined;
  const tell = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      changed.fire();
    }, PAUSE);
  };
  const provider: vscode.InlayHintsProvider = {
    onDidChangeInlayHints: changed.event,
    async provideInlayHints(document, range) {
      if (elsewhere.has(document.uri.scheme)) return [];
      return (await load()).hints.provide(document, range, tell);
    },
    async resolveInlayHint(hint) {
      return (await load()).hints.resolve(hint);
    },
  };
  return vscode.Disposable.from(
    changed,
    sessions.onDidChange(({ change }) => {
      if (change.kind !== 'read') tell();
    }),
    // Of a connection that goes nothing more is read, and its users' names go with it.
    store.onDidChange(tell),
    settings.onDidChange(tell),
    vscode.languages.registerInlayHintsProvider(everywhere, provider),
    {
      dispose() {
        clearTimeout(timer);
      },
    },
  );
}
