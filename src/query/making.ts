// How a metric is made, as the build knows it: statements, where its records come from, checks, what changed.

import type {Status} from "../metrics/define.js";
import type {Period, Statement} from "./question.js";

/** A canonical table behind a mart. */
export interface TableUse {
  readonly table: string;
  /** Columns of it without which the metric has no number; alternatives as "a|b". None where the mart reads it for other things. */
  readonly columns: readonly string[];
  /** Files of the newest exports that feed it; none where no source does. */
  readonly files: readonly {readonly file: string; readonly kept: number}[];
}

export interface MartUse {
  readonly mart: string;
  /** What one row is. */
  readonly grain: string;
  /** Those with needed columns first. */
  readonly tables: readonly TableUse[];
}

/** A version of a metric's formula. */
export interface FormulaVersion {
  readonly version: number;
  /** ISO date. */
  readonly since: string;
}

export interface Making {
  /** What answers the metric from the records in the report's default period; none without its data. */
  readonly statements: readonly Statement[];
  /** Of a target number: the KPI whose goal the statements read, and the period; absent where no KPI has one. */
  readonly of?: {readonly metric: string; readonly period: Period};
  readonly lineage: readonly MartUse[];
  /** Files of the independent checks. */
  readonly checks: readonly string[];
  /** As declared; exploratory where there is no check, or where the formula is not the one that was recorded. */
  readonly status: Status;
  /** Oldest first; the last is the one in use. */
  readonly versions: readonly FormulaVersion[];
}
