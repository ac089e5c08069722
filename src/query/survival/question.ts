// What a page asks of how long customers stay: Kaplan–Meier curves, of all and by a dimension.

import type {DimensionId} from "../../metrics/define.js";
import {lifetimeNeeds, type SurvivalId} from "../../metrics/survival.js";
import type {Manifest} from "../manifest.js";
import type {Filter} from "../question.js";
import {tidyFilters} from "../state.js";

export interface SurvivalQuestion {
  readonly id: SurvivalId;
  readonly by?: DimensionId;
  readonly filters?: readonly Filter[];
  /** Days up to which the restricted mean is taken; of those declared the longest with enough at risk where absent. */
  readonly horizon?: number;
  /** What comes after fewer are at risk is not told; 10 where absent. */
  readonly least?: number;
  /** At most so many points a curve, the last of each run of days; all where absent. */
  readonly points?: number;
}

/** An age in days at which someone left. */
export interface SurvivalPoint {
  readonly age: number;
  /** Just before that age. */
  readonly atRisk: number;
  readonly losses: number;
  /** Share that stays beyond that age, and its 95 % band (log-log, Greenwood); no band at 1 and 0. */
  readonly surviving: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** Ages (from, to], the first with 0. */
export interface HazardBand {
  readonly from: number;
  readonly to: number;
  /** Those seen in it at all. */
  readonly customers: number;
  readonly losses: number;
  /** What all of them spent in it together. */
  readonly months: number;
  /** Losses ÷ months, and its 95 % interval; no interval without losses. */
  readonly rate: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** The area below the curve up to the horizon, in days, with its 95 % interval. */
export interface RestrictedMean {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What is left of the days of a stay up to a horizon when each month is discounted to the first day, with its 95 % interval. */
export interface DiscountedStay {
  readonly horizon: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface SurvivalCurve {
  readonly member: string | null;
  readonly customers: number;
  readonly losses: number;
  /** The last age with enough at risk, there and wherever somebody left before; null where there never are. */
  readonly end: number | null;
  /** The first age at which half or fewer stay, and the 95 % interval of that age; null is not reached up to `end`. */
  readonly median: number | null;
  readonly medianLow: number | null;
  readonly medianHigh: number | null;
  /** Null where too few are at risk at the horizon. */
  readonly mean: RestrictedMean | null;
  /** Up to the longest of the horizons that this curve reaches; null where it reaches none. */
  readonly discounted: DiscountedStay | null;
  /** What one pays a month, on average over its stay; null where nobody's is known. */
  readonly monthlyValue: number | null;
  readonly points: readonly SurvivalPoint[];
  /** Who is at risk at the ages of the told `marks`. */
  readonly atRisk: readonly number[];
  readonly hazard: readonly HazardBand[];
  /** Too few for numbers: they are 0 or absent then. */
  readonly suppressed?: true;
}

export interface LogRank {
  readonly chiSquare: number;
  readonly df: number;
  readonly p: number;
  readonly groups: readonly {readonly member: string | null; readonly observed: number; readonly expected: number}[];
}

export interface SurvivalTold {
  readonly id: SurvivalId;
  readonly asOf: string;
  readonly least: number;
  /** Customers first observed later than they began, and those who had left before. */
  readonly late: number;
  readonly leftOut: number;
  /** Days; null where too few are at risk for any. */
  readonly horizon: number | null;
  /** Ages in days at which the number at risk is told. */
  readonly marks: readonly number[];
  readonly total: SurvivalCurve;
  readonly by?: DimensionId;
  /** The largest first; none where nothing is asked by. */
  readonly curves: readonly SurvivalCurve[];
  /** Null without two groups that differ in anything; absent where nothing is asked by. */
  readonly logRank?: LogRank | null;
  readonly notApplied: readonly DimensionId[];
}

/** Returns whether some source says how long customers stay. */
export const isSurvivalFed = ({fed}: Pick<Manifest, "fed">): boolean => lifetimeNeeds.some((column) => fed.includes(column));

/** Returns a text that is equal for questions with the same answer. */
export const survivalKey = ({id, by, filters = [], horizon, least, points}: SurvivalQuestion): string =>
  JSON.stringify([id, by ?? 0, tidyFilters(filters).map(({dimension, values}) => [dimension, values]), horizon ?? 0, least ?? 0, points ?? 0]);

/** Returns the share that stays beyond an age; null where the curve does not reach so far. */
export function survivingAt({points, end}: Pick<SurvivalCurve, "points" | "end">, age: number): SurvivalPoint | {readonly surviving: number; readonly low: null; readonly high: null} | null {
  if (end === null || age > end) return null;
  return points.filter((point) => point.age <= age).at(-1) ?? {surviving: 1, low: null, high: null};
}
