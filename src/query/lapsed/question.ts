// What a page asks of customers without a contract: who counts as lost, by how long they have not ordered, and who came back.

import type {DimensionId} from "../../metrics/define.js";
import type {LossRule} from "../../metrics/purchases.js";
import type {Filter} from "../question.js";
import {tidyFilters} from "../state.js";

export interface LapsedQuestion {
  /** Of its last day all is told, as far as as-of; losses and returns of the months up to it. */
  readonly period: string;
  readonly months: number;
  readonly filters: readonly Filter[];
  /** At most so many lines of the log. */
  readonly limit: number;
}

export interface LapsedSegment {
  readonly segment: string | null;
  /** Days without an order after which one of the segment counted as lost, the median; null where nobody has been. */
  readonly days: number | null;
  readonly customers: number;
  /** By the rule, on the day. */
  readonly lost: number;
  /** With a chance of still buying below the rule's, as of as-of; null where no model holds. */
  readonly unlikely: number | null;
  /** Too few for numbers: these are 0 then. */
  readonly suppressed?: true;
}

export interface LapsedEntry {
  /** Its number in the report. */
  readonly customer: number;
  /** The id that its CRM knows it by; null where ids are not published. */
  readonly record: string | null;
  readonly lostOn: string;
  /** The day it ordered again; null while it is lost. */
  readonly backOn: string | null;
}

export interface LapsedTold {
  readonly day: string;
  readonly days: {readonly start: string; readonly end: string};
  readonly asOf: string;
  readonly rule: LossRule;
  /** Whether a model holds that tells the chance of still buying; without one the gap stands. */
  readonly hasModel: boolean;
  readonly segments: readonly LapsedSegment[];
  /** Losses and returns in the days. */
  readonly lost: number;
  readonly back: number;
  /** Returns first, then losses, each the newest first; null where single customers are not told. */
  readonly log: readonly LapsedEntry[] | null;
  readonly notApplied: readonly DimensionId[];
}

export const lapsedMart = "fct_customer_span";
export const lapsedNeeds = ["sales_order.account_id", "sales_order.ordered_at"] as const;

/** Returns a text that is equal for questions with the same answer. */
export const lapsedKey = ({period, months, filters, limit}: LapsedQuestion): string => JSON.stringify([period, months, tidyFilters(filters).map(({dimension, values}) => [dimension, values]), limit]);
