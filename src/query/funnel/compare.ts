// Two funnels beside one another, and the leak that costs most.

import {wilson} from "../wilson.js";
import type {FunnelRow, StepResult} from "./answer.js";

/** How the rates of one step differ, in points of share; `differs` is null where one side is too small to tell. */
export interface RateDifference {
  readonly difference: number;
  /** 95 % interval of the difference (Newcombe's, of two Wilson intervals). */
  readonly interval: readonly [number, number];
  /** The interval does not hold 0, and both rates rest on `minN` entries. */
  readonly differs: boolean | null;
}

/** Returns by how much the first rate is above the second; null where one has no value. */
export function rateDifference(a: StepResult["overall"], b: StepResult["overall"], minN = 10): RateDifference | null {
  if (a.value === null || b.value === null || !a.denominator || !b.denominator) return null;
  const [lowA, highA] = wilson(a.numerator ?? 0, a.denominator);
  const [lowB, highB] = wilson(b.numerator ?? 0, b.denominator);
  const difference = a.value - b.value;
  const interval = [
    difference - Math.hypot(a.value - lowA, highB - b.value),
    difference + Math.hypot(highA - a.value, b.value - lowB)
  ] as const;
  return {difference, interval, differs: Math.min(a.denominator, b.denominator) < minN ? null : interval[0] > 0 || interval[1] < 0};
}

/** Returns the step after which most value was lost, or most entries where none has a value; null where nobody dropped out. */
export function biggestLeak({steps}: Pick<FunnelRow, "steps">): StepResult | null {
  const gone = ({dropped}: StepResult) => (dropped ? dropped.lost + dropped.passed : 0);
  const leaks = steps.filter((step) => gone(step) > 0);
  const valued = leaks.some(({lostValue}) => (lostValue ?? 0) > 0);
  const size = (step: StepResult) => (valued ? step.lostValue ?? 0 : gone(step));
  return leaks.reduce<StepResult | null>((best, step) => (best === null || size(step) > size(best) ? step : best), null);
}
