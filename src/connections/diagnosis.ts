import { isServiceError } from '../http/errors.ts';
import type { NetworkPlan } from '../http/network.ts';
import type { Step, Tell } from '../http/steps.ts';
import type { HttpRequest, HttpResponse, Transport } from '../http/transport.ts';
import type { Connection } from './connection.ts';
import { tryConnection } from './session.ts';

/** The network, and a look at how it gets out. */
export interface Network {
  readonly transport: Transport;
  /** Which way requests take now. */
  readonly plan: NetworkPlan;
  /** A network of its own, whose connections are all new and tell of each step they take. */
  observe(tell: Tell): Promise<ObservedNetwork>;
}

/** A network that was opened to look at it. */
interface ObservedNetwork {
  readonly transport: Transport;
  /** How many authorities are trusted whose certificates are looked at. */
  readonly authorities: number;
  close(): Promise<void>;
}

/** A request of a trial that was answered. */
interface Exchange {
  readonly kind: 'exchange';
  readonly method: string;
  /** The path with its variable parts named. */
  readonly template: string;
  readonly status: number;
}

/** What happened in a trial, with the time in ms that it took. */
export type TrialEvent = (Step | Exchange) & { readonly ms: number };

/** How the trial of a connection went, step by step. */
export interface Diagnosis {
  readonly connection: Connection;
  readonly events: readonly TrialEvent[];
  /** Why it doesn't work; undefined if it does. */
  readonly error: unknown;
}

/**
 * Tries a connection over a network of its own, and notes each step; sample data need no network.
 *
 * @throws the signal's reason, and what no service is to blame for
 */
export async function diagnose(
  connection: Connection,
  network: Pick<Network, 'observe'>,
  signal: AbortSignal,
): Promise<Diagnosis> {
  if (connection.sample === true) return { connection, events: [], error: undefined };
  const events: TrialEvent[] = [];
  let last = 0;
  const note = (step: Step | Exchange) => {
    const now = performance.now();
    events.push({ ...step, ms: now - last });
    last = now;
  };
  const observed = await network.observe(note);
  last = performance.now();
  try {
    await tryConnection(connection, new NotedTransport(observed.transport, note), signal);
    return { connection, events, error: undefined };
  } catch (error) {
    signal.throwIfAborted();
    if (!isServiceError(error)) throw error;
    return { connection, events, error };
  } finally {
    void observed.close();
  }
}

/** Notes every answer. */
class NotedTransport implements Transport {
  readonly #inner: Transport;
  readonly #note: (exchange: Exchange) => void;

  constructor(inner: Transport, note: (exchange: Exchange) => void) {
    this.#inner = inner;
    this.#note = note;
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    const response = await this.#inner.send(request);
    const { method, template } = request;
    this.#note({ kind: 'exchange', method, template, status: response.status });
    return response;
  }
}
