// What becomes of leads: qualified, converted, won, lost or still open, and how long it takes.

import {balance, conversion, ratio, simple, type Metric} from "./define.js";
import {newLeads} from "./leads.js";

const described = {
  owner: "head of marketing", status: "checked", version: 1, since: "2026-11-22", page: "leads",
  direction: "up", processStage: "lead_management"
} as const;
const counted = {
  ...described, mart: "fct_lead", dimensions: ["region", "team", "owner", "source", "last_source", "product", "segment"]
} as const;
/** By the day the lead was created, and only once its window has passed. */
const cohort = {...counted, unit: "percent", dateRule: "C", time: "created_date"} as const;
const conversionNeeds = ["lead.created_at", "lead.converted_at"] as const;

export const leadQualificationRate = conversion({
  ...cohort, id: "lead_qualification_rate", variant: "standard", processStage: "qualification",
  needs: ["lead.created_at", "lead.qualified_at"], conversion: "qualified_or_later_date", window: 90
});

export const leadQualificationRateDisqualified = conversion({
  ...cohort, id: "lead_qualification_rate_disqualified", variantOf: "lead_qualification_rate", variant: "disqualified",
  direction: "down", processStage: "qualification", needs: ["lead.created_at", "lead.qualified_at", "lead.lost_at"],
  conversion: "disqualified_date", window: 90
});

export const leadConversionRate = conversion({
  ...cohort, id: "lead_conversion_rate", variant: "standard", needs: conversionNeeds, conversion: "converted_date", window: 90
});

export const leadConversionRateOpportunity = conversion({
  ...cohort, id: "lead_conversion_rate_opportunity", variantOf: "lead_conversion_rate", variant: "opportunity",
  needs: ["lead.created_at", "lead.converted_opportunity_id", "opportunity.created_at"], conversion: "opportunity_date", window: 90
});

export const leadConversionRatePurchase = conversion({
  ...cohort, id: "lead_conversion_rate_purchase", variantOf: "lead_conversion_rate", variant: "purchase",
  needs: ["lead.created_at", "lead.converted_account_id", "sales_order.order_date"], conversion: "purchase_date", window: 90
});

const closed = {...counted, unit: "count", dateRule: "E", time: "closed_date", aggregate: {fn: "count"}} as const;
const state = (of: string) => [{column: "state", is: "=", values: [of]}] as const;

export const leadsWon = simple({...closed, id: "leads_won", variant: "standard", needs: ["lead.converted_at"], where: state("won")});

/** Of spans: a loss that was taken back was one all the same. */
export const leadsLost = simple({
  ...closed, id: "leads_lost", variant: "standard", direction: "down", needs: ["lead.lost_at"], mart: "fct_lead_span", time: "given_up_date",
  where: state("lost"), dimensions: [...counted.dimensions, "reason"]
});

export const leadConversionRatePeriod = ratio({
  ...described, id: "lead_conversion_rate_period", variantOf: "lead_conversion_rate", variant: "period", unit: "percent",
  dateRule: "E", needs: conversionNeeds, numerator: leadsWon, denominator: newLeads
});

export const leadCloseRate = conversion({
  ...cohort, id: "lead_close_rate", processStage: "closing",
  needs: ["lead.created_at", "lead.converted_opportunity_id", "opportunity.state"], conversion: "won_date", window: 180
});

const time = {...counted, unit: "days", direction: "down", needs: conversionNeeds} as const;
/** By the day of the conversion: whoever converts late is not missing from recent periods. */
const converted = {...time, dateRule: "E", time: "converted_date"} as const;

export const leadConversionTime = simple({
  ...converted, id: "lead_conversion_time", variant: "standard", aggregate: {fn: "median", column: "conversion_days"}
});

export const leadConversionTimeMean = simple({
  ...converted, id: "lead_conversion_time_mean", variantOf: "lead_conversion_time", variant: "mean",
  aggregate: {fn: "avg", column: "conversion_days"}
});

export const leadConversionTimeKaplanMeier = simple({
  ...time, id: "lead_conversion_time_kaplan_meier", variantOf: "lead_conversion_time", variant: "kaplan_meier",
  dateRule: "C", time: "created_date", aggregate: {fn: "survival", duration: "watched_days", ended: "is_won", q: 0.5}
});

const stock = {
  ...counted, mart: "fct_lead_span", unit: "count", dateRule: "S", aggregate: {fn: "count"},
  from: "valid_from", to: "valid_to", undated: "is_undated"
} as const;

export const leadsOpen = balance({
  ...stock, id: "leads_open", variant: "standard", direction: "context", needs: ["lead.created_at", "lead.state|lead.converted_at|lead.lost_at"], where: state("open")
});

/** With those won and lost they make the balance of open leads: whose end nobody knows the day of was never open. */
export const leadsOpened = simple({
  ...counted, id: "leads_opened", variantOf: "leads_open", variant: "opened", unit: "count", direction: "context", dateRule: "F", time: "created_date",
  needs: leadsOpen.needs, aggregate: {fn: "count"}, whereAny: [...state("open"), {column: "closed_date", is: "not null"}]
});

export const leadsReopened = simple({
  ...counted, id: "leads_reopened", variantOf: "leads_open", variant: "reopened", unit: "count", direction: "context", dateRule: "F",
  needs: ["lead.lost_at", "lead.reopened_at"], mart: "fct_lead_span", time: "reopened_date", where: state("lost"), aggregate: {fn: "count"}
});

export const leadsWonStock = balance({
  ...stock, id: "leads_won_stock", variantOf: "leads_won", variant: "stock", needs: leadsWon.needs, where: state("won")
});

export const leadsLostStock = balance({
  ...stock, id: "leads_lost_stock", variantOf: "leads_lost", variant: "stock", direction: "down", needs: leadsLost.needs,
  where: state("lost"), dimensions: leadsLost.dimensions
});

/** In reading order. */
export const leadOutcomes: readonly Metric[] = [
  leadQualificationRate, leadQualificationRateDisqualified,
  leadConversionRate, leadConversionRateOpportunity, leadConversionRatePurchase, leadConversionRatePeriod, leadCloseRate,
  leadConversionTime, leadConversionTimeMean, leadConversionTimeKaplanMeier,
  leadsOpen, leadsOpened, leadsReopened, leadsWon, leadsWonStock, leadsLost, leadsLostStock
];
