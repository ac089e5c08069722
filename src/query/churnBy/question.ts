// What a page asks of those who stood at the start: how many of them left, by what they were then; and what came and was renewed.

import type {DimensionId} from "../../metrics/define.js";
import type {Filter, Period} from "../question.js";
import {tidyFilters} from "../state.js";

/** What a customer was on the day before: plan of its largest subscription, days since it first paid, what it paid a month. */
export const churnTraits = ["plan", "tenure", "size"] as const;
export type ChurnTrait = (typeof churnTraits)[number];

/** Days since the first paid day at which a band of tenure begins. */
export const tenureLimits = [0, 90, 180, 365, 730] as const;

export interface ChurnByQuestion {
  readonly by: ChurnTrait;
  readonly period: string;
  /** So many months up to the period's end, in place of the period. */
  readonly months?: number;
  readonly filters: readonly Filter[];
}

export interface ChurnByMember {
  /** The plan; of a band its place, "0" the lowest; null for no plan, or a revenue that is not known. */
  readonly member: string | null;
  readonly start: number;
  readonly lost: number;
  readonly mrrStart: number;
  readonly mrrChurn: number;
  readonly mrrContraction: number;
  readonly mrrExpansion: number;
  /** What is paid on the last day by those who were not there on the day before: by what they are on the last day. Null where single customers are not told. */
  readonly mrrCame: number | null;
  /** Contracts whose term ended in these days and that had the days of grace, and those of them renewed: by what their customer was on the day before the term ended. Null where contracts are not in the data, where a filter does not know them, and where single customers are not told. */
  readonly renewals: {readonly due: number; readonly renewed: number} | null;
  /** Too few for numbers: these are 0 then. */
  readonly suppressed?: true;
}

export interface ChurnByTold {
  readonly by: ChurnTrait;
  readonly period: Period;
  /** Days between which they are compared: the first, and the day after the last. */
  readonly days: {readonly start: string; readonly end: string};
  readonly asOf: string;
  /** Where bands of revenue or tenure begin. */
  readonly limits: readonly number[];
  readonly all: ChurnByMember;
  /** Bands in order, plans by how many had them. Together they are `all`. */
  readonly members: readonly ChurnByMember[];
  readonly notApplied: readonly DimensionId[];
  /** The days begin before the records do. */
  readonly truncated: boolean;
}

/** Returns a text that is equal for questions with the same answer. */
export const churnByKey = ({by, period, months, filters}: ChurnByQuestion): string => JSON.stringify([by, period, months ?? 0, tidyFilters(filters).map(({dimension, values}) => [dimension, values])]);
