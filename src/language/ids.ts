/**
 * What Luminary's ids look like; the service promises nothing, so others may be asked for as well.
 * Small letters alone are a name in somebody's code, as `user_settings`.
 */
export const userIdPattern = /\buser_(?=[a-z]*[0-9A-Z])[0-9A-Za-z]{8,128}\b/;

const user = userIdPattern.source;
const account = '(?<![\\w-])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![\\w-])';
const email = '[^\\s@"\'`<>()\\[\\]{},;:|\\\\]{1,64}@(?:[\\p{L}\\p{N}-]{1,63}\\.){1,8}\\p{L}{2,63}';

/** So much of a line is looked at on either side of a place. */
const AROUND = 200;

/** So much of a line is looked through for ids; what comes after it is not. */
const LINE_LIMIT = 10_000;

const kinds = ['user', 'account', 'email'] as const;

/** What names somebody: a Luminary user's id, the id of a Luma account's user, or an email. */
export interface Named {
  readonly kind: (typeof kinds)[number];
  readonly text: string;
}

/** A Luminary user's id, or the id that Luma gives the user of an account. */
export interface Id extends Named {
  readonly kind: 'user' | 'account';
}

/** Where in a line something stands: from a character up to, but without, another. */
export type Placed<T> = T & { readonly from: number; readonly to: number };

/** The id at a character of a line, or right before it. */
export function idAt(line: string, character: number): Placed<Id> | undefined {
  const found = around(line, character, ids());
  return isId(found) ? found : undefined;
}

/** The id or email at a character of a line, or right before it. */
export function namedAt(line: string, character: number): Placed<Named> | undefined {
  return around(line, character, named());
}

/** The ids in a line, in their order; only its beginning is looked through where it is very long. */
export function idsIn(line: string): Placed<Id>[] {
  const found = placed(line.slice(0, LINE_LIMIT), ids()).filter(isId);
  // What the cut goes through, or may go through, is not what stands there.
  return line.length > LINE_LIMIT ? found.filter(({ to }) => to < LINE_LIMIT) : found;
}

/** What a selected text is: one id or one email, and nothing else but blanks and quotes around it. */
export function readNamed(text: string): Named | undefined {
  if (text.length > 2 * AROUND) return undefined;
  const bare = text.trim().replace(/^["'`<]+|["'`>]+$/g, '');
  const [found] = placed(bare, named());
  return found?.text === bare ? found : undefined;
}

/** The beginning of a user's id, for which users are proposed. */
export interface Beginning {
  /** What stands from `user_` up to the cursor. */
  readonly typed: string;
  /** The words of it that are looked for. */
  readonly query: string;
  /** What emails have to begin with, where no name and no id may stand so: `jane.d`. */
  readonly email?: string;
  /** Where the whole word stands, which may go on after the cursor. */
  readonly from: number;
  readonly to: number;
}

/** The id that is being typed at a character of a line; undefined where no `user_` begins one. */
export function beginningAt(line: string, character: number): Beginning | undefined {
  const before = line.slice(Math.max(character - AROUND, 0), character);
  const [typed, begun = '', sign] = typedPattern.exec(before) ?? [];
  if (typed === undefined) return undefined;
  const rest = /^[\p{L}\p{M}\p{N}_]*/u.exec(line.slice(character, character + AROUND))?.[0] ?? '';
  const place = { typed, from: character - typed.length, to: character + rest.length };
  return sign === undefined
    ? { ...place, query: begun.replaceAll('_', ' ').trim() }
    : { ...place, query: begun, email: begun };
}

/** The signs that stand in emails and end a word: after them, users may be proposed anew. */
export const emailSigns = ['.', '@', '-', '+'] as const;

/** What follows `user_`, and the first sign in it that only an email has. */
const typedPattern =
  /(?<![\p{L}\p{N}_])user_((?:[\p{L}\p{M}\p{N}_]+(?:([.@+-])[\p{L}\p{M}\p{N}_.@+-]*)?)?)$/u;

const ids = () => new RegExp(`(?<user>${user})|(?<account>${account})`, 'gu');
const named = () => new RegExp(`(?<email>${email})|(?<user>${user})|(?<account>${account})`, 'gu');

function around(line: string, character: number, pattern: RegExp): Placed<Named> | undefined {
  const start = Math.max(character - AROUND, 0);
  return placed(line.slice(start, character + AROUND), pattern)
    .map((one) => ({ ...one, from: one.from + start, to: one.to + start }))
    .find(({ from, to }) => from <= character && character <= to);
}

/** Everything that a pattern finds; the name of the group that has it is its kind. */
function placed(text: string, pattern: RegExp): Placed<Named>[] {
  return [...text.matchAll(pattern)].flatMap(({ 0: found, index, groups }) => {
    const kind = kinds.find((name) => groups?.[name] !== undefined);
    return kind === undefined ? [] : { kind, text: found, from: index, to: index + found.length };
  });
}

function isId(found: Placed<Named> | undefined): found is Placed<Id> {
  return found !== undefined && found.kind !== 'email';
}
