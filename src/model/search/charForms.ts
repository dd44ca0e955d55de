import { fold } from './fold.ts';

/** The form of a char (a UTF-16 code unit) that can't be folded by itself. */
export const NOT_ALONE = 0xffffffff;

/** No char's form has more bytes of UTF-8 (U+FDFA is eighteen letters and spaces). */
export const LONGEST_FORM = 36;

const lengthBits = 6;
const lengthMask = (1 << lengthBits) - 1;

/**
 * What {@link fold} makes of each char by itself, learned when it is first met: folding a hundred
 * thousand names as a whole takes several times as long. What depends on its neighbours, halves of
 * a surrogate pair and marks that are put in order, has no form here.
 */
export class CharForms {
  /** For each char where its form begins and how long it is; 0 if it has not been met. */
  readonly #places = new Uint32Array(0x10000);
  /** The forms as UTF-8, one after the other. The first byte is nobody's. */
  #bytes = new Uint8Array(1 << 12);
  #length = 1;

  /**
   * Writes the forms of a text's chars from a place on; the buffer must have room for them.
   *
   * @returns where they end; {@link NOT_ALONE} if the text has to be folded as a whole
   */
  write(text: string, into: Uint8Array, at: number): number {
    const places = this.#places;
    let end = at;
    for (let i = 0; i < text.length; i++) {
      const char = text.charCodeAt(i);
      let place = places[char] ?? 0;
      if (place === 0) place = this.#learn(char);
      if (place === NOT_ALONE) return NOT_ALONE;
      const bytes = this.#bytes;
      let from = place >>> lengthBits;
      for (let left = place & lengthMask; left > 0; left--) into[end++] = bytes[from++] ?? 0;
    }
    return end;
  }

  #learn(char: number): number {
    const letter = String.fromCharCode(char);
    const form = fold(letter);
    const place =
      !letter.isWellFormed() || isPutInOrder(form) ? NOT_ALONE : this.#keep(Buffer.from(form));
    this.#places[char] = place;
    return place;
  }

  #keep(form: Uint8Array): number {
    if (this.#length + form.length > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(form, this.#length);
    const place = (this.#length << lengthBits) | form.length;
    this.#length += form.length;
    return place;
  }
}

/** Whether normalization moves it past a mark that comes last (U+0345 is of the highest class). */
function isPutInOrder(form: string): boolean {
  return `a\u0345${form}`.normalize('NFD') !== `a\u0345${form}`;
}
