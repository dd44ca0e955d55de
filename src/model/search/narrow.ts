import type { Chunk } from './chunk.ts';

/** Writes down all users of a chunk; how many there are. */
export function allUsers({ size, starts }: Chunk, into: Uint16Array): number {
  let count = 0;
  for (let i = 0; i < size; i++) {
    if (starts[i] !== starts[i + 1]) into[count++] = i;
  }
  return count;
}

/**
 * Leaves of the first `count` users that are written down those in whose text a term is; how many
 * there are. The text is read in one go, from one place where the term is to the next.
 */
export function narrow(
  { text, starts }: Chunk,
  term: string,
  users: Uint16Array,
  count: number,
): number {
  let left = 0;
  let at = -1;
  for (let i = 0; i < count; i++) {
    const user = users[i] ?? 0;
    const start = starts[user] ?? 0;
    if (at < start) {
      at = text.indexOf(term, start);
      if (at === -1) break;
    }
    if (at < (starts[user + 1] ?? 0)) users[left++] = user;
  }
  return left;
}
