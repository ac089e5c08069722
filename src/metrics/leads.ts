// Leads: what marketing brings in and what becomes of it.

import {conversion, simple, type Metric} from "./define.js";

const described = {
  owner: "head of marketing", status: "checked", version: 1, since: "2026-11-22", page: "index",
  direction: "up", dateRule: "C", mart: "fct_lead", time: "created_date",
  dimensions: ["region", "team", "owner", "source", "product", "segment"]
} as const;

export const newLeads = simple({
  ...described, id: "new_leads", seasonal: true, unit: "count", dateRule: "E", processStage: "generation",
  needs: ["lead.created_at"], aggregate: {fn: "count"}
});

export const leadConversionRate = conversion({
  ...described, id: "lead_conversion_rate", unit: "percent", processStage: "lead_management",
  needs: ["lead.created_at", "lead.converted_at"], conversion: "converted_date", window: 90
});

export const leadsReachedQualified = simple({
  ...described, id: "leads_reached_qualified", unit: "count", processStage: "qualification", internal: true,
  needs: ["lead.created_at", "lead.qualified_at"], aggregate: {fn: "count"},
  whereAny: [{column: "qualified_date", is: "not null"}, {column: "converted_date", is: "not null"}, {column: "won_date", is: "not null"}]
});

export const leadsReachedConverted = simple({
  ...described, id: "leads_reached_converted", unit: "count", processStage: "lead_management", internal: true,
  needs: ["lead.created_at", "lead.converted_at"], aggregate: {fn: "count"},
  whereAny: [{column: "converted_date", is: "not null"}, {column: "won_date", is: "not null"}]
});

export const leadsReachedWon = simple({
  ...described, id: "leads_reached_won", unit: "count", processStage: "closing", internal: true,
  needs: ["lead.created_at", "lead.converted_opportunity_id", "opportunity.state"], aggregate: {fn: "count"},
  where: [{column: "won_date", is: "not null"}]
});

/** In reading order. */
export const leads: readonly Metric[] = [
  newLeads, leadConversionRate, leadsReachedQualified, leadsReachedConverted, leadsReachedWon
];
