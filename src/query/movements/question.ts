// What a page asks of the ledger behind the waterfall of recurring revenue: whose revenue moved in a period, how, and when.

import type {DimensionId} from "../../metrics/define.js";
import type {Filter, Period} from "../question.js";
import {tidyFilters} from "../state.js";

export interface MovementsQuestion {
  readonly period: string;
  readonly filters: readonly Filter[];
  /** At most so many lines. */
  readonly limit: number;
}

/** Moves of the waterfall, in its order. */
export const mrrMoves = ["new", "expansion", "reactivation", "contraction", "churn", "rates"] as const;
export type MrrMove = (typeof mrrMoves)[number];

export interface MovementEntry {
  /** Its number in the report. */
  readonly customer: number;
  /** The id that its CRM knows it by; null where ids are not published. */
  readonly record: string | null;
  readonly move: MrrMove;
  /** Monthly revenue on the day before the period, and on its last. */
  readonly before: number;
  readonly after: number;
  /** What its bar has of it: below 0 where revenue fell. What rates make of a customer is a line of its own. */
  readonly difference: number;
  /** Of the subscription that is worth most: before, or at the end. Null where plans are not in the data. */
  readonly planBefore: string | null;
  readonly planAfter: string | null;
  /** The last day in the period on which one of its subscriptions changed; of those that came, the day they came. */
  readonly day: string;
  /** In a currency without a rate: not in the values. */
  readonly unrated?: true;
}

export interface MovementsTold {
  readonly period: Period;
  readonly asOf: string;
  /** How many there are of each move, and what they come to: below 0 where revenue fell. In the order of the bars. */
  readonly sums: readonly {readonly move: MrrMove; readonly count: number; readonly difference: number}[];
  /** The largest first; null where single customers are not told. */
  readonly entries: readonly MovementEntry[] | null;
  readonly notApplied: readonly DimensionId[];
}

/** Returns a text that is equal for questions with the same answer. */
export const movementsKey = ({period, filters, limit}: MovementsQuestion): string => JSON.stringify([period, tidyFilters(filters).map(({dimension, values}) => [dimension, values]), limit]);
