/**
 * Runs a task once for all who ask while it runs. Each may leave by aborting a signal; the task
 * itself is aborted when the last one has left, and whoever asks after that starts it anew.
 */
export class SingleFlight<T> {
  #flight: Flight<T> | undefined;

  /** Whether the task runs now. */
  get running(): boolean {
    return this.#flight !== undefined;
  }

  /** Waits until no task runs, however the running one ends. */
  async idle(signal?: AbortSignal): Promise<void> {
    while (this.#flight !== undefined) {
      await abortable(Promise.allSettled([this.#flight.result]), signal);
    }
  }

  /**
   * Joins the running task, or starts it.
   *
   * @throws what the task throws, or the signal's reason when it is aborted.
   */
  async run(task: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const flight = (this.#flight ??= this.#start(task));
    flight.waiting += 1;
    try {
      return await abortable(flight.result, signal);
    } finally {
      flight.waiting -= 1;
      if (flight.waiting === 0) {
        this.#end(flight);
        flight.stop.abort();
      }
    }
  }

  #start(task: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const stop = new AbortController();
    const result = task(stop.signal);
    const flight = { stop, result, waiting: 0 };
    const end = () => {
      this.#end(flight);
    };
    result.then(end, end);
    return flight;
  }

  #end(flight: Flight<T>): void {
    if (this.#flight === flight) this.#flight = undefined;
  }
}

interface Flight<T> {
  readonly stop: AbortController;
  readonly result: Promise<T>;
  waiting: number;
}

/** The promise's outcome, or the signal's reason as soon as it is aborted. */
export async function abortable<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (signal === undefined) return promise;
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => {
    reject(signal.reason as Error);
  };
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
