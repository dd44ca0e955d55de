import pLimit from 'p-limit';
import * as vscode from 'vscode';
import type { Connection } from '../connections/connection.ts';
import type { Settings } from '../connections/settings.ts';
import { withSignal } from '../words/cancellation.ts';
import { numberText } from '../words/format.ts';
import { isLoaded } from '../tree/loader.ts';
import type { Subject } from '../tree/subject.ts';
import type { Ask } from './ask.ts';
import { comparisonText, withoutDetails } from './comparisonText.ts';
import type { Documents } from './documents.ts';
import { Preview } from './preview.ts';
import type { Run } from './register.ts';
import type { Services } from './services.ts';

/** How many accounts of a connection are read at the same time. */
const AT_ONCE = 4;

/** In ms: how long changes are gathered before the document follows. */
const GATHERED = 100;

type ComparisonServices = Pick<Services, 'store' | 'sessions' | 'loader'> & {
  readonly documents: Pick<Documents, 'askAgain'>;
  readonly settings: Pick<Settings, 'sortAccounts' | 'onDidChange'>;
};

/** The commands that show all Luma accounts beside each other. */
export function compareCommands(
  comparison: Comparison,
  ask: Ask,
): Record<'compareAccounts' | 'refreshComparison', Run> {
  const open = async (again: boolean) => {
    if ((await ask.lumas()).length > 0) await comparison.open(again);
  };
  return {
    compareAccounts: () => open(false),
    refreshComparison: () => open(true),
  };
}

/** The document on all Luma accounts: as long as its preview is open, it follows what is known. */
export class Comparison implements vscode.Disposable {
  readonly #services: ComparisonServices;
  #shown: { readonly preview: Preview; readonly subscriptions: vscode.Disposable } | undefined;
  #soon: NodeJS.Timeout | undefined;

  constructor(services: ComparisonServices) {
    this.#services = services;
  }

  dispose(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    this.#shown?.subscriptions.dispose();
    this.#shown = undefined;
  }

  /**
   * The document as the editor asks for it, also for a preview that it restores after a restart. It
   * tells what is known and reads nothing: who wants more has a button.
   */
  async text(): Promise<string> {
    await this.#services.store.ready();
    return this.#follow().given(this.#text());
  }

  /** Reads what is not loaded, or everything again, and shows the document. */
  async open(again: boolean): Promise<void> {
    if (again || !this.#isRead()) await this.#read(again);
    await this.#follow().show(this.#text());
  }

  #isRead(): boolean {
    return this.#connections().every(({ id }) => {
      const session = this.#services.sessions.luma(id);
      return (
        session?.accounts.state.kind === 'loaded' && withoutDetails(session.accounts).length === 0
      );
    });
  }

  async #read(again: boolean): Promise<void> {
    const location = vscode.ProgressLocation.Notification;
    const title = vscode.l10n.t('Reading Luma accounts');
    await vscode.window.withProgress({ location, title, cancellable: true }, (report, token) =>
      withSignal(token, async (signal) => {
        let [read, wanted] = [0, 0];
        const told = (more: { readonly wanted?: number; readonly read?: number }) => {
          read += more.read ?? 0;
          wanted += more.wanted ?? 0;
          const message = vscode.l10n.t('{0} of {1}', numberText(read), numberText(wanted));
          report.report(wanted > 0 ? { message } : {});
        };
        await Promise.all(
          this.#connections().map(({ id }) => this.#readConnection(id, again, signal, told)),
        );
      }),
    );
  }

  async #readConnection(
    connection: string,
    again: boolean,
    signal: AbortSignal,
    told: (more: { readonly wanted?: number; readonly read?: number }) => void,
  ): Promise<void> {
    const session = await this.#services.sessions.open(connection);
    if (session?.kind !== 'luma') return;
    const subject: Subject = { kind: 'connection', connection };
    if (again || !isLoaded(session, subject)) await this.#readOne(subject, signal);
    const keys = withoutDetails(session.accounts);
    told({ wanted: keys.length });
    const limit = pLimit(AT_ONCE);
    const readAccount = async (key: string): Promise<void> => {
      await this.#readOne({ kind: 'account', connection, key }, signal);
      told({ read: 1 });
    };
    await Promise.all(keys.map((key) => limit(readAccount, key)));
  }

  /** What came before it was cancelled stays. */
  async #readOne(subject: Subject, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const cancel = () => {
      this.#services.loader.cancel(subject);
    };
    signal.addEventListener('abort', cancel);
    try {
      await this.#services.loader.refresh(subject);
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  /** Follows what is known, until the preview is closed. */
  #follow(): Preview {
    if (this.#shown !== undefined) return this.#shown.preview;
    const { store, sessions, settings, documents } = this.#services;
    const preview: Preview = new Preview(documents, 'luma-accounts.md', {
      key: 'lumaLuminary.comparing', // Lets the button that reads again stand.
      // What is said relative to now may have changed while nobody looked.
      seen: () => void preview.renew(this.#text()),
    });
    const soon = () => {
      this.#soon ??= setTimeout(() => {
        this.#soon = undefined;
        void preview.renew(this.#text());
      }, GATHERED);
    };
    const subscriptions = vscode.Disposable.from(
      preview,
      store.onDidChange(soon),
      sessions.onDidChange(soon),
      settings.onDidChange(soon),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (closed.some((tab) => preview.isIn(tab)) && !preview.isOpen) this.dispose();
      }),
    );
    this.#shown = { preview, subscriptions };
    return preview;
  }

  #text(): string {
    const { store, sessions, settings } = this.#services;
    const compared = this.#connections().map((connection) => ({
      connection,
      accounts: sessions.luma(connection.id)?.accounts,
    }));
    const unreadable = store.all?.filter(({ kind }) => kind === 'unreadable').length ?? 0;
    const locked = store.problem !== undefined;
    const facts = { compared, unreadable, locked, order: settings.sortAccounts };
    return comparisonText(facts, Date.now());
  }

  #connections(): readonly Connection[] {
    return this.#services.store.readable.filter((connection) => connection.kind === 'luma');
  }
}
