import * as vscode from 'vscode';

const language = () => vscode.env.language;

/** The language of the texts around: English where there are none in the person's. */
const textLanguage = () => (vscode.l10n.bundle === undefined ? 'en' : language());

/** A number with the language's separators. */
export function numberText(value: number): string {
  return new Intl.NumberFormat(language()).format(value);
}

/**
 * One of two texts: that for exactly one, and that for any other number. All languages that there are
 * texts in get along with these two; a check holds it.
 */
export function counted(count: number, one: string, other: string): string {
  return count === 1 ? one : other;
}

const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 24 * 3600_000],
  ['month', 30 * 24 * 3600_000],
  ['day', 24 * 3600_000],
  ['hour', 3600_000],
  ['minute', 60_000],
];

/** How far a time is from now, such as `in 12 days` or `3 days ago`; both in ms since the epoch. */
export function relativeText(at: number, now: number): string {
  const format = new Intl.RelativeTimeFormat(textLanguage(), { numeric: 'always' });
  const [unit, size] = units.find(([, ms]) => Math.abs(at - now) >= ms) ?? ['second', 1000];
  return format.format(Math.trunc((at - now) / size), unit);
}

/** A time in the person's zone, such as `Nov 22, 2026, 2:05 PM`; in ms since the epoch. */
export function dateTimeText(at: number): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' }).format(
    at,
  );
}

/** A time in the person's zone, with its date unless that is today's; both in ms since the epoch. */
export function timeText(at: number, now: number): string {
  const today = new Date(at).toDateString() === new Date(now).toDateString();
  return today
    ? new Intl.DateTimeFormat(language(), { timeStyle: 'short' }).format(at)
    : dateTimeText(at);
}
