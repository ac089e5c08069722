// What is asked of a cohort, with everything that the declaration leaves to the reader decided.

import type {Cohort, CohortFirst, CohortGrain, CohortKey, CohortMeasure, CohortSpan} from "../../metrics/cohort.js";
import type {DimensionId} from "../../metrics/define.js";
import type {Filter, Period} from "../question.js";

/** What a share is of: the cohort itself, or who was there one age before. */
export type CohortBase = "first" | "previous";
export type CohortForm = "share" | "absolute";
/** Ages from `a` to `b`, both inclusive. */
export type Bracket = readonly [a: number, b: number];

/** What a reader may choose; where absent, what the cohort declares, else the first that it offers. */
export interface CohortChoices {
  readonly measure?: CohortMeasure;
  readonly grain?: CohortGrain;
  readonly key?: CohortKey;
  readonly span?: CohortSpan;
  readonly first?: CohortFirst;
  readonly base?: CohortBase;
  readonly form?: CohortForm;
  /** Of the measure `bracketed`: rising, not overlapping. */
  readonly brackets?: readonly Bracket[];
  /** Segments: a dimension at the start. */
  readonly by?: DimensionId;
  readonly filters?: readonly Filter[];
  /** Key of the period in which cohorts begin, as in a question; the latest ones where absent. */
  readonly range?: string;
}

/** What the cohort was asked by, all decided. */
export interface ResolvedChoices {
  readonly measure: CohortMeasure;
  readonly grain: CohortGrain;
  readonly key: CohortKey;
  readonly span: CohortSpan;
  readonly first: CohortFirst;
  readonly base: CohortBase;
  readonly form: CohortForm;
  readonly brackets: readonly Bracket[];
  readonly by: DimensionId | null;
  readonly filters: readonly Filter[];
  readonly range: Period;
}

/** What a reader may choose of a cohort in this report. */
export interface CohortOffer {
  readonly measures: readonly CohortMeasure[];
  readonly grains: readonly CohortGrain[];
  readonly spans: readonly CohortSpan[];
  readonly firsts: readonly CohortFirst[];
  /** Dimensions at the start: for lines, segments and filters. */
  readonly dimensions: readonly DimensionId[];
}

/** A cohort as it is to be run. Days are ISO text, `end` exclusive. */
export interface CohortPlan {
  readonly cohort: Cohort;
  readonly choices: ResolvedChoices;
  /** Days of the starts that count. */
  readonly start: string;
  readonly end: string;
  /** Last day that the data know about. */
  readonly asOf: string;
  /** 1 for Monday. */
  readonly weekStart: number;
}
