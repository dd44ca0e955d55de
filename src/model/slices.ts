import { setImmediate } from 'node:timers/promises';

/** How long one slice takes at most, in ms, give or take an element. */
const SLICE = 8;

/** What long work takes. */
export interface SliceOptions {
  readonly signal?: AbortSignal | undefined;
  /** Hears after each slice how many elements are done. */
  readonly told?: ((done: number) => void) | undefined;
}

/**
 * Does something with each element, in short slices between which everything else has its turn.
 *
 * @throws what is thrown for an element, or the signal's reason
 */
export async function inSlices<T>(
  elements: readonly T[],
  act: (element: T) => void,
  { signal, told }: SliceOptions = {},
): Promise<void> {
  let until = performance.now() + SLICE;
  for (const [index, element] of elements.entries()) {
    act(element);
    if (performance.now() < until) continue;
    told?.(index + 1);
    await setImmediate();
    signal?.throwIfAborted();
    until = performance.now() + SLICE;
  }
}
