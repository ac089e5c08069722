// How customers are: who is in touch, how healthy they are, and what is at risk.

import {balance, ratio, simple, type Metric} from "./define.js";
import {paidFor, paidWith} from "./subscriptions.js";

const described = {
  owner: "head of customer success", status: "checked", version: 1, since: "2026-11-22", page: "customers", processStage: "after_sales"
} as const;
const byCustomer = ["region", "team", "owner", "source", "segment"] as const;
const signs = ["contact.contact_id", "engagement_event.contact_id|activity.contact_id"] as const;

export const contactsEngaged = simple({
  ...described, id: "contacts_engaged", page: "activities", unit: "count", direction: "up", dateRule: "E", needs: signs, mart: "fct_engagement", time: "date",
  aggregate: {fn: "count_distinct", column: "contact"}, dimensions: [...byCustomer, "type"]
});

export const contactsReachable = balance({
  ...described, id: "contacts_reachable", unit: "count", direction: "context", dateRule: "S", internal: true, needs: ["contact.contact_id"],
  mart: "fct_reachable_contact", from: "valid_from", to: "valid_to", undated: "is_undated", aggregate: {fn: "count"}, dimensions: byCustomer
});

export const engagementRate = ratio({
  ...described, id: "engagement_rate", page: "activities", unit: "percent", direction: "up", dateRule: "E", needs: signs,
  numerator: contactsEngaged, denominator: contactsReachable
});

const inputs = "product_usage.active_users|ticket.created_at|survey_response.score|invoice.due_date|activity.done_at|contract.end_date";
const health = {
  ...described, dateRule: "S", needs: [...paidFor, inputs], mart: "fct_customer_health_span", from: "valid_from", to: "valid_to",
  dimensions: byCustomer
} as const;

export const healthScore = balance({
  ...health, id: "health_score", page: "health", unit: "score", direction: "up", aggregate: {fn: "avg", column: "score"}
});

export const healthConfidence = balance({
  ...health, id: "health_confidence", unit: "percent", direction: "up", internal: true, aggregate: {fn: "avg", column: "confidence"}
});

const banded = (band: string) => ({
  ...health, id: `health_${band}`, unit: "count", internal: true, where: [{column: "band", is: "=", values: [band]}], aggregate: {fn: "count"}
} as const);

export const healthRed = balance({...banded("red"), direction: "down"});
export const healthAmber = balance({...banded("amber"), direction: "down"});
export const healthGreen = balance({...banded("green"), direction: "up"});

const atRisk = [{column: "is_at_risk", is: "=", values: [true]}] as const;

export const customersAtRisk = balance({
  ...health, id: "customers_at_risk", unit: "count", direction: "down", internal: true, where: atRisk, aggregate: {fn: "count"}
});

export const atRiskRevenue = balance({
  ...health, id: "at_risk_revenue", page: "health", unit: "currency", direction: "down", needs: [...paidWith, inputs], where: atRisk,
  aggregate: {fn: "sum", column: "mrr"}
});

/** In reading order. */
export const relationship: readonly Metric[] = [
  contactsEngaged, contactsReachable, engagementRate, healthScore, healthConfidence, healthRed, healthAmber, healthGreen,
  customersAtRisk, atRiskRevenue
];
