// Quotes: how many, by how many people, and how many are ordered from.

import {conversion, ratio, simple, type Metric} from "./define.js";
import {activeOwners} from "./owners.js";

const described = {
  owner: "head of sales", status: "checked", version: 1, since: "2026-11-22", page: "sales", direction: "up", dateRule: "E", processStage: "closing"
} as const;
const quoted = {
  ...described, mart: "fct_quote", time: "created_date", dimensions: ["region", "team", "owner", "source", "product", "segment"], needs: ["quote.created_at"]
} as const;

export const quotesCreated = simple({...quoted, id: "quotes_created", unit: "count", aggregate: {fn: "count"}});

export const quotesPerOwner = ratio({
  ...described, id: "quotes_per_owner", unit: "ratio", needs: [...quoted.needs, ...activeOwners.needs], numerator: quotesCreated, denominator: activeOwners
});

export const quoteToOrderRate = conversion({
  ...quoted, id: "quote_to_order_rate", unit: "percent", dateRule: "C", needs: [...quoted.needs, "quote.ordered_at|sales_order.quote_id"],
  conversion: "ordered_date", window: 90
});

export const quotesExpired = simple({
  ...quoted, id: "quotes_expired", unit: "count", direction: "down", time: "expired_date", needs: [...quoteToOrderRate.needs, "quote.expires_on"],
  aggregate: {fn: "count"}
});

/** In reading order. */
export const quotes: readonly Metric[] = [quotesCreated, quotesPerOwner, quoteToOrderRate, quotesExpired];
