import { isUser, readUser } from '../../api/luminary.ts';
import type { LuminaryUser } from '../../api/luminary.ts';
import type { Json } from '../../http/json.ts';
import type { FoldedText } from './foldedText.ts';

/** So many characters of a field are searched; what comes after them is not. */
export const FIELD_LIMIT = 300;

/** How many elements of the list one chunk holds at most. */
export const CHUNK_SIZE = 256;

/** After how many elements the time is looked at: the first of all, not yet compiled, are slow. */
const STEP = 32;

// A user's text: first name, last name, parts of the words of both, email, parts of its local
// part, id. No field and no term holds these bytes, as `fold` makes control characters spaces.
/** Before each word of the name, and each part of one (O'Brien, Anne-Marie). */
export const NAME = 1;
/** Between first and last name. */
export const LAST_NAME = 2;
/** After the last name. */
export const NAME_END = 3;
/** Before the email, and each part of its local part (jane.doe, jane+news). */
export const EMAIL = 4;
/** After the email. */
export const EMAIL_END = 5;
/** Before the id. */
export const ID = 6;
/** After the id. */
export const END = 7;

const SPACE = 0x20;
const AT = 0x40;

/** Some neighbouring elements of the list as one text to search in. */
export interface Chunk {
  /** The position of its first element. */
  readonly from: number;
  readonly size: number;
  /** How many of its elements are users. */
  readonly users: number;
  readonly text: string;
  /** Where each element's text begins, and at last where the text ends. Others have no text. */
  readonly starts: Uint32Array;
  /** What the words of each element's name and email begin with: see {@link initialOf}. */
  readonly initials: Uint32Array;
}

/**
 * Makes a chunk of the elements from a position on: of as many as there are, or as it holds, or as
 * can be read until a time, in ms as `performance.now` has it.
 */
export function makeChunk(
  elements: readonly Json[],
  from: number,
  text: FoldedText,
  until: number,
): Chunk {
  const room = Math.min(CHUNK_SIZE, elements.length - from);
  const starts = new Uint32Array(room + 1);
  const initials = new Uint32Array(room);
  let users = 0;
  let size = 0;
  while (size < room) {
    const element = elements[from + size] ?? null;
    if (isUser(element)) {
      users++;
      initials[size] = addUser(text, readUser(element));
    }
    starts[++size] = text.length;
    if (size % STEP === 0 && performance.now() >= until) break;
  }
  return {
    from,
    size,
    users,
    text: text.take(),
    starts: size === room ? starts : starts.slice(0, size + 1),
    initials: size === room ? initials : initials.slice(0, size),
  };
}

/** A bit for what a word begins with: one for each of a to z, one for digits, few for the rest. */
export function initialOf(byte: number): number {
  if (byte >= 0x61 && byte <= 0x7a) return 1 << (byte - 0x61);
  if (byte >= 0x80) return 1 << (28 + (byte & 3));
  return isWordByte(byte) ? 1 << 26 : 1 << 27;
}

/** Adds a user's text; the initials of its words. */
function addUser(text: FoldedText, user: LuminaryUser): number {
  const name = text.length;
  text.addByte(NAME);
  addField(text, user.firstName, NAME);
  text.addByte(LAST_NAME);
  text.addByte(NAME);
  addField(text, user.lastName, NAME);
  const nameEnd = text.length;
  text.addByte(NAME_END);
  const nameInitials = addParts(text, name, nameEnd, NAME);
  const email = text.length;
  text.addByte(EMAIL);
  addField(text, user.email, SPACE);
  const emailEnd = text.length;
  text.addByte(EMAIL_END);
  const emailInitials = addParts(text, email, localEnd(text, email, emailEnd), EMAIL);
  text.addByte(ID);
  addField(text, user.id, SPACE);
  text.addByte(END);
  return nameInitials | emailInitials;
}

function addField(text: FoldedText, field: string, blank: number): void {
  text.addField(field.length > FIELD_LIMIT ? field.slice(0, FIELD_LIMIT) : field, blank);
}

/**
 * Adds the parts of the words between two places: what follows upon a sign or a space, up to the
 * next one of these. Gives the initials of words and parts.
 */
function addParts(text: FoldedText, from: number, to: number, mark: number): number {
  let initials = 0;
  let before = mark;
  let inPart = false;
  for (let i = from + 1; i < to; i++) {
    const byte = text.byteAt(i);
    const inWord = isWordByte(byte);
    const begins = inWord && before >= SPACE && !isWordByte(before);
    if (begins) text.addByte(mark);
    if (begins || (before === mark && byte >= SPACE)) initials |= initialOf(byte);
    inPart = inWord && (inPart || begins);
    if (inPart) text.addByte(byte);
    before = byte;
  }
  return initials;
}

/** One past the last @, with which the domain begins. */
function localEnd(text: FoldedText, from: number, to: number): number {
  for (let i = to - 1; i > from; i--) if (text.byteAt(i) === AT) return i + 1;
  return to;
}

/** Whether a byte belongs to a letter or a digit; all beyond ASCII count as letters. */
function isWordByte(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte >= 0x80;
}
