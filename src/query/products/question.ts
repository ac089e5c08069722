// Questions about which products customers buy one after the other, and which they have not bought yet; and their answers.

import type {DimensionId} from "../../metrics/define.js";
import type {Manifest} from "../manifest.js";
import type {Filter} from "../question.js";
import {tidyFilters} from "../state.js";

export const productLevels = ["product", "family"] as const;
export type ProductLevel = (typeof productLevels)[number];

/** One row a customer, level and item: the first purchase of it. */
export const productMart = "fct_product_start";

/** What a product is read from: either will do. */
export const productNeeds = ["order_line.product_id", "opportunity.product_id", "opportunity_line.product_id"] as const;
export const familyNeed = "product.family";

/** Returns the levels that the exports feed: products, and families where they are known. */
export function fedLevels({fed, marts}: Pick<Manifest, "fed" | "marts">): ProductLevel[] {
  const named = marts.some(({name}) => name === productMart) && productNeeds.some((need) => fed.includes(need));
  return productLevels.filter((level) => named && (level === "product" || fed.includes(familyNeed)));
}

/** Days within which a further product counts where nobody says otherwise. */
export const usualWindow = 365;

/** Customers below which a rate is grey, is not ranked and makes no title; customers alike below which nothing is said of white space. */
export const leastCustomers = 30;

/** Share of the customers alike that bought an item, from which on it is white space of the others. */
export const leastShare = 0.1;

/** What follows which (`next`), or what customers lack that others like them have (`white_space`). */
export interface ProductQuestion {
  readonly ask: "next" | "white_space";
  readonly level: ProductLevel;
  /** Days within which the next product counts; of `next`. */
  readonly window?: number;
  readonly filters?: readonly Filter[];
  /** Most pairs, or most lines of the list of accounts. */
  readonly limit: number;
}

/** Of customers who bought `from` at least a window ago and did not have `to` by that day: how many bought it within the window. */
export interface NextPair {
  readonly from: string;
  readonly to: string;
  /** Customers who bought `from` a window ago or more. */
  readonly buyers: number;
  /** Of these, who had `to` already, and who bought it on the same day. */
  readonly before: number;
  readonly together: number;
  /** The rest: who could buy it later. */
  readonly n: number;
  readonly followed: number;
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  /** Median days from `from` to `to`, of those who followed. */
  readonly days: number | null;
  /** The same rate after any product: what `to` is bought by anyway. */
  readonly base: number;
  /** rate ÷ base: above 1 where `from` leads to `to`. */
  readonly lift: number | null;
  /** On fewer customers than a rate can be told by. */
  readonly small: boolean;
}

export interface NextProducts {
  readonly ask: "next";
  readonly level: ProductLevel;
  readonly window: number;
  readonly asOf: string;
  /** Customers with a purchase, and those watched for a window since their first. */
  readonly customers: number;
  readonly mature: number;
  /** Sound ones by rate, then small ones. */
  readonly pairs: readonly NextPair[];
  /** Pairs that happened, also those beyond the limit. */
  readonly count: number;
  /** Pairs of small groups that are not shown. */
  readonly hidden: number;
  readonly notApplied: readonly DimensionId[];
}

/** An item that enough customers of a segment bought, and how many of the segment have not. */
export interface SpaceOffer {
  readonly segment: string | null;
  readonly item: string;
  /** Customers of the segment, and those of them who bought the item. */
  readonly n: number;
  readonly bought: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
  /** Median of what the first purchase of the item came to in the segment. */
  readonly value: number;
  /** share × value, for each that has not bought it. */
  readonly expected: number;
  /** Customers who have not, and what is expected of all of them. */
  readonly open: number;
  readonly total: number;
}

/** One customer and an item that it has not bought. */
export interface SpaceEntry {
  readonly customer: number;
  /** The CRM's id; null where it is not published. */
  readonly record: string | null;
  readonly segment: string | null;
  readonly item: string;
  readonly share: number;
  readonly expected: number;
  /** Its last purchase. */
  readonly lastDay: string;
}

export interface WhiteSpace {
  readonly ask: "white_space";
  readonly level: ProductLevel;
  readonly asOf: string;
  readonly customers: number;
  /** Customers of a segment, and share of them that bought, from which on something is white space of the others. */
  readonly least: {readonly customers: number; readonly share: number};
  /** By what is expected of all, the most first. */
  readonly offers: readonly SpaceOffer[];
  readonly expected: number;
  /** The most expected first, then who bought last. Null where small groups have no numbers. */
  readonly entries: readonly SpaceEntry[] | null;
  /** Customer and item, in all. */
  readonly count: number;
  readonly notApplied: readonly DimensionId[];
}

export type ProductTold = NextProducts | WhiteSpace;

/** Answers of a page, by the keys of their questions. */
export type PackedProducts = readonly (readonly [key: string, told: ProductTold])[];

/** Returns a text that is equal for questions with the same answer. */
export const productKey = ({ask, level, window = usualWindow, filters = [], limit}: ProductQuestion): string =>
  JSON.stringify([ask, level, ask === "next" ? window : 0, tidyFilters(filters).map(({dimension, values}) => [dimension, values]), limit]);
