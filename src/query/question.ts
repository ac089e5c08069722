// What can be asked of the metric layer and what comes back. Plain data: the terminal, the build and the browser
// share these types, and an Answer can be stored as JSON.

import type {DimensionId, Nothing} from "../metrics/define.js";
import type {MeasuredWindow, UnratedCurrency} from "./manifest.js";

export type Grain = "day" | "week" | "month" | "quarter" | "year" | "fiscal_quarter" | "fiscal_year";

/** A half-open span of local days. `end` is exclusive. Dates are ISO text, "2025-01-31". */
export interface Period {
  /** "2025", "2025-Q1", "2025-01", "2025-W05", "2025-01-31", "FY2025", "FY2025-Q1", "A..B" (both inclusive) or "all". */
  readonly key: string;
  readonly grain: Grain | "range" | "all";
  readonly start: string;
  readonly end: string;
  /** The whole period has not passed by as-of; `end` is then cut to the day after as-of. */
  readonly part: boolean;
  /** Of a part period: working days passed by as-of, and of the whole period. */
  readonly workdays?: readonly [passed: number, whole: number];
  /** Last day inclusive on which a balance is counted: end − 1. */
  readonly census: string;
}

/** What the period stands for in the answer. */
export type Role = "current" | "previous" | "last_year" | "trend";

/** The values a reader picked for one dimension; null stands for records without a value. */
export interface Filter {
  readonly dimension: DimensionId;
  readonly values: readonly (string | null)[];
}

export interface Question {
  /** Metric ids. */
  readonly metrics: readonly string[];
  /** Key of a period, or "closed:month" (last whole one), "current:month" (running), "all". Any grain. */
  readonly period: string;
  /** Dimensions to break down by; none asks for totals only. The total is always part of the answer. */
  readonly by?: readonly DimensionId[];
  readonly filters?: readonly Filter[];
  /** Reference periods to compute beside the current one. Targets are always looked up. */
  readonly compare?: readonly ("previous" | "last_year")[];
  /** Consecutive periods of one grain that end with the current one. */
  readonly trend?: {readonly grain: Grain; readonly count: number};
}

const nothings = ["no_leads", "no_qualified_leads", "no_losses", "no_new_customers"] as const satisfies readonly Nothing[];

/**
 * Why there is no value: `not_in_data`, no source feeds it; `not_published`, it is fed and withheld; `not_reached`, too many
 * are still open for the quantile of a duration; `too_few`, fewer people than a correlation needs. Others from `no_target` on they are of target numbers: see targetNumber. New ones go last: pages are packed by position.
 */
export const reasons = ["zero_denominator", "no_rows", "not_in_data", "immature", "undefined", "incomplete", "no_rate", "suppressed", "not_published", "not_reached", "no_target", "less_is_better", "no_pace", "too_early", "no_days_left", "not_allocated", "too_few", "no_shape", ...nothings] as const;
export type Reason = (typeof reasons)[number];

export interface Cell {
  readonly value: number | null;
  /** Records the number rests on: denominators for rates, non-null values for sums and averages; 0 where suppressed. */
  readonly n: number;
  readonly numerator?: number | null;
  readonly denominator?: number | null;
  /** Share 0–1 of the records that have the needed column, where it is nullable. */
  readonly coverage?: number | null;
  /** Records without a date, counted at as-of only. */
  readonly undated?: number;
  /** Records whose amount is in a currency without a rate: left out. */
  readonly unrated?: number;
  /** Entities whose window has not passed, left out of the rate. */
  readonly inProgress?: number;
  /** Of a rate within a window that the data gave: that window. */
  readonly window?: MeasuredWindow;
  /** Of those a duration rests on, how many have not ended: they have lasted so long at least. */
  readonly censored?: number;
  /** Of a duration with a choice of estimators: Kaplan–Meier over all, or the quantile of those that have ended. */
  readonly estimator?: "kaplan_meier" | "ended";
  /** Of a number of amounts: share of the largest in their sum, where above 30 %. */
  readonly top?: number;
  /** Of a number of amounts: records with none, or with 0. */
  readonly empty?: number;
  /** 95 % interval: Wilson's of a proportion, the margin of error of a mean, the draws of what is expected. */
  readonly interval?: readonly [number, number];
  /** Of an expected value, how many open records were drawn for its interval. */
  readonly drawn?: number;
  readonly reason?: Reason;
  readonly target?: number | null;
  /** Where there is a goal for a number that adds up: sum of the goals one level down (see goalOf). */
  readonly allocated?: number;
}

export interface AnswerRow extends Cell {
  readonly metric: string;
  readonly role: Role;
  readonly period: Period;
  /** One member for each `by` dimension; null where records have no value. Empty in the total row. */
  readonly members: readonly (string | null)[];
  /** True in the row over all members. */
  readonly total: boolean;
}

export interface MissingData {
  readonly metric: string;
  /** Canonical columns that no source feeds; those that are fed and not published where these are all that is lacking. */
  readonly columns: readonly string[];
  readonly why: "not_in_data" | "not_published";
}

export interface Answer {
  readonly asOf: string;
  readonly question: Question;
  /** The current period as resolved. */
  readonly period: Period;
  /** Sorted: metric as asked, role, period, total first, then members. */
  readonly rows: readonly AnswerRow[];
  /** Filters or breakdowns that do not apply to a metric: it is shown without them, and said so. */
  readonly notApplied: readonly {readonly metric: string; readonly dimension: DimensionId}[];
  /** Metrics without their data. */
  readonly missing: readonly MissingData[];
  /** Where a row has `unrated`: the report's currencies without a rate. */
  readonly unrated?: readonly UnratedCurrency[];
}

/** One SQL statement with its bound values. */
export interface Statement {
  readonly sql: string;
  readonly params: readonly (string | number | boolean | null)[];
}

/** Runs a statement on either engine and returns plain rows: numbers, text, booleans, null; dates as ISO text. */
export type Run = (statement: Statement) => Promise<readonly Readonly<Record<string, unknown>>[]>;
