/** What was measured, and from how many runs it is the median. */
export interface Measurement {
  readonly value: number;
  /** 1 for what is counted or weighed and would be the same each time. */
  readonly runs: number;
  /** What the value is made of, such as the two times of a ratio. */
  readonly note?: string;
}

/** One budget: something that is measured, and what it may be at most. */
export interface Figure {
  /** What it is asked for by, in words. */
  readonly name: string;
  readonly unit: string;
  readonly limit: number;
  /** For how many users the limit is meant; undefined where their number plays no part. */
  readonly size?: number;
  /** For how many users it is measured besides, to see how it grows. */
  readonly growth?: readonly number[];
  /**
   * Measures it with so many users.
   *
   * @param size {@link Figure.size}, 0 where there is none, or one of {@link Figure.growth}
   */
  readonly measure: (size: number) => Promise<Measurement>;
}

/** What came of one figure at one size: a measurement, or why there is none. */
export interface Outcome {
  readonly size: number;
  readonly measurement?: Measurement;
  readonly problem?: string;
}

/** One figure's outcomes. */
export interface Result {
  readonly figure: Figure;
  /** Where the limit holds. */
  readonly outcome: Outcome;
  readonly growth: readonly Outcome[];
}

/** What is told while figures are measured. */
export interface Told {
  started(figure: Figure, size: number): void;
  ended(figure: Figure, outcome: Outcome): void;
}

/** How many users the growth is shown for. */
export const growthSizes = [1000, 10_000, 100_000, 1_000_000] as const;

/** Measures several figures in one go: each size once, whichever of them asks first. */
export function oncePerSize<T>(
  measure: (size: number) => Promise<T>,
): (size: number) => Promise<T> {
  const measured = new Map<number, Promise<T>>();
  return (size) => {
    const known = measured.get(size) ?? measure(size);
    measured.set(size, known);
    return known;
  };
}

/**
 * Measures a figure where its limit holds and, if `growing`, at its other sizes. What can't be
 * measured is told in the outcome.
 */
export async function measured(
  figure: Figure,
  growing: boolean,
  told: Partial<Told> = {},
): Promise<Result> {
  const at = async (size: number): Promise<Outcome> => {
    told.started?.(figure, size);
    const outcome = await outcomeOf(figure, size);
    told.ended?.(figure, outcome);
    return outcome;
  };
  const outcome = await at(figure.size ?? 0);
  const growth: Outcome[] = [];
  for (const size of growing ? (figure.growth ?? []) : []) {
    growth.push(size === outcome.size ? outcome : await at(size));
  }
  return { figure, outcome, growth };
}

async function outcomeOf(figure: Figure, size: number): Promise<Outcome> {
  try {
    return { size, measurement: await figure.measure(size) };
  } catch (error) {
    return { size, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Those figures whose names contain one of the words, whatever their case; all if there is none. */
export function chosen(figures: readonly Figure[], words: readonly string[]): Figure[] {
  const contains = (name: string, word: string) => name.toLowerCase().includes(word.toLowerCase());
  const unknown = words.filter((word) => !figures.some(({ name }) => contains(name, word)));
  if (unknown.length > 0) {
    const names = figures.map(({ name }) => `  ${name}`).join('\n');
    throw new Error(`No figure is called ${unknown.join(', ')}. There are:\n${names}`);
  }
  return figures.filter(
    ({ name }) => words.length === 0 || words.some((word) => contains(name, word)),
  );
}
