// What a page asks of the customers' health: how they stand, what became of those who were scored before, and who is to be looked at.

import {healthFar, type HealthInput} from "../../metrics/health.js";
import type {DimensionId} from "../../metrics/define.js";
import type {Filter} from "../question.js";
import {tidyFilters} from "../state.js";

export const healthMart = "fct_customer_health_span";

/** From the worst to the best; who is in none is too little known. */
export const healthBandIds = ["red", "amber", "green"] as const;
export type HealthBandId = (typeof healthBandIds)[number];
export const healthGroups = [...healthBandIds, "none"] as const;
export type HealthGroup = (typeof healthGroups)[number];

/** Months of scores that a list shows of each customer. */
export const scoreMonths = 13;

/** Customers at risk as they stand; those whose score fell over a month, or over three. */
export const healthLists = ["at_risk", "fell_1", "fell_3"] as const;
export type HealthListId = (typeof healthLists)[number];

export interface HealthQuestion {
  readonly filters: readonly Filter[];
  /** Also list customers: at most `limit`. */
  readonly list?: {readonly id: HealthListId; readonly limit: number};
}

/** Customers of one band on the as-of day. */
export interface HealthBand {
  readonly band: HealthGroup;
  readonly customers: number;
  /** What they pay a month; those without a rate pay nothing here. */
  readonly mrr: number;
  /** Mean share of the inputs' weight that is known. */
  readonly confidence: number;
  /** Too few for numbers: these are 0 then. */
  readonly suppressed?: true;
}

/** One input over all customers of the as-of day. */
export interface HealthInputState {
  readonly input: HealthInput;
  readonly weight: number;
  /** Of how many customers it is known. */
  readonly known: number;
  /** Mean of its scores; null where it is known of nobody, or of too few. */
  readonly mean: number | null;
}

/**
 * What a band says of leaving, beside the next better one that has scorings: more of it leave and the intervals are apart;
 * more leave, but the intervals meet; not more leave. The best band is compared with none, and one of few scorings is not judged.
 */
export type HealthVerdict = "predicts" | "unsure" | "fails" | "best" | "few";

/** What became of those who were scored in one band at month ends. */
export interface HealthOutcome {
  readonly band: HealthGroup;
  /** Customers times month ends. */
  readonly scorings: number;
  readonly customers: number;
  /** Scorings after which the customer left within `healthHorizon` days. */
  readonly lost: number;
  readonly rate: number | null;
  /** 95 % Wilson interval of so many scorings as have windows apart: `scorings` over `overlapping`. */
  readonly interval: readonly [low: number, high: number] | null;
  /** Null for those in no band. */
  readonly verdict: HealthVerdict | null;
  readonly suppressed?: true;
}

export interface HealthReplay {
  /** Month ends, the first and the last; null without any. */
  readonly from: string | null;
  readonly to: string | null;
  readonly days: number;
  /** Those with scorings, the worst first. */
  readonly bands: readonly HealthOutcome[];
}

/** An input that fell between two scorings, on its own scale; `from` is null where nothing was known of it before. */
export interface InputChange {
  readonly input: HealthInput;
  readonly from: number | null;
  readonly to: number;
}

export interface HealthMember {
  /** Its number in the report. */
  readonly customer: number;
  /** The id that its CRM knows it by; null where ids are not published. */
  readonly record: string | null;
  readonly band: HealthGroup;
  readonly score: number | null;
  readonly confidence: number;
  /** A month; null without a rate. */
  readonly mrr: number | null;
  /** Until the last signed term ends: `healthFar` for as many and more, 0 where it has ended; null without a term. */
  readonly daysLeft: number | null;
  /** In the red band; else the term ends soon and nobody was in touch. */
  readonly why: "red" | "silent" | null;
  readonly owner: string | null;
  /** The score that held a month and three months before; null where there was none. */
  readonly before: {readonly month: number | null; readonly quarter: number | null};
  /** What pulled the score down since the day that the list compares with, the largest pull first. */
  readonly fell: readonly InputChange[];
  /** Scores on the last days of the list's `months`. */
  readonly scores: readonly (number | null)[];
}

export interface HealthList {
  readonly id: HealthListId;
  /** How many there are in all. */
  readonly count: number;
  /** What all of them pay a month. */
  readonly mrr: number;
  /** The day whose scores the inputs are compared with. */
  readonly since: string;
  /** Days of scoring, the oldest first. */
  readonly months: readonly string[];
  readonly hasOwner: boolean;
  readonly entries: readonly HealthMember[];
}

export interface HealthTold {
  readonly asOf: string;
  readonly customers: number;
  readonly mrr: number;
  /** Customers whose currency has no rate. */
  readonly unrated: number;
  readonly confidence: number | null;
  /** Those with customers, the worst first. */
  readonly bands: readonly HealthBand[];
  readonly inputs: readonly HealthInputState[];
  readonly replay: HealthReplay;
  readonly notApplied: readonly DimensionId[];
  /** Null where customers may not be listed; absent where it was not asked for. */
  readonly list?: HealthList | null;
}

/** Returns the days until the term ends from the score of the input: loaders/marts/int_health_input.sql says how it is scored. */
export const daysLeftOf = (renewal: number | null): number | null => (renewal === null ? null : Math.round((renewal * healthFar) / 100));

/** Returns a text that is equal for questions with the same answer. */
export const healthKey = ({filters, list}: HealthQuestion): string =>
  JSON.stringify([tidyFilters(filters).map(({dimension, values}) => [dimension, values]), list ? [list.id, list.limit] : 0]);
