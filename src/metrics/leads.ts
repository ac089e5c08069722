// Leads that come in: how many, from where, at what cost, and how far they get.

import {ratio, share, simple, type Metric} from "./define.js";

const described = {
  owner: "head of marketing", status: "checked", version: 1, since: "2026-11-22", page: "leads",
  direction: "up", dateRule: "C", mart: "fct_lead", time: "created_date",
  dimensions: ["region", "team", "owner", "source", "last_source", "product", "segment"]
} as const;
const counted = {...described, unit: "count", aggregate: {fn: "count"}} as const;
const created = {
  ...counted, dateRule: "E", processStage: "generation", needs: ["lead.created_at"],
  dimensions: [...described.dimensions, "campaign"]
} as const;

export const newLeads = simple({...created, id: "new_leads", variant: "standard", seasonal: true});

export const newLeadsWithoutImports = simple({
  ...created, id: "new_leads_without_imports", variantOf: "new_leads", variant: "without_imports",
  needs: [...created.needs, "lead.imported"], where: [{column: "is_imported", is: "=", values: [false]}]
});

export const newLeadsImported = simple({
  ...created, id: "new_leads_imported", variantOf: "new_leads", variant: "imported", direction: "context",
  needs: [...created.needs, "lead.imported"], where: [{column: "is_imported", is: "=", values: [true]}]
});

export const newLeadsUnsourced = simple({
  ...created, id: "new_leads_unsourced", internal: true, direction: "down",
  needs: [...created.needs, "lead.source"], where: [{column: "source", is: "null"}]
});

const sources = {
  owner: described.owner, status: "checked", version: 1, since: "2026-11-22", page: "leads", dateRule: "E",
  processStage: "generation", unit: "percent", needs: [...created.needs, "lead.source"]
} as const;

export const leadSourceShare = share({...sources, id: "lead_source_share", variant: "standard", direction: "context", measure: newLeads});

export const leadSourceUnknown = ratio({
  ...sources, id: "lead_source_unknown", variantOf: "lead_source_share", variant: "unknown", direction: "down",
  numerator: newLeadsUnsourced, denominator: newLeads
});

/** First qualified, or further, on the day of it: converted and won leads were fit for sales. */
export const leadsQualified = simple({
  ...created, id: "leads_qualified", internal: true, processStage: "qualification", time: "qualified_or_later_date",
  needs: ["lead.qualified_at"]
});

/** What campaign_cost tells; no row is no cost known, not a cost of 0. */
export const campaignCost = simple({
  owner: described.owner, status: "checked", version: 1, since: "2026-11-22", page: "leads", id: "campaign_cost", internal: true,
  unit: "currency", direction: "down", dateRule: "E", processStage: "generation", mart: "fct_cost_day", time: "date",
  needs: ["campaign_cost.amount"], where: [{column: "scope", is: "=", values: ["campaign"]}],
  aggregate: {fn: "sum", column: "amount"}, empty: null, dimensions: ["source", "campaign", "type"]
});

const cost = {
  owner: described.owner, status: "checked", version: 1, since: "2026-11-22", page: "leads", unit: "currency",
  direction: "down", dateRule: "E", processStage: "generation", numerator: campaignCost
} as const;

export const costPerLead = ratio({
  ...cost, id: "cost_per_lead", variant: "standard", nothing: "no_leads", needs: [...campaignCost.needs, ...newLeads.needs], denominator: newLeads
});

export const costPerLeadQualified = ratio({
  ...cost, id: "cost_per_lead_qualified", variantOf: "cost_per_lead", variant: "qualified", nothing: "no_qualified_leads",
  needs: [...campaignCost.needs, ...leadsQualified.needs], denominator: leadsQualified
});

/** In reading order. */
export const leads: readonly Metric[] = [
  newLeads, newLeadsWithoutImports, newLeadsImported, newLeadsUnsourced, leadSourceShare, leadSourceUnknown,
  campaignCost, costPerLead, leadsQualified, costPerLeadQualified
];
