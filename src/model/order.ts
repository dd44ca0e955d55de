/**
 * A list of which some have moved by one place. They pass only others: at the end they stay, in the
 * order that they had.
 */
export function stepped<T>(
  items: readonly T[],
  moves: (item: T) => boolean,
  direction: 'up' | 'down',
): T[] {
  if (direction === 'down') return stepped(items.toReversed(), moves, 'up').toReversed();
  const result: T[] = [];
  for (const item of items) {
    const before = result.at(-1);
    if (before !== undefined && moves(item) && !moves(before)) result.splice(-1, 0, item);
    else result.push(item);
  }
  return result;
}

/**
 * A list of which some have moved before another one, or to the end without one; they keep their
 * order. Where the other one moves itself, they stand before what follows it.
 */
export function placedBefore<T>(
  items: readonly T[],
  moves: (item: T) => boolean,
  target: T | undefined,
): T[] {
  const at = target === undefined ? -1 : items.indexOf(target);
  const anchor = at === -1 ? undefined : items.slice(at).find((item) => !moves(item));
  const others = items.filter((item) => !moves(item));
  const place = anchor === undefined ? others.length : others.indexOf(anchor);
  return others.toSpliced(place, 0, ...items.filter(moves));
}
