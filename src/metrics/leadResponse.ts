// How soon somebody is in touch with a new lead.

import {conversion, simple, type Metric} from "./define.js";

const described = {
  owner: "head of sales", status: "checked", version: 1, since: "2026-11-22", page: "leads", processStage: "qualification",
  dateRule: "C", mart: "fct_lead", time: "created_date", dimensions: ["region", "team", "owner", "source", "last_source", "product", "segment"],
  needs: ["lead.created_at", "activity.lead_id", "activity.done_at"]
} as const;
const variant = (name: string) => ({id: `lead_response_time_${name}`, variantOf: "lead_response_time", variant: name}) as const;

export const leadResponseTime = simple({
  ...described, id: "lead_response_time", variant: "standard", unit: "hours", direction: "down",
  aggregate: {fn: "survival", duration: "response_hours", ended: "is_contacted", q: 0.5}
});

export const leadResponseTimeP90 = simple({
  ...described, ...variant("p90"), unit: "hours", direction: "down",
  where: [{column: "is_contacted", is: "=", values: [true]}], aggregate: {fn: "quantile", column: "response_hours", q: 0.9}
});

/** By the hours in which people work: `business_hours` of the settings. */
const business = "response_business_hours";

export const leadResponseTimeBusinessHours = simple({
  ...described, ...variant("business_hours"), unit: "hours", direction: "down",
  aggregate: {fn: "survival", duration: business, ended: "is_contacted", q: 0.5}
});

export const leadResponseTimeBusinessHoursP90 = simple({
  ...described, ...variant("business_hours_p90"), unit: "hours", direction: "down",
  where: [{column: "is_contacted", is: "=", values: [true]}], aggregate: {fn: "quantile", column: business, q: 0.9}
});

/** Share of the leads whose time for an answer has passed that were answered within it. */
const withinTime = (name: string) => conversion({
  ...described, ...variant(`within_${name}`), unit: "percent", direction: "up", window: null,
  where: [{column: `is_due_in_${name}`, is: "=", values: [true]}], conversion: `answered_in_${name}_date`
});

export const leadResponseWithin5Minutes = withinTime("5_minutes");
export const leadResponseWithin1Hour = withinTime("1_hour");
export const leadResponseWithin24Hours = withinTime("24_hours");

export const leadResponseTimeUncontacted = simple({
  ...described, ...variant("uncontacted"), unit: "count", direction: "down", aggregate: {fn: "count"},
  where: [{column: "is_contacted", is: "=", values: [false]}, {column: "is_due_in_24_hours", is: "=", values: [true]}]
});

/** In reading order. */
export const leadResponse: readonly Metric[] = [
  leadResponseTime, leadResponseTimeP90, leadResponseTimeBusinessHours, leadResponseTimeBusinessHoursP90,
  leadResponseWithin5Minutes, leadResponseWithin1Hour, leadResponseWithin24Hours,
  leadResponseTimeUncontacted
];
