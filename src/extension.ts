import * as vscode from 'vscode';
import { afterwards } from './afterwards.ts';
import { Documents } from './commands/documents.ts';
import { OPEN_LINK } from './commands/ids.ts';
import { registerCommands } from './commands/register.ts';
import type { Parts } from './commands/services.ts';
import { Pins } from './connections/pins.ts';
import { Sessions } from './connections/sessions.ts';
import type { SessionFactory } from './connections/sessions.ts';
import { Settings } from './connections/settings.ts';
import { ConnectionStore } from './connections/store.ts';
import type { Features } from './core.ts';
import { registerLanguage } from './language/register.ts';
import { registerTools } from './language/registerTools.ts';
import { once } from './once.ts';
import type { Dragged } from './tree/dragging.ts';
import { Explorer } from './tree/explorer.ts';
import { Loader } from './tree/loader.ts';
import { Log } from './words/log.ts';

/** Builds the parts and wires them. Waits for nothing: what takes time is loaded when needed. */
export function activate(context: vscode.ExtensionContext): void {
  const log = new Log();
  const settings = new Settings();
  const store = new ConnectionStore(context);
  const core = once(async (): Promise<Core> => {
    const { createNetwork, sessionFactory, createFeatures, draggedRows } =
      await import('./core.ts');
    const options = {
      timeLimit: () => settings.timeLimit,
      log: log.requests,
    };
    const network = createNetwork(options);
    context.subscriptions.push(network);
    const { globalState: memory } = context;
    const known = { store, sessions, pins, loader, explorer, documents, memory };
    const parts: Parts = { ...known, log, network, version: versionOf(context) };
    const features = createFeatures(parts, settings);
    context.subscriptions.push(features);
    return {
      factory: sessionFactory(network.transport, options),
      ...features,
      dragged: draggedRows(sessions, store),
    };
  });
  const sessions = new Sessions(store, settings, async () => (await core()).factory);
  const loader = new Loader(store, sessions, log);
  const pins = new Pins(context, store);
  const dragged: Dragged = {
    textOf: async (nodes) => (await core()).dragged.textOf(nodes),
    drop: async (target, data) => (await core()).dragged.drop(target, data),
  };
  const explorer = new Explorer(store, sessions, loader, pins, settings, dragged);
  const documents = new Documents(async (name) => (await core()).standing(name));
  context.subscriptions.push(
    log,
    settings,
    store,
    sessions,
    loader,
    pins,
    explorer,
    documents,
    registerCommands(
      async () => (await core()).commands,
      () => explorer.selection,
      log,
    ),
    registerTools(async () => (await core()).tools),
    // No editor waits for what is said of ids, and a link waits for what handles it.
    afterwards(() =>
      vscode.Disposable.from(
        registerLanguage(settings, { store, sessions }, async () => (await core()).language),
        vscode.window.registerUriHandler({
          handleUri: (uri) => vscode.commands.executeCommand(OPEN_LINK, uri.toString()),
        }),
      ),
    ),
  );
}

function versionOf({ extension }: vscode.ExtensionContext): string {
  return (extension.packageJSON as { readonly version: string }).version;
}

/** What is loaded at first need. */
interface Core extends Features {
  readonly factory: SessionFactory;
  readonly dragged: Dragged;
}
