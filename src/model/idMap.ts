const PREFIX = 'user_';
const DIGITS = 26;
const WORDS = 5;
/** The words of an id, and its number. */
const SIZE = WORDS + 1;
/** Marks a place that is taken: no word of six digits of 5 bits reaches it. */
const TAKEN = 0x8000_0000;
const LEAST_PLACES = 1024;

/** The value of each digit of a ULID by its code; 255 for what is none. */
const values = new Uint8Array(128).fill(255);
for (const [value, digit] of Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ').entries()) {
  values[digit.charCodeAt(0)] = value;
}

/**
 * Which number each of many users' ids has. A million of them do not make it large: ids of the usual
 * form, `user_` and a ULID, are kept with their numbers as 24 bytes each in one array, which garbage
 * collection need not look through; all others as they are. It is exact whatever the ids look like.
 */
export class IdMap {
  readonly #others = new Map<string, number>();
  readonly #words = new Uint32Array(WORDS);
  #places = new Uint32Array(LEAST_PLACES * SIZE);
  #taken = 0;

  /**
   * Adds an id; false, and nothing done, if it was there.
   *
   * @param number a whole number from 0 to 2³² − 1
   */
  add(id: string, number: number): boolean {
    if (!readWords(id, this.#words)) {
      if (this.#others.has(id)) return false;
      this.#others.set(id, number);
      return true;
    }
    const at = placeOf(this.#words, 0, this.#places);
    if (this.#places[at] !== 0) return false;
    put(this.#words, 0, number, this.#places, at);
    this.#taken++;
    if (this.#taken * SIZE > this.#places.length * 0.7) this.#grow();
    return true;
  }

  /** The number of an id; undefined if it was not added. */
  get(id: string): number | undefined {
    if (!readWords(id, this.#words)) return this.#others.get(id);
    const at = placeOf(this.#words, 0, this.#places);
    return this.#places[at] === 0 ? undefined : this.#places[at + WORDS];
  }

  #grow(): void {
    const old = this.#places;
    this.#places = new Uint32Array(old.length * 2);
    for (let at = 0; at < old.length; at += SIZE) {
      if (old[at] === 0) continue;
      put(old, at, old[at + WORDS] ?? 0, this.#places, placeOf(old, at, this.#places));
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

/** Where words that stand at a place of one array are in another, or where they belong in it. */
function placeOf(from: Uint32Array, start: number, places: Uint32Array): number {
  const count = places.length / SIZE;
  let place = hashOf(from, start) & (count - 1);
  while (places[place * SIZE] !== 0 && !same(from, start, places, place * SIZE)) {
    place = (place + 1) & (count - 1);
  }
  return place * SIZE;
}

/** Word by word: for so few, set() and subarray() take many times as long. */
function put(from: Uint32Array, start: number, number: number, to: Uint32Array, at: number): void {
  for (let word = 0; word < WORDS; word++) to[at + word] = from[start + word] ?? 0;
  to[at + WORDS] = number;
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
