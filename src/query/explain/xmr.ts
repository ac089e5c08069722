// Signal or noise: process behaviour limits of a series and the points outside them (kpi-formulas b.7).

/** One closed period of a series. */
export interface Point {
  /** Period key. */
  readonly key: string;
  /** Null where the period has no value: it stands in the series and is judged by no rule. */
  readonly value: number | null;
}

/** What limits are made of: the mean with the mean moving range, or the medians, which single extremes do not move. */
export type LimitForm = "mean" | "median";

export interface Bounds {
  /** No value can be lower: 0 for counts, sums and rates. */
  readonly least?: number;
  /** No value can be higher: 1 for rates. */
  readonly most?: number;
  /** Factor on the moving ranges, where taking out a season has made the values look calmer than they are. */
  readonly widen?: number;
}

export interface Limits {
  readonly form: LimitForm;
  readonly centre: number;
  readonly lower: number;
  readonly upper: number;
  /** Mean or median of the moving ranges. */
  readonly range: number;
  /** Moving ranges above it are unusual. */
  readonly rangeLimit: number;
  /** Values that the limits rest on. */
  readonly points: number;
  /** From 12 values on; provisional before. */
  readonly firm: boolean;
}

/** Fewer values give no limits. */
export const fewestPoints = 8;
const firmPoints = 12;

/** Scaling of the moving range to natural process limits, and to the limit of the ranges themselves. */
const factors = {mean: {limit: 2.66, range: 3.268}, median: {limit: 3.145, range: 3.865}} as const;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * Returns the natural process limits of a baseline of closed periods, oldest first; null below 8 values. Moving ranges
 * are taken between neighbours that both have a value. Limits that no value can reach are cut to `bounds`.
 */
export function limitsOf(baseline: readonly Point[], {least = -Infinity, most = Infinity, widen = 1}: Bounds = {}, form: LimitForm = "mean"): Limits | null {
  const values = baseline.flatMap(({value}) => (value === null ? [] : [value]));
  const ranges = baseline.slice(1).flatMap(({value}, k) => {
    const before = baseline[k]!.value;
    return value === null || before === null ? [] : [Math.abs(value - before)];
  });
  if (values.length < fewestPoints || ranges.length === 0) return null;
  const middle = form === "mean" ? mean : median;
  const centre = middle(values);
  const range = middle(ranges) * widen;
  const {limit, range: rangeFactor} = factors[form];
  return {
    form, centre, range,
    lower: Math.max(least, centre - limit * range),
    upper: Math.min(most, centre + limit * range),
    rangeLimit: rangeFactor * range,
    points: values.length,
    firm: values.length >= firmPoints
  };
}

/** Which rule a point breaks: outside the limits, the eighth in a row on one side, the third of four nearer a limit than the centre. */
export type Rule = "outside" | "eight_in_a_row" | "three_of_four";

export interface Signal {
  readonly rule: Rule;
  readonly side: "high" | "low";
}

/**
 * Returns the first rule that each point breaks, null for routine variation. `outside` goes before the runs, and a run is
 * told at each point that completes or continues it. A point on the centre line, or without a value, ends a run.
 */
export function signalsOf(points: readonly Point[], limits: Limits): (Signal | null)[] {
  const sides = points.map(({value}) => (value === null || value === limits.centre ? 0 : value > limits.centre ? 1 : -1));
  const near = points.map(({value}) => (value === null ? 0 : nearerLimit(value, limits)));
  return points.map(({value}, at) => {
    if (value === null) return null;
    if (value > limits.upper) return {rule: "outside", side: "high"};
    if (value < limits.lower) return {rule: "outside", side: "low"};
    const run = sides.slice(Math.max(0, at - 7), at + 1);
    if (run.length === 8 && sides[at] !== 0 && run.every((side) => side === sides[at])) return {rule: "eight_in_a_row", side: sides[at]! > 0 ? "high" : "low"};
    const four = near.slice(Math.max(0, at - 3), at + 1);
    if (near[at] !== 0 && four.length === 4 && four.filter((side) => side === near[at]).length >= 3) return {rule: "three_of_four", side: near[at]! > 0 ? "high" : "low"};
    return null;
  });
}

/** A limit that was cut, or that lies on the centre, is as far as it would have been. */
function nearerLimit(value: number, {centre, range, form}: Limits): -1 | 0 | 1 {
  const half = (factors[form].limit * range) / 2;
  if (half === 0) return 0;
  if (value > centre + half) return 1;
  return value < centre - half ? -1 : 0;
}
