import { Ask } from './commands/ask.ts';
import { Comparison, compareCommands } from './commands/compareAccounts.ts';
import { connectionCommands } from './commands/connections.ts';
import { copyCommands } from './commands/copy.ts';
import { copyAsCommands } from './commands/copyAs.ts';
import { findUserCommands } from './commands/find/findUser.ts';
import { goToUserCommand } from './commands/find/goToUser.ts';
import { lookUpSelectionCommand } from './commands/find/lookUpSelection.ts';
import { Revealing } from './commands/find/revealing.ts';
import type { CommandId } from './commands/ids.ts';
import { draggedText } from './commands/dragged.ts';
import { dropConnections } from './commands/dropped.ts';
import { NetworkReport } from './commands/diagnostics.ts';
import type { StandingName } from './commands/documents.ts';
import { keyboardHelpCommand, ownKeyboardHelp } from './commands/keyboardHelp.ts';
import { keyringCommand } from './commands/keyring.ts';
import { labelCommand } from './commands/labels.ts';
import { insertIdCommand } from './commands/insert.ts';
import { loadAllUsersCommand } from './commands/loadAllUsers.ts';
import { exportCommands } from './commands/exportUsers.ts';
import { linkCommands } from './commands/links.ts';
import { pinCommands } from './commands/pins.ts';
import { readingCommands } from './commands/reading.ts';
import { onReferences } from './commands/referred.ts';
import type { Run } from './commands/register.ts';
import { Rows } from './commands/rows.ts';
import type { Parts, Services } from './commands/services.ts';
import type { Network } from './connections/diagnosis.ts';
import type { Settings } from './connections/settings.ts';
import { NetworkSettings } from './connections/networkSettings.ts';
import { createSession } from './connections/session.ts';
import type { SessionFactory, Sessions } from './connections/sessions.ts';
import type { ConnectionStore } from './connections/store.ts';
import { LoggedTransport } from './http/logged.ts';
import type { RequestLog } from './http/logged.ts';
import { RetryingTransport } from './http/retry.ts';
import type { Transport } from './http/transport.ts';
import type { UndiciTransport } from './http/undici.ts';
import { Completions } from './language/completion.ts';
import { Hovers } from './language/hover.ts';
import { Hints } from './language/inlayHints.ts';
import { People } from './language/people.ts';
import type { Language } from './language/register.ts';
import type { Tool } from './language/registerTools.ts';
import type { ToolName } from './language/toolNames.ts';
import { createTools } from './language/tools.ts';
import { UserIndexes } from './model/search/userIndexes.ts';
import { SAMPLE_PLACE, sampleTransport } from './sample/transport.ts';
import { once } from './once.ts';
import { sampleConnections } from './sampleConnections.ts';
import type { Dragged } from './tree/dragging.ts';
import { Glance } from './tree/glance.ts';
import { Live } from './tree/live.ts';

/** What the network needs to know. */
export interface NetworkOptions {
  /** The time in ms within which a whole answer must have come; asked anew for each request. */
  readonly timeLimit: () => number;
  /** Takes one line about each request. */
  readonly log: RequestLog;
}

/** The network, and what ends its connections. */
export interface OwnNetwork extends Network {
  dispose(): void;
}

/** The network as everything above it sees it, loaded with the first request. */
export function createNetwork({ timeLimit, log }: NetworkOptions): OwnNetwork {
  const settings = new NetworkSettings();
  const plan = () => settings.plan;
  let opened: UndiciTransport | undefined;
  const usual = once(async () => {
    const { UndiciTransport } = await import('./http/undici.ts');
    return (opened = new UndiciTransport({ timeLimit, plan }));
  });
  return {
    transport: repeated(lazy(usual), log),
    get plan() {
      return settings.plan;
    },
    async observe(tell) {
      const { UndiciTransport } = await import('./http/undici.ts');
      const { trust } = await usual();
      const observed = new UndiciTransport({ timeLimit, plan, tell, trust });
      return {
        transport: new LoggedTransport(observed, log),
        authorities: settings.plan.systemCertificates ? trust.prepare() : 0,
        close: () => observed.close(),
      };
    },
    dispose() {
      settings.dispose();
      void opened?.close();
    },
  };
}

/** Makes sessions: sample connections are answered from memory, all others over the network. */
export function sessionFactory(
  network: Transport,
  { log }: Pick<NetworkOptions, 'log'>,
): SessionFactory {
  const sample = lazy(() => Promise.resolve(repeated(sampleTransport(), log, SAMPLE_PLACE)));
  return (connection, pageSize, changed) =>
    createSession(connection, connection.sample === true ? sample : network, pageSize, changed);
}

/** What there is beyond the tree. */
export interface Features {
  /** Every command by its id. */
  readonly commands: Readonly<Record<CommandId, Run>>;
  readonly language: Language;
  /** The language-model tools by their names. */
  readonly tools: Readonly<Record<ToolName, Tool>>;
  /** The text of a document that is shown as a preview, where there is one by now. */
  readonly standing: (name: StandingName) => Promise<string | undefined>;
  /** Ends what follows what is known. */
  readonly dispose: () => void;
}

/** Makes the commands, what editors are told of ids, and what language models may ask for. */
export function createFeatures(parts: Parts, settings: Settings): Features {
  const services: Services = { ...parts, samples: sampleConnections, indexes: new UserIndexes() };
  const glance = new Glance({ ...parts, settings }, parts.explorer);
  const comparison = new Comparison({ ...services, settings });
  const report = new NetworkReport(services);
  const live = new Live(parts, settings);
  return {
    commands: createCommands(services, comparison, report),
    language: createLanguage(services, settings),
    tools: createTools(services),
    async standing(name) {
      if (name === 'luma-accounts.md') return comparison.text();
      return name === 'keyboard-help.md' ? ownKeyboardHelp() : report.text;
    },
    dispose() {
      glance.dispose();
      comparison.dispose();
      report.dispose();
      live.dispose();
    },
  };
}

function createCommands(
  services: Services,
  comparison: Comparison,
  report: NetworkReport,
): Features['commands'] {
  const ask = new Ask(services);
  const rows = new Rows(services, ask);
  const revealing = new Revealing(services);
  const finding = findUserCommands(services, ask);
  return {
    ...connectionCommands(services, ask),
    ...labelCommand(services, ask),
    ...keyringCommand(services),
    ...onReferences(copyCommands(services, rows, ask), services),
    ...copyAsCommands(services, rows),
    ...insertIdCommand(rows),
    ...readingCommands(services),
    ...loadAllUsersCommand(services, ask),
    ...finding,
    ...goToUserCommand(ask, revealing),
    ...lookUpSelectionCommand(services, ask, revealing, (argument) =>
      finding.findUser({ nodes: [], first: undefined, fromMenu: false, argument }),
    ),
    ...report.commands(ask),
    ...compareCommands(comparison, ask),
    ...keyboardHelpCommand(services),
    ...exportCommands(services, ask),
    ...pinCommands(services, ask),
    ...linkCommands(services, ask, revealing),
    showLog() {
      services.log.show();
      return Promise.resolve();
    },
  };
}

/** What editors are told of ids. */
export function createLanguage(
  { store, sessions, loader, log, indexes }: LanguageServices,
  settings: Settings,
): Language {
  const people = new People(store, sessions, loader);
  return {
    hovers: new Hovers(people, settings, log),
    completions: new Completions(store, sessions, indexes),
    hints: new Hints(people, settings, log),
  };
}

type LanguageServices = Pick<Services, 'store' | 'sessions' | 'loader' | 'log' | 'indexes'>;

/** What becomes of rows of the tree that are dragged. */
export function draggedRows(sessions: Sessions, store: ConnectionStore): Dragged {
  return {
    textOf: (nodes) => Promise.resolve(draggedText(sessions, nodes)),
    drop: dropConnections(store),
  };
}

function repeated(transport: Transport, log: RequestLog, place?: string): Transport {
  return new RetryingTransport(new LoggedTransport(transport, log, place));
}

function lazy(make: () => Promise<Transport>): Transport {
  const made = once(make);
  return { send: async (request) => (await made()).send(request) };
}
