// What a page asks of concentration: how much of the revenue of a period how few customers bring.

import type {DimensionId} from "../../metrics/define.js";
import type {Filter} from "../question.js";
import {tidyFilters} from "../state.js";

export interface ConcentrationQuestion {
  readonly period: string;
  readonly filters: readonly Filter[];
}

/** The customers with the largest revenue: `percent` of all, rounded up to whole ones, and what they bring. */
export interface ConcentrationPoint {
  readonly percent: number;
  readonly customers: number;
  readonly revenue: number;
}

export interface ConcentrationTold {
  readonly asOf: string;
  /** Customers whose orders of the period are worth more than what they returned in it. */
  readonly customers: number;
  readonly revenue: number;
  /** Those left out, who returned as much as they bought or more, and what their revenue comes to. */
  readonly others: number;
  readonly othersRevenue: number;
  /** Orders that name no customer: they are in nobody's revenue. */
  readonly nobody: number;
  /** 0 where all bring alike, towards 1 where one brings all; null without revenue. */
  readonly gini: number | null;
  /** At every percent, the smallest first; without those that would tell of a small group. */
  readonly points: readonly ConcentrationPoint[];
  readonly notApplied: readonly DimensionId[];
  /** Too few for numbers. */
  readonly suppressed?: true;
}

/** Returns a text that is equal for questions with the same answer. */
export const concentrationKey = ({period, filters}: ConcentrationQuestion): string =>
  JSON.stringify([period, tidyFilters(filters).map(({dimension, values}) => [dimension, values])]);
