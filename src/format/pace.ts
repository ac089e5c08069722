// What a number is held against when its period is not over: the part of the target that was due by then (kpi-formulas TGT).

import type {AnswerRow} from "../query/question.js";

/** What decides whether a number grows while its period passes. */
export interface Accrual {
  readonly type?: string;
  readonly unit?: string;
  readonly additivity?: "none" | "dimensions" | "full";
}

export interface Held {
  /** The target, or the part of it that was due; null where there is no target, or no telling what part. */
  readonly value: number | null;
  /** `value` is a part of the target, or unknown because the period is not over. */
  readonly paced: boolean;
}

/**
 * Returns what the number of a row is held against. In a whole period that is its target. In a part one, counts and
 * sums are held against the target times the share of working days that have passed; rates, averages and stocks against
 * the target itself; what grows otherwise (a running total, a number for each head) against nothing until the end.
 */
export function heldAgainst({target = null, period}: Pick<AnswerRow, "target" | "period">, {type, unit, additivity}: Accrual): Held {
  if (target === null || !period.part) return {value: target, paced: false};
  if (additivity === "full") {
    const [passed, whole] = period.workdays ?? [0, 0];
    return {value: passed > 0 ? target * (passed / whole) : null, paced: true};
  }
  const grows = type === "cumulative" || type === "derived" || (type === "simple" && unit === "count");
  return grows ? {value: null, paced: true} : {value: target, paced: false};
}
