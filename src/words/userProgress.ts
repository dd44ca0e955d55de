import * as vscode from 'vscode';
import { withSignal } from './cancellation.ts';
import { counted, numberText } from './format.ts';

/** How many users have been read of those that are wanted, where it is known how many these are. */
export type ShowProgress = (read: number, wanted: number | undefined) => void;

/** What a task is given that reads many users. */
export interface ProgressOptions {
  readonly signal: AbortSignal;
  readonly progress: ShowProgress;
}

/**
 * Shows in a notification how many users have been read, how many per cent that is and how long the
 * rest will take, and offers to cancel.
 */
export async function withUserProgress<T>(
  title: string,
  task: (options: ProgressOptions) => Promise<T>,
): Promise<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, (report, token) =>
    withSignal(token, (signal) => task({ signal, progress: shownIn(report) })),
  );
}

type Report = vscode.Progress<{ message: string; increment: number }>;

function shownIn(report: Report): ShowProgress {
  const estimate = new TimeLeft();
  let shown = 0;
  return (read, wanted) => {
    if (wanted === undefined || !Number.isFinite(wanted)) {
      const message = counted(
        read,
        vscode.l10n.t('1 user'),
        vscode.l10n.t('{0} users', numberText(read)),
      );
      report.report({ message, increment: 0 });
      return;
    }
    const percent = Math.min((read / Math.max(wanted, 1)) * 100, 100);
    const parts = [
      counted(
        wanted,
        vscode.l10n.t('{0} of 1 user', numberText(read)),
        vscode.l10n.t('{0} of {1} users', numberText(read), numberText(wanted)),
      ),
      percentText(percent),
      timeLeftText(estimate.after(read, wanted, performance.now())),
    ];
    report.report({
      message: parts.filter((part) => part !== '').join(' · '),
      increment: percent - shown,
    });
    shown = percent;
  };
}

/** Whole per cent, as the language writes them. */
function percentText(percent: number): string {
  return new Intl.NumberFormat(vscode.env.language, { style: 'percent' }).format(
    Math.floor(percent) / 100,
  );
}

/** Tells from how fast users came how long the others will take. */
export class TimeLeft {
  #start: { readonly read: number; readonly at: number } | undefined;

  /**
   * The time left in ms when so many of those that are wanted have been read, at a time in ms;
   * undefined before that can be said.
   */
  after(read: number, wanted: number, at: number): number | undefined {
    this.#start ??= { read, at };
    const [came, took] = [read - this.#start.read, at - this.#start.at];
    return came > 0 && took >= 1000 ? ((wanted - read) / came) * took : undefined;
  }
}

/** A time left in ms in words, as roughly as it is known; empty where it isn't. */
export function timeLeftText(ms: number | undefined): string {
  if (ms === undefined) return '';
  const seconds = Math.ceil(Math.max(ms, 0) / 1000);
  if (seconds < 10) return vscode.l10n.t('a few seconds left');
  if (seconds <= 50) return vscode.l10n.t('about {0} seconds left', Math.ceil(seconds / 10) * 10);
  const minutes = Math.max(Math.round(seconds / 60), 1);
  return minutes === 1
    ? vscode.l10n.t('about a minute left')
    : vscode.l10n.t('about {0} minutes left', numberText(minutes));
}
