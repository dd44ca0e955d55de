import { CharForms, LONGEST_FORM, NOT_ALONE } from './charForms.ts';
import { fold } from './fold.ts';

const SPACE = 0x20;
const NOT_PLAIN = -1;
const utf8 = new TextEncoder();
const forms = new CharForms();

/** Folded text as {@link FoldedText} keeps it: each char is one byte of its UTF-8. */
export function asBytes(folded: string): string {
  return Buffer.from(folded, 'utf8').toString('latin1');
}

/**
 * A text that is put together of folded fields and of marks between them. It ends as a string whose
 * chars are the bytes of its UTF-8: so one name in another script doesn't double the size of all
 * its neighbours, and is found like any other.
 */
export class FoldedText {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;

  /** In bytes. */
  get length(): number {
    return this.#length;
  }

  byteAt(index: number): number {
    return this.#bytes[index] ?? 0;
  }

  addByte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = byte;
  }

  /** Adds a field, folded, with one byte for each run of blanks and none for those at its ends. */
  addField(text: string, blank: number): void {
    this.#reserve(text.length * LONGEST_FORM);
    const to = this.#writePlain(text, blank);
    this.#length = to === NOT_PLAIN ? this.#writeForms(text, blank) : to;
  }

  /** The text so far as one flat string; the next one begins empty. */
  take(): string {
    const text = Buffer.from(this.#bytes.buffer, 0, this.#length).toString('latin1');
    this.#length = 0;
    return text;
  }

  /** Most fields are plain ASCII, which takes a third of the time. */
  #writePlain(text: string, blank: number): number {
    const bytes = this.#bytes;
    let end = this.#length;
    let apart = false;
    for (let i = 0; i < text.length; i++) {
      const char = text.charCodeAt(i);
      if (char > 0x7e) return NOT_PLAIN;
      if (char <= SPACE) {
        apart = end > this.#length;
        continue;
      }
      if (apart) bytes[end++] = blank;
      apart = false;
      bytes[end++] = char >= 0x41 && char <= 0x5a ? char + 0x20 : char;
    }
    return end;
  }

  #writeForms(text: string, blank: number): number {
    const from = this.#length;
    let to = forms.write(text, this.#bytes, from);
    if (to === NOT_ALONE) {
      to = from + utf8.encodeInto(fold(text), this.#bytes.subarray(from)).written;
    }
    return closeUp(this.#bytes, from, to, blank);
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

/** Puts one byte for each run of spaces between two places, none at their ends. */
function closeUp(bytes: Uint8Array, from: number, to: number, blank: number): number {
  let end = from;
  let apart = false;
  for (let i = from; i < to; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === SPACE) {
      apart = end > from;
    } else {
      if (apart) bytes[end++] = blank;
      apart = false;
      bytes[end++] = byte;
    }
  }
  return end;
}
