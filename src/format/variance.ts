// How far a number is from its reference, and whether that is good (kpi-formulas G14). Pure; words are made elsewhere.

import type {Direction, Unit} from "../metrics/define.js";

/** What a comparison needs to know of a metric. `minN` is 10 where it is absent. */
export interface Compared {
  readonly unit: Unit;
  readonly direction: Direction;
  readonly minN?: number;
  /** With `moe` the number is a mean: a change inside its margin of error is none. */
  readonly aggregate?: {readonly fn: string; readonly moe?: boolean};
}

/** A value, the records it rests on, and the 95 % interval it has. */
export interface Reading {
  readonly value: number | null;
  readonly n?: number;
  readonly interval?: readonly [number, number];
}

export type Tone = "good" | "bad" | "neutral";
export type NotMeaningful = "no_value" | "no_reference" | "margin" | "zero_reference" | "sign_flip" | "small_reference";

export interface Variance {
  /** Current − reference, in the metric's unit (a share 0–1 for rates); null when either is null. */
  readonly absolute: number | null;
  /** Absolute ÷ |reference|; null for rates, which change in points, and where `why` says that it means nothing. */
  readonly relative: number | null;
  readonly movement: "up" | "down" | "flat" | "unknown";
  /** Good or bad by the metric's direction; neutral for context, for no movement and for small n. */
  readonly tone: Tone;
  /** Current or reference rests on fewer than `minN` records. */
  readonly smallN: boolean;
  readonly why?: NotMeaningful;
}

/** Changes below this part of the reference (or of one point) are called no change: they round to zero when shown. */
const still = 0.0005;

/** The wider margin of error of the two, of means that have one; 0 for everything else. */
function marginOf(readings: readonly Reading[], {aggregate}: Compared): number {
  return aggregate?.moe ? Math.max(...readings.map(({interval}) => (interval ? (interval[1] - interval[0]) / 2 : 0))) : 0;
}

/**
 * Returns the change from a reference. A rate changes in points, everything else also relatively. The relative change
 * is null, with a reason, when the reference is 0 or under `threshold`, or when the sign flips. A mean that differs by no
 * more than the margin of error of either is flat, for the reason "margin".
 */
export function variance(current: Reading, reference: Reading, metric: Compared, threshold = 0): Variance {
  const smallN = [current, reference].some(({n}) => n !== undefined && n < (metric.minN ?? 10));
  if (current.value === null || reference.value === null) {
    const why = current.value === null ? "no_value" : "no_reference";
    return {absolute: null, relative: null, movement: "unknown", tone: "neutral", smallN, why};
  }
  const absolute = current.value - reference.value;
  const size = Math.abs(reference.value);
  const rate = metric.unit === "percent";
  const inside = absolute !== 0 && Math.abs(absolute) <= marginOf([current, reference], metric);
  const flat = inside || absolute === 0 || Math.abs(absolute) < still * (rate ? 1 : size);
  const movement = flat ? "flat" : absolute > 0 ? "up" : "down";
  const tone = flat || smallN || metric.direction === "context" ? "neutral" : movement === metric.direction ? "good" : "bad";
  const why = inside ? "margin" : rate ? undefined : notMeaningful(current.value, reference.value, threshold);
  return {absolute, relative: rate || why ? null : absolute / size, movement, tone, smallN, ...(why && {why})};
}

function notMeaningful(current: number, reference: number, threshold: number): NotMeaningful | undefined {
  if (reference === 0) return "zero_reference";
  if (current * reference < 0) return "sign_flip";
  if (Math.abs(reference) < threshold) return "small_reference";
}

/** Returns value ÷ target; null when either is null or the target is not above 0. */
export function attainment(value: number | null, target: number | null | undefined): number | null {
  return value === null || target === null || target === undefined || target <= 0 ? null : value / target;
}
