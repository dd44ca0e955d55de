import type { Node } from './nodes.ts';

/** In ms: what comes sooner would make a row that says "Loading" a mere flash. */
const SOON = 200;

/**
 * The rows whose children are being waited for, for a short time: what has come by then stands in
 * the answer, and needs no drawing of its own.
 */
export class ShortWaits {
  readonly #waits = new Map<Node, Promise<void>>();

  /** Whether what comes now under a row will stand in an answer that is waited for. */
  has(node: Node): boolean {
    return this.#waits.has(node);
  }

  /** Begins to wait for a load, which never fails. */
  begin(node: Node, load: Promise<void>): void {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, SOON);
    });
    const wait = Promise.race([load, late]).finally(() => {
      clearTimeout(timer);
      this.#waits.delete(node);
    });
    this.#waits.set(node, wait);
  }

  /** Waits with all others who wait for the same row. */
  async end(node: Node): Promise<void> {
    await this.#waits.get(node);
  }
}
