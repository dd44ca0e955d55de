const PREFIX = 'user_';
const DIGITS = 26;
const WORDS = 5;
/** Marks a place that is taken: no word of six digits of 5 bits reaches it. */
const TAKEN = 0x8000_0000;
const LEAST_PLACES = 1024;

/** The value of each digit of a ULID by its code; 255 for what is none. */
const values = new Uint8Array(128).fill(255);
for (const [value, digit] of Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ').entries()) {
  values[digit.charCodeAt(0)] = value;
}

/**
 * A set of users' ids that a million of them do not make large: ids of the usual form, `user_` and a
 * ULID, are kept as 20 bytes each in one array, which garbage collection need not look through; all
 * others as they are. It is exact whatever the ids look like.
 */
export class IdSet {
  readonly #others = new Set<string>();
  readonly #words = new Uint32Array(WORDS);
  #places = new Uint32Array(LEAST_PLACES * WORDS);
  #taken = 0;

  /** Adds an id; false if it was there. */
  add(id: string): boolean {
    if (!readWords(id, this.#words)) {
      const before = this.#others.size;
      return this.#others.add(id).size > before;
    }
    if (!put(this.#words, 0, this.#places)) return false;
    this.#taken++;
    if (this.#taken * WORDS > this.#places.length * 0.7) this.#grow();
    return true;
  }

  #grow(): void {
    const old = this.#places;
    this.#places = new Uint32Array(old.length * 2);
    for (let at = 0; at < old.length; at += WORDS) {
      if (old[at] !== 0) put(old, at, this.#places);
    }
  }
}

/** Reads an id of the usual form into words of up to six digits; false if it is of another. */
function readWords(id: string, words: Uint32Array): boolean {
  if (id.length !== PREFIX.length + DIGITS || !id.startsWith(PREFIX)) return false;
  let word = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const value = values[id.charCodeAt(PREFIX.length + digit)] ?? 255;
    if (value === 255) return false;
    word = word * 32 + value;
    if (digit % 6 === 5 || digit === DIGITS - 1) {
      words[Math.floor(digit / 6)] = word;
      word = 0;
    }
  }
  words[0] = (words[0] ?? 0) + TAKEN;
  return true;
}

/** Puts the words that stand at a place of one array where they belong in another; false if there. */
function put(from: Uint32Array, start: number, places: Uint32Array): boolean {
  const count = places.length / WORDS;
  let place = hashOf(from, start) & (count - 1);
  while (places[place * WORDS] !== 0) {
    if (same(from, start, places, place * WORDS)) return false;
    place = (place + 1) & (count - 1);
  }
  // Word by word: for so few, set() and subarray() take many times as long.
  for (let word = 0; word < WORDS; word++) places[place * WORDS + word] = from[start + word] ?? 0;
  return true;
}

function hashOf(words: Uint32Array, start: number): number {
  let hash = 0;
  for (let word = 0; word < WORDS; word++) {
    hash = Math.imul(hash ^ (words[start + word] ?? 0), 0x9e37_79b1);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}

function same(one: Uint32Array, oneAt: number, other: Uint32Array, otherAt: number): boolean {
  for (let word = 0; word < WORDS; word++) {
    if (one[oneAt + word] !== other[otherAt + word]) return false;
  }
  return true;
}
