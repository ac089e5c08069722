// Summaries of repeated measurements.

export interface Summary {
  readonly n: number;
  readonly median: number;
  readonly p95: number;
  readonly least: number;
  readonly most: number;
}

/**
 * Returns the value below which a share `q` (0–1) of the values lies, interpolated between neighbours.
 * Throws on no values and on a share outside 0–1.
 */
export function quantile(values: readonly number[], q: number): number {
  if (values.length === 0) throw new Error("quantile of no values");
  if (!(q >= 0 && q <= 1)) throw new Error(`quantile share must lie in 0–1: ${q}`);
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (sorted[above]! - sorted[below]!) * (place - below);
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Returns the summary of repeated measurements; throws on none. */
export function summarise(values: readonly number[]): Summary {
  return {
    n: values.length,
    median: median(values),
    p95: quantile(values, 0.95),
    least: quantile(values, 0),
    most: quantile(values, 1)
  };
}

/**
 * Runs each variant once a round, `rounds` times, starting with another one each round, so that a slow spell of the
 * machine falls on all of them. Returns the results by variant, in order of rounds. `warmups` rounds go first, unkept.
 */
export async function interleave<Name extends string, Result>(
  variants: Readonly<Record<Name, () => Promise<Result>>>,
  {rounds, warmups = 1}: {rounds: number; warmups?: number}
): Promise<Record<Name, Result[]>> {
  const names = Object.keys(variants) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Result[]>;
  for (let round = -warmups; round < rounds; round++) {
    const first = Math.max(round, 0) % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      const result = await variants[name]();
      if (round >= 0) results[name].push(result);
    }
  }
  return results;
}
