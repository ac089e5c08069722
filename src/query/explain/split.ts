// Why a number moved: exact splits of a change into parts that add up to it (kpi-formulas, targets table, "why").

/** One factor of a product, before and after. */
export interface Factor {
  readonly before: number;
  readonly after: number;
}

/** Returns the logarithmic mean of two positive numbers. */
export const logMean = (a: number, b: number) => (a === b ? a : (a - b) / Math.log(a / b));

/**
 * Returns how much each factor of a product added to its change: the log-mean Divisia split, which leaves no residual.
 * Where the product was or becomes 0, the limit form holds: the factors that were or become 0 share the whole change
 * evenly. Factors are not negative; returns null where one is.
 */
export function splitProduct(factors: readonly Factor[]): number[] | null {
  if (factors.some(({before, after}) => before < 0 || after < 0)) return null;
  const [before, after] = [product(factors.map((factor) => factor.before)), product(factors.map((factor) => factor.after))];
  if (before === 0 && after === 0) return factors.map(() => 0);
  if (before === 0 || after === 0) {
    const crossing = factors.map((factor) => (before === 0 ? factor.before : factor.after) === 0);
    const count = crossing.filter(Boolean).length;
    return crossing.map((crosses) => (crosses ? (after - before) / count : 0));
  }
  const weight = logMean(after, before);
  return factors.map((factor) => weight * Math.log(factor.after / factor.before));
}

const product = (values: readonly number[]) => values.reduce((all, value) => all * value, 1);

/** A segment's part of a rate: what counts, out of what; or an amount, over how many. */
export interface Part {
  readonly numerator: number;
  readonly denominator: number;
}

/** How one segment moved the rate of the whole. */
export interface Moved {
  /** By its own rate. */
  readonly rate: number;
  /** By its share of the whole, against the rate of the whole. */
  readonly mix: number;
}

/**
 * Returns how each segment moved the rate of the whole from before to after: by its own rate at its mean share, and by its
 * change of share times how far its mean rate lies from the mean rate of the whole. All parts together are the change of
 * the whole. A segment that is only there on one side has moved the mix alone. Null where the whole has no denominator
 * on either side.
 */
export function splitRate(before: readonly Part[], after: readonly Part[]): Moved[] | null {
  const whole = [before, after].map((parts) => ({
    numerator: parts.reduce((sum, {numerator}) => sum + numerator, 0),
    denominator: parts.reduce((sum, {denominator}) => sum + denominator, 0)
  }));
  const [was, is] = whole as [Part, Part];
  if (was.denominator === 0 || is.denominator === 0) return null;
  const level = (was.numerator / was.denominator + is.numerator / is.denominator) / 2;
  return before.map((old, k) => {
    const now = after[k]!;
    const shares = [old.denominator / was.denominator, now.denominator / is.denominator] as const;
    const own = (part: Part, other: Part) => (part.denominator === 0 ? (other.denominator === 0 ? level : other.numerator / other.denominator) : part.numerator / part.denominator);
    const [from, to] = [own(old, now), own(now, old)];
    return {rate: ((shares[0] + shares[1]) / 2) * (to - from), mix: (shares[1] - shares[0]) * ((from + to) / 2 - level)};
  });
}

/** How a sum moved with the number of its segments' records and with what each brought. */
export interface Volumed {
  /** By how many there were. */
  readonly volume: number;
  /** By how much each brought. */
  readonly rate: number;
}

/** Returns how each segment moved a sum: by volume (the denominator) and by rate, exact to the last digit of a sum of doubles. */
export function splitVolume(before: readonly Part[], after: readonly Part[]): Volumed[] {
  return before.map((old, k) => {
    const now = after[k]!;
    const change = now.numerator - old.numerator;
    const rates = [old, now].map(({numerator, denominator}) => (denominator === 0 ? null : numerator / denominator));
    const [from, to] = [rates[0] ?? rates[1] ?? 0, rates[1] ?? rates[0] ?? 0];
    const volume = (now.denominator - old.denominator) * ((from + to) / 2);
    return {volume, rate: change - volume};
  });
}
