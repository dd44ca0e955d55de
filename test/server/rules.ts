import type { Fault, RequestRecord } from './exchange.ts';

/** When a fault happens. */
export interface FaultRule {
  readonly fault: Fault;
  /**
   * Which requests count: a path without its query, a pattern for path and query, or a function.
   * All of them when nothing is said.
   */
  readonly path?: string | RegExp | ((request: RequestRecord) => boolean);
  /** At which of these requests it begins, counted from 1 since the rule was made. */
  readonly at?: number;
  /** How often it happens; without end when nothing is said. */
  readonly times?: number;
}

/** A rule that is in force. */
export interface FaultHandle {
  /** How often it has happened. */
  readonly hits: number;
  /** Ends it. */
  remove(): void;
}

interface ActiveRule extends FaultRule {
  seen: number;
  hits: number;
}

/** The faults that are in force, in the order in which they were asked for. */
export class Rules {
  readonly #rules = new Set<ActiveRule>();

  add(rule: FaultRule): FaultHandle {
    const active: ActiveRule = { ...rule, seen: 0, hits: 0 };
    this.#rules.add(active);
    return {
      get hits() {
        return active.hits;
      },
      remove: () => {
        this.#rules.delete(active);
      },
    };
  }

  clear(): void {
    this.#rules.clear();
  }

  /** The faults that a request meets. Counts it, so this is asked once for each. */
  faultsFor(request: RequestRecord): readonly Fault[] {
    const faults: Fault[] = [];
    for (const rule of this.#rules) {
      const { at = 1, times = Infinity } = rule;
      if (matches(rule, request) && ++rule.seen >= at && rule.hits < times) {
        rule.hits++;
        faults.push(rule.fault);
      }
    }
    return faults;
  }
}

function matches({ path }: FaultRule, request: RequestRecord): boolean {
  if (path === undefined) {
    return true;
  }
  if (typeof path === 'string') {
    return request.path === path;
  }
  return path instanceof RegExp ? path.test(request.url) : path(request);
}
