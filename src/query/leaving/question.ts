// What a page asks of the 90 days before customers leave: how they differ from those of customers who stay.

import type {DimensionId} from "../../metrics/define.js";
import type {Filter} from "../question.js";
import {tidyFilters} from "../state.js";

/** The months that end with the period's: enough of them that some have left. */
export interface LeavingQuestion {
  readonly period: string;
  readonly months: number;
  readonly filters: readonly Filter[];
}

/** Of the 90 days: tickets, complaints among them, use against the 90 days before, how good the answers were from 0 to 1. */
export const leavingSignals = ["complaints", "tickets", "usage", "satisfaction"] as const;
export type LeavingSignal = (typeof leavingSignals)[number];

export interface LeavingSide {
  /** Customers of whom the signal is known. */
  readonly n: number;
  readonly mean: number;
}

export interface LeavingDifference {
  readonly signal: LeavingSignal;
  readonly left: LeavingSide;
  readonly stayed: LeavingSide;
  /** Mean of those who left less that of those who stayed, with its 95 % interval (Welch); null under the fewest. */
  readonly difference: number | null;
  readonly interval: readonly [number, number] | null;
}

export interface LeavingTold {
  readonly days: {readonly start: string; readonly end: string};
  readonly asOf: string;
  readonly left: number;
  readonly stayed: number;
  /** Signals that the data has. */
  readonly signals: readonly LeavingDifference[];
  readonly notApplied: readonly DimensionId[];
  /** Customers that each side needs for a difference. */
  readonly fewest: number;
}

export const leavingMart = "fct_leaving";

/** Returns a text that is equal for questions with the same answer. */
export const leavingKey = ({period, months, filters}: LeavingQuestion): string => JSON.stringify([period, months, tidyFilters(filters).map(({dimension, values}) => [dimension, values])]);
