import { constants } from 'node:os';

const cleanups = new Set<() => void>();
let listening = false;

/**
 * Has `cleanup` called when this process ends, also when it is interrupted or asked to end. It can't
 * wait for anything. Returns what takes it back.
 */
export function whenProcessEnds(cleanup: () => void): () => void {
  if (!listening) {
    listening = true;
    process.on('exit', cleanUp);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => process.exit(128 + constants.signals[signal]));
    }
  }
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}

function cleanUp(): void {
  for (const cleanup of cleanups) {
    try {
      cleanup();
    } catch (error) {
      console.error(error);
    }
  }
}
