// Opportunities created and closed: how many, worth how much, how large, how fast.

import {conversion, cumulative, derived, ratio, simple, type Metric} from "./define.js";

const described = {
  owner: "head of sales", status: "checked", version: 1, since: "2026-11-22", page: "index",
  direction: "up", dateRule: "E", processStage: "closing"
} as const;
const counted = {
  ...described, mart: "fct_opportunity", dimensions: ["region", "team", "owner", "source", "product", "segment"]
} as const;
const created = {...counted, time: "created_date", processStage: "qualification"} as const;
const closed = {...counted, time: "closed_date"} as const;
const ended = {...closed, dimensions: [...counted.dimensions, "size_band", "cycle_band", "competitor"]} as const;
const losses = {...ended, dimensions: [...ended.dimensions, "reason", "lost_stage"]} as const;

/** The day an opportunity closed is its own column, or the entry to a closed stage. */
const closing = ["opportunity.state", "opportunity.closed_at|opportunity_stage_history.entered_at"] as const;
const amount = "opportunity.amount";
const won = [{column: "is_won", is: "=", values: [true]}] as const;
const lost = [{column: "is_lost", is: "=", values: [true]}] as const;
const either = [{column: "is_open", is: "=", values: [false]}] as const;

export const opportunitiesCreated = simple({
  ...created, id: "opportunities_created", seasonal: true, unit: "count", needs: ["opportunity.created_at"], aggregate: {fn: "count"}
});

export const opportunitiesCreatedValue = simple({
  ...created, id: "opportunities_created_value", variant: "now", seasonal: true, unit: "currency", needs: ["opportunity.created_at", amount],
  aggregate: {fn: "sum", column: "amount"}
});

export const opportunitiesCreatedValueAtCreation = simple({
  ...created, id: "opportunities_created_value_at_creation", variantOf: "opportunities_created_value", variant: "at_creation", seasonal: true, unit: "currency",
  needs: opportunitiesCreatedValue.needs, aggregate: {fn: "sum", column: "created_amount"}
});

export const opportunitiesWon = simple({
  ...ended, id: "opportunities_won", seasonal: true, unit: "count", needs: closing, where: won, aggregate: {fn: "count"}
});

export const revenueWon = simple({
  ...ended, id: "revenue_won", variant: "standard", seasonal: true, unit: "currency", needs: [...closing, amount], where: won, aggregate: {fn: "sum", column: "amount"}
});

/** What remains of revenue won is the effect of exchange rates. */
export const revenueWonConstant = simple({
  ...closed, id: "revenue_won_constant", variantOf: "revenue_won", variant: "constant_currency", seasonal: true, unit: "currency",
  needs: [...closing, amount], where: won, aggregate: {fn: "sum", column: "constant_amount"}
});

export const revenueWonYtd = cumulative({
  ...described, id: "revenue_won_ytd", page: "sales", unit: "currency", needs: revenueWon.needs, measure: revenueWon, window: "year"
});

export const opportunitiesLost = simple({
  ...losses, id: "opportunities_lost", unit: "count", direction: "down", needs: closing, where: lost, aggregate: {fn: "count"}
});

export const lostValue = simple({
  ...losses, id: "lost_value", unit: "currency", direction: "down", needs: [...closing, amount], where: lost,
  aggregate: {fn: "sum", column: "amount"}
});

export const opportunitiesClosed = simple({
  ...ended, id: "opportunities_closed", unit: "count", direction: "context", internal: true, needs: closing, where: either,
  aggregate: {fn: "count"}
});

export const closedValue = simple({
  ...ended, id: "closed_value", unit: "currency", direction: "context", internal: true, needs: [...closing, amount], where: either,
  aggregate: {fn: "sum", column: "amount"}
});

export const winRate = ratio({
  ...described, id: "win_rate", variant: "closed", unit: "percent", needs: closing, numerator: opportunitiesWon, denominator: opportunitiesClosed
});

export const winRateOfCreated = conversion({
  ...created, id: "win_rate_of_created", variantOf: "win_rate", variant: "of_created", unit: "percent", dateRule: "C", processStage: "closing",
  needs: [...closing, "opportunity.created_at"], conversion: "won_date", window: 180, measured: {column: "cycle_days", q: 0.9, least: 30}
});

const overdueNeeds = [...closing, "opportunity.expected_close_date"] as const;

export const opportunitiesOverdue = simple({
  ...counted, time: "overdue_date", id: "opportunities_overdue", unit: "count", direction: "down", internal: true, needs: overdueNeeds, aggregate: {fn: "count"}
});

export const winRateWithOverdue = derived({
  ...described, id: "win_rate_with_overdue", variantOf: "win_rate", variant: "with_overdue", unit: "percent", needs: overdueNeeds,
  inputs: {won: opportunitiesWon, closed: opportunitiesClosed, overdue: opportunitiesOverdue}, formula: ["/", "won", ["+", "closed", "overdue"]]
});

export const winRateValue = ratio({
  ...described, id: "win_rate_value", unit: "percent", needs: [...closing, amount], numerator: revenueWon, denominator: closedValue
});

const priced = [...won, {column: "amount", is: "<>", values: [0]}] as const;

export const averageDealSize = simple({
  ...closed, id: "average_deal_size", unit: "currency", needs: [...closing, amount], where: priced, aggregate: {fn: "avg", column: "amount"}, sized: "amount"
});

export const medianDealSize = simple({
  ...closed, id: "median_deal_size", page: "sales", unit: "currency", needs: [...closing, amount], where: priced, aggregate: {fn: "median", column: "amount"}, sized: "amount"
});

const cycle = {
  ...closed, unit: "days", direction: "down", needs: [...closing, "opportunity.created_at"], where: won
} as const;

export const salesCycleDays = simple({...cycle, id: "sales_cycle_days", variant: "median", aggregate: {fn: "median", column: "cycle_days"}});

const otherCycle = {...cycle, variantOf: "sales_cycle_days"} as const;

export const salesCycleDaysMean = simple({...otherCycle, id: "sales_cycle_days_mean", variant: "mean", aggregate: {fn: "avg", column: "cycle_days"}});
export const salesCycleDaysP90 = simple({...otherCycle, id: "sales_cycle_days_p90", variant: "p90", aggregate: {fn: "quantile", column: "cycle_days", q: 0.9}});

export const salesCycleDaysFromContact = simple({
  ...otherCycle, id: "sales_cycle_days_from_contact", variant: "from_contact",
  needs: [...closing, "activity.done_at", "activity.opportunity_id|activity.lead_id"], aggregate: {fn: "median", column: "contact_cycle_days"}
});

export const salesCycleDaysLost = simple({
  ...otherCycle, id: "sales_cycle_days_lost", variant: "lost", where: lost, aggregate: {fn: "median", column: "cycle_days"}
});

/** Of those won and those still open. */
export const salesCycleDaysOfCreated = simple({
  ...otherCycle, id: "sales_cycle_days_of_created", variant: "of_created", dateRule: "C", time: "created_date", where: [{column: "is_lost", is: "=", values: [false]}],
  aggregate: {fn: "survival", duration: "cycle_so_far", ended: "is_won", q: 0.5, above: 0.1}
});

/** In reading order. */
export const opportunities: readonly Metric[] = [
  opportunitiesCreated, opportunitiesCreatedValue, opportunitiesCreatedValueAtCreation, opportunitiesWon, revenueWon, revenueWonConstant, revenueWonYtd, opportunitiesLost, lostValue,
  opportunitiesClosed, closedValue, winRate, winRateOfCreated, opportunitiesOverdue, winRateWithOverdue, winRateValue, averageDealSize,
  medianDealSize, salesCycleDays, salesCycleDaysMean, salesCycleDaysP90,
  salesCycleDaysFromContact, salesCycleDaysLost, salesCycleDaysOfCreated
];
