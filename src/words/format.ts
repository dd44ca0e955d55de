import * as vscode from 'vscode';

const language = () => vscode.env.language;

/** The language of the texts around: English where there are none in the person's. */
const textLanguage = () => (vscode.l10n.bundle === undefined ? 'en' : language());

/** A number with the language's separators. */
export function numberText(value: number): string {
  return new Intl.NumberFormat(language()).format(value);
}

/** So many per cent as the language writes them, such as `57%` or, in German, `57 %`. */
export function percentText(percent: number): string {
  return new Intl.NumberFormat(language(), { style: 'percent' }).format(percent / 100);
}

/**
 * One of two texts: that for exactly one, and that for any other number. All languages that there are
 * texts in get along with these two; a check holds it.
 */
export function counted(count: number, one: string, other: string): string {
  return count === 1 ? one : other;
}

/** Names as a sentence lists them, of which all are meant or any. */
export function listText(names: readonly string[], type: 'and' | 'or'): string {
  const how = type === 'and' ? 'conjunction' : 'disjunction';
  return new Intl.ListFormat(textLanguage(), { type: how }).format(names);
}

const minute = 60_000;

const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 24 * 60 * minute],
  ['month', 30 * 24 * 60 * minute],
  ['day', 24 * 60 * minute],
  ['hour', 60 * minute],
  ['minute', minute],
];

/**
 * How far a time is from now, such as `in 12 days`, `3 days ago` or, within a minute either way,
 * `this minute`: what changed every second could not stand in a row. Both in ms since the epoch.
 */
export function relativeText(at: number, now: number): string {
  const unit = units.find(([, ms]) => Math.abs(at - now) >= ms);
  if (unit === undefined) {
    return new Intl.RelativeTimeFormat(textLanguage(), { numeric: 'auto' }).format(0, 'minute');
  }
  const format = new Intl.RelativeTimeFormat(textLanguage(), { numeric: 'always' });
  return format.format(Math.trunc((at - now) / unit[1]), unit[0]);
}

/** When, after now, {@link relativeText} begins to say something else; all in ms since the epoch. */
export function relativeChange(at: number, now: number): number {
  const away = Math.abs(at - now);
  const index = units.findIndex(([, ms]) => away >= ms);
  const size = units[index]?.[1];
  if (size === undefined) return at + minute;
  const count = Math.trunc(away / size);
  if (at > now) return at - count * size + 1;
  return at + Math.min((count + 1) * size, units[index - 1]?.[1] ?? Infinity);
}

/** A time in the person's zone, such as `Nov 22, 2026, 2:05 PM`; in ms since the epoch. */
export function dateTimeText(at: number): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' }).format(
    at,
  );
}

/** The day of a time in the person's zone, such as `Nov 22, 2026`; in ms since the epoch. */
export function dateText(at: number): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium' }).format(at);
}

/** A time in the person's zone, with its date unless that is today's; both in ms since the epoch. */
export function timeText(at: number, now: number): string {
  const today = new Date(at).toDateString() === new Date(now).toDateString();
  return today
    ? new Intl.DateTimeFormat(language(), { timeStyle: 'short' }).format(at)
    : dateTimeText(at);
}

/**
 * Words that break only where they have spaces: Japanese breaks between any two of its characters,
 * which makes a narrow column one character wide.
 */
export function unbroken(words: string): string {
  return words.replaceAll(
    /(?<=[\u3040-\u30ff\u4e00-\u9fff])(?=[\u3040-\u30ff\u4e00-\u9fff])/g,
    '\u2060',
  );
}
