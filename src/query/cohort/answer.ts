// What a cohort answers: plain data that can be stored as JSON.

import type {Cohort} from "../../metrics/cohort.js";
import type {DimensionId} from "../../metrics/define.js";
import type {ResolvedChoices} from "./plan.js";

/** Whether all of a cohort are that old (`whole`), a part of them or of the period only (`part`), or nobody is by as-of (`later`). */
export type CellState = "whole" | "part" | "later";

/** A cohort at one age. */
export interface CohortCell {
  /** Age in periods, 0 for that of the start; the first of a bracket. */
  readonly period: number;
  /** Last age of a bracket. */
  readonly to?: number;
  readonly state: CellState;
  /** Customers for whom the measure holds; of money, those who are back. Null where there is no number. */
  readonly active: number | null;
  /** Customers who are that old: what a share is of. */
  readonly observed: number;
  /** In the unit of the answer; null where there is no number. */
  readonly value: number | null;
  /** Wilson's 95 % interval, of shares of customers. */
  readonly low?: number;
  readonly high?: number;
  /** Too few customers to be told. */
  readonly suppressed?: true;
}

export interface CohortLine {
  /** First day of the period of the start; of lines by a dimension the member, "" where there is none. */
  readonly key: string;
  /** The segment, or the member of a line by a dimension; null for none, and in the lines of all. */
  readonly member: string | null;
  readonly size: number;
  /** Revenue of the first period, in the report's currency; null where there is none. */
  readonly base: number | null;
  /** Its period still runs on as-of: more may begin. */
  readonly isCurrent: boolean;
  /** The records begin inside it, so that customers of old look new. */
  readonly isTruncated: boolean;
  readonly cells: readonly CohortCell[];
  /** Of the measure `payback`: the first age at which profit per customer reaches the cost of winning one; null for not yet, or where that is not known. */
  readonly paybackPeriod?: number | null;
  readonly cac?: number | null;
  readonly suppressed?: true;
}

/** Cohorts of one member. */
export interface CohortSegment {
  readonly member: string | null;
  readonly size: number;
  readonly average: readonly CohortCell[];
  readonly lines: readonly CohortLine[];
  readonly suppressed?: true;
}

/** What the cells come from: counted beforehand, or each event looked at. */
export type CohortSource = "tally" | "events";

export interface CohortAnswer {
  readonly cohort: Cohort;
  readonly choices: ResolvedChoices;
  readonly unit: "share" | "money" | "count";
  readonly asOf: string;
  /** Of periods the oldest first; of members those with most customers first. Periods in which nobody begins have no line. */
  readonly lines: readonly CohortLine[];
  /** Weighted by size, of whole cells only; of lines by a dimension, over all of them. Its ages are those that some cohort has whole. */
  readonly average: readonly CohortCell[];
  /** With a breakdown; those with most customers first. */
  readonly segments?: readonly CohortSegment[];
  /** Filters, breakdowns or keys that its events do not carry: it is shown without them. */
  readonly notApplied: readonly DimensionId[];
  readonly source: CohortSource;
}

/** One of a cell. Days are ISO text. */
export interface CohortMember {
  /** Number of the customer in the marts. */
  readonly customer: number;
  /** The CRM's id of the account; null where ids are not published. */
  readonly record: string | null;
  readonly started: string;
  /** Day on which it was last back; that of the start where it never was. */
  readonly lastEvent: string;
  /** Revenue up to the age, in the report's currency; null where there is none. */
  readonly value: number | null;
  /** Not back after the age: who is in the cell and has left since, or had left by then. */
  readonly hasLeft: boolean;
}

export interface CohortList {
  /** How many there are in all. */
  readonly count: number;
  /** How many of all have left. */
  readonly left: number;
  /** The largest value first. */
  readonly entries: readonly CohortMember[];
}

/** A cell whose customers are asked for: `in`, for whom the measure holds (of money, who is back); `out`, the others who are that old. */
export interface CohortSpot {
  /** Key of the line. */
  readonly line: string;
  /** The segment, where the line is one of a segment. */
  readonly member?: string | null;
  readonly period: number;
  readonly who?: "in" | "out";
}
