import { ANYWHERE, EXACT, NAME_WORDS, WORDS } from './best.ts';
import type { Rank } from './best.ts';
import {
  EMAIL,
  EMAIL_END,
  END,
  FIELD_LIMIT,
  ID,
  LAST_NAME,
  NAME,
  NAME_END,
  initialOf,
} from './chunk.ts';
import type { Chunk } from './chunk.ts';
import { asBytes } from './foldedText.ts';
import type { Query } from './query.ts';

/** A query as it is looked for in the text of a chunk. */
export interface Needles {
  /** The longest first: it leaves the fewest. */
  readonly terms: readonly string[];
  readonly nameWords: readonly string[];
  readonly emailWords: readonly string[];
  /** All of these are among the initials of a user in whom each term begins a word. */
  readonly initials: number;
  /** With one of these the text of a user begins who has that name. */
  readonly names: readonly string[];
  /** Undefined where several words are looked for: an email has no blanks. */
  readonly email: string | undefined;
  readonly id: string;
}

/** Makes of a query what to look for. */
export function needlesOf(query: Query): Needles {
  const terms = query.terms.map(asBytes).sort((a, b) => b.length - a.length);
  const words = query.words.map(asBytes);
  const only = words.length === 1 ? words[0] : undefined;
  return {
    terms,
    nameWords: terms.map((term) => mark(NAME) + term),
    emailWords: terms.map((term) => mark(EMAIL) + term),
    initials: terms.reduce((all, term) => all | initialOf(term.charCodeAt(0)), 0),
    names: namesOf(words),
    email: only && mark(EMAIL) + only + mark(EMAIL_END),
    id: mark(ID) + words.join(' ') + mark(END),
  };
}

/**
 * How well a user fits in whom all terms are. With `exactOnly` there are enough that fit by words:
 * any other than an exact one is said to be found anywhere.
 */
export function rankOf(chunk: Chunk, user: number, needles: Needles, exactOnly: boolean): Rank {
  const end = chunk.starts[user + 1] ?? 0;
  if (endsWith(chunk.text, end, needles.id)) return EXACT;
  if (((chunk.initials[user] ?? 0) & needles.initials) !== needles.initials) return ANYWHERE;
  const start = chunk.starts[user] ?? 0;
  if (needles.names.some((name) => chunk.text.startsWith(name, start))) return EXACT;
  if (exactOnly && needles.email === undefined) return ANYWHERE;
  const text = chunk.text.slice(start, end);
  if (needles.email !== undefined && text.includes(needles.email)) return EXACT;
  return exactOnly ? ANYWHERE : wordRank(text, needles);
}

function wordRank(text: string, { nameWords, emailWords }: Needles): Rank {
  const inName = nameWords.map((word) => text.includes(word));
  if (!inName.includes(false)) return NAME_WORDS;
  return emailWords.every((word, i) => inName[i] === true || text.includes(word))
    ? WORDS
    : ANYWHERE;
}

function endsWith(text: string, end: number, needle: string): boolean {
  const at = end - needle.length;
  return text.charCodeAt(at) === ID && text.startsWith(needle, at);
}

/** Each way in which the words are a first and a last name, in either order. */
function namesOf(words: readonly string[]): string[] {
  const names = new Set<string>();
  // No two fields have more words, and a long text that was pasted would make very many.
  if (words.length > FIELD_LIMIT) return [];
  for (let split = 0; split <= words.length; split++) {
    const [front, back] = [words.slice(0, split), words.slice(split)];
    names.add(nameOf(front, back)).add(nameOf(back, front));
  }
  return [...names];
}

function nameOf(first: readonly string[], last: readonly string[]): string {
  const name = mark(NAME);
  return name + first.join(name) + mark(LAST_NAME) + name + last.join(name) + mark(NAME_END);
}

function mark(byte: number): string {
  return String.fromCharCode(byte);
}
