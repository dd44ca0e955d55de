import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { withSignal } from './cancellation.ts';
import { counted, numberText, percentText } from './format.ts';
import { plain } from './plain.ts';
import { usersText } from './users.ts';

/** How many users have been read of those that are wanted, where it is known how many these are. */
export type ShowProgress = (read: number, wanted: number | undefined) => void;

/** What a task is given that reads many users. */
export interface ProgressOptions {
  readonly signal: AbortSignal;
  readonly progress: ShowProgress;
}

/** The extension host gathers what is reported for 100 ms, and drops what has not gone when a task ends. */
const GATHERED = 150;

/**
 * Shows in a notification how many users have been read, how many per cent that is and how long the
 * rest will take, and offers to cancel. The editor reads a notification aloud whenever its text
 * changes: the bar moves with each answer, the text at a pace that can be listened to.
 *
 * @param title may hold names: it is shown as text
 * @param task gives false where it has not come to its end
 */
export async function withUserProgress<T>(
  title: string,
  task: (options: ProgressOptions) => Promise<T>,
): Promise<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress(
    { location, title: plain(title), cancellable: true },
    (report, token) =>
      withSignal(token, async (signal) => {
        const result = await task({ signal, progress: shownIn(report) });
        if (!signal.aborted && result !== false) {
          report.report({ message: vscode.l10n.t('done'), increment: 100 });
          await delay(GATHERED);
        }
        return result;
      }),
  );
}

type Report = vscode.Progress<{ message: string; increment: number }>;

function shownIn(report: Report): ShowProgress {
  const estimate = new TimeLeft();
  const pace = new Pace(readAloud() ? 60_000 : 10_000);
  let message = '';
  let shown = 0;
  return (read, wanted) => {
    const now = performance.now();
    if (wanted === undefined || !Number.isFinite(wanted)) {
      if (!pace.due(0, now)) return;
      message = usersText(read);
      report.report({ message, increment: 0 });
      return;
    }
    const percent = Math.min((read / Math.max(wanted, 1)) * 100, 100);
    const left = estimate.after(read, wanted, now);
    if (pace.due(percent, now)) {
      const parts = [
        counted(
          wanted,
          vscode.l10n.t('{0} of 1 user', numberText(read)),
          vscode.l10n.t('{0} of {1} users', numberText(read), numberText(wanted)),
        ),
        percentText(Math.floor(percent)),
        timeLeftText(left),
      ];
      message = parts.filter((part) => part !== '').join(' · ');
    }
    // Without the message that stands there, the editor would take it away.
    report.report({ message, increment: percent - shown });
    shown = percent;
  };
}

/** Whether the person has said that a screen reader is used; mostly the editor finds that out itself. */
function readAloud(): boolean {
  return vscode.workspace.getConfiguration('editor').get('accessibilitySupport') === 'on';
}

/** Tells when something is to be said: at first, after each quarter but the last, and after so many ms. */
export class Pace {
  readonly #pause: number;
  #said: { readonly quarter: number; readonly at: number } | undefined;

  constructor(pause: number) {
    this.#pause = pause;
  }

  /** Whether it is time to speak, at so many per cent and a time in ms; then it counts as said. */
  due(percent: number, now: number): boolean {
    const quarter = Math.min(Math.floor(percent / 25), 3); // The end has words of its own.
    if (this.#said?.quarter === quarter && now - this.#said.at < this.#pause) return false;
    this.#said = { quarter, at: now };
    return true;
  }
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
