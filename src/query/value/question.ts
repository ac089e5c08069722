// The question what customers are expected to be worth, and how well the model of it predicts; and its answer.

import type {DimensionId} from "../../metrics/define.js";
import type {Manifest} from "../manifest.js";
import type {Filter} from "../question.js";
import {tidyFilters} from "../state.js";

/** One row: the fit. One row a customer: what it expects. Rows by kind: what was held out. */
export const valueMarts = {model: "dim_value_model", customer: "fct_customer_value", holdOut: "dim_value_holdout"} as const;

export const valueNeeds = ["sales_order.order_date", "sales_order.account_id"] as const;

/** Fewer tell nothing of how customers differ. */
export const fewest = {customers: 300, repeaters: 30} as const;

/**
 * Gamma-Gamma takes the value of a purchase to tell nothing of how often its customer buys. The paper of the CDNOW customers takes 0.11 for
 * near enough to 0; at 0.3 one explains 9 % of how the other varies, and values of the best customers are off in one direction.
 */
export const mostCorrelation = 0.3;

/** Of more customers as many are fitted, evenly spread. */
export const mostFitted = 20_000;

/** Days without which the rest of a log tells nothing of a fit to its first part. */
export const shortestRest = 60;

/** Customers below which a mean is grey and makes no title. */
export const leastCustomers = 30;

/** What the words of the fit name. */
export const valueLimits = {...fewest, correlation: mostCorrelation, fitted: mostFitted, days: shortestRest, group: leastCustomers} as const;

/** Why there is no estimate. */
export type NoEstimate = "too_few_customers" | "no_fit" | "no_mean" | "correlated";

/** Why nothing is held out. */
export type NoHoldOut = "too_few_customers" | "too_short" | "no_fit";

export interface ValueQuestion {
  /** Of the customers whose expected value is summed; fit and hold-out are of all. */
  readonly filters?: readonly Filter[];
}

export interface Compared {
  readonly expected: number;
  readonly observed: number;
}

/** What is expected of the customers that the filters leave. */
export interface ExpectedValue {
  readonly customers: number;
  /** Sum of their chances to still buy. */
  readonly alive: number;
  /** In the next 12 and 24 months, in all. */
  readonly purchases: readonly [number, number];
  /** Discounted gross profit of these; null where no cost is known. */
  readonly value: readonly [number | null, number | null];
}

export interface HeldOut {
  readonly reason: NoHoldOut | null;
  /** Last day of the part that is fitted. */
  readonly until: string;
  /** Customers with a purchase in that part, and those of them who came back in it. */
  readonly customers: number;
  readonly repeaters: number;
  /** Purchases of these in the rest; null where nothing is held out. */
  readonly total: Compared | null;
  /** The same up to and with each day. */
  readonly months: readonly (Compared & {readonly day: string})[];
  /** Mean purchases of a customer in the rest, by repeats in the first part; the last takes all from there on. */
  readonly byRepeats: readonly (Compared & {readonly repeats: number; readonly customers: number})[];
}

export interface ValueTold {
  readonly asOf: string;
  readonly reason: NoEstimate | null;
  /** Customers that the model is of, and those of them who came back. */
  readonly customers: number;
  readonly repeaters: number;
  /** Of repeats with their mean value. */
  readonly correlation: number | null;
  readonly margin: number | null;
  readonly discount: number;
  readonly atEdge: "rates" | "chances" | "both" | null;
  readonly spendingAtEdge: "purchases" | "customers" | "both" | null;
  /** Null where there is no estimate, and of groups too small to be told. */
  readonly expected: ExpectedValue | null;
  readonly isHidden: boolean;
  readonly heldOut: HeldOut;
  readonly notApplied: readonly DimensionId[];
  readonly limits: typeof valueLimits;
}

/** Answers of a page, by the keys of their questions. */
export type PackedValues = readonly (readonly [key: string, told: ValueTold])[];

/** Returns a text that is equal for questions with the same answer. */
export const valueKey = ({filters = []}: ValueQuestion): string => JSON.stringify(tidyFilters(filters).map(({dimension, values}) => [dimension, values]));

/** Returns whether the report has customers with purchases. */
export const isValueFed = ({marts}: Pick<Manifest, "marts">): boolean => Object.values(valueMarts).every((mart) => marts.some(({name}) => name === mart));
