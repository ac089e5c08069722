// Service and the voice of the customer: what customers say, what they complain about, how fast and how well they are helped.

import {balance, conversion, derived, simple, type Metric} from "./define.js";
import {orders} from "./orders.js";
import {subscribers} from "./subscriptions.js";

const described = {
  owner: "head of service", status: "checked", version: 1, since: "2026-11-22", page: "service", processStage: "after_sales"
} as const;
const ofCustomer = ["region", "source", "segment"] as const;
const ofTicket = [...ofCustomer, "team", "owner", "product", "type", "channel", "topic"] as const;

const answer = "survey_response.score";
const asked = {...described, mart: "fct_survey", time: "answered_date", needs: ["survey_response.kind", answer]} as const;
const of = (kind: string) => [{column: "kind", is: "=", values: [kind]}] as const;
const counted = (kind: string) => [...of(kind), {column: "is_counted", is: "=", values: [true]}] as const;
const up = {...asked, direction: "up", dateRule: "E"} as const;

export const nps = simple({
  ...up, id: "nps", variant: "standard", unit: "score", signed: true, where: counted("nps"), aggregate: {fn: "avg", column: "points", moe: true},
  dimensions: [...ofCustomer, "team", "owner", "topic"]
});

const otherScale = {
  ...up, variantOf: "nps", unit: "score", signed: true, dimensions: nps.dimensions
} as const;

export const npsFrom1 = simple({
  ...otherScale, id: "nps_from_1", variant: "from_1", where: [...counted("nps"), {column: "points_from_1", is: "not null"}],
  aggregate: {fn: "avg", column: "points_from_1", moe: true}
});

export const npsScaled = simple({
  ...otherScale, id: "nps_scaled", variant: "scaled", needs: [...asked.needs, "survey_response.scale_max"], time: "scaled_date", where: of("nps"),
  aggregate: {fn: "avg", column: "scaled_points", moe: true}
});

export const npsResponseRate = conversion({
  ...asked, id: "nps_response_rate", unit: "percent", direction: "context", dateRule: "C", needs: [...asked.needs, "survey_response.sent_at"],
  time: "asked_date", where: of("nps"), conversion: "answered_date", window: 30, dimensions: [...ofCustomer, "team", "owner", "topic"]
});

const boxes = {...up, unit: "percent", conversion: "good_date", window: null, dimensions: ofTicket} as const;
const means = {...up, unit: "score", aggregate: {fn: "avg", column: "score", moe: true}, dimensions: ofTicket} as const;

export const csat = conversion({...boxes, id: "csat", variant: "top_2_box", where: counted("csat")});
export const csatMean = simple({...means, id: "csat_mean", variantOf: "csat", variant: "mean", where: counted("csat")});
export const csatOfMaximum = simple({
  ...means, id: "csat_of_maximum", variantOf: "csat", variant: "of_maximum", unit: "percent", where: counted("csat"),
  aggregate: {fn: "avg", column: "share_of_maximum", moe: true}
});
export const ces = conversion({...boxes, id: "ces", variant: "agree_easy", where: counted("ces")});
export const cesMean = simple({...means, id: "ces_mean", variantOf: "ces", variant: "mean", where: counted("ces")});
export const cesEffort = conversion({
  ...boxes, id: "ces_effort", variantOf: "ces", variant: "low_effort", where: counted("ces"), conversion: "good_reversed_date"
});

const created = "ticket.created_at";
const tickets = {...described, mart: "fct_ticket", time: "created_date", direction: "down", dateRule: "C", unit: "hours", dimensions: ofTicket} as const;
const complaint = {
  ...tickets, unit: "count", dateRule: "E", needs: [created, "ticket.type"], where: [{column: "is_complaint", is: "=", values: [true]}],
  aggregate: {fn: "count"}
} as const;

export const complaints = simple({...complaint, id: "complaints"});

/** Of customers whoever helps them: a team of service has no customers of its own. */
const complaintsOfCustomers = simple({...complaint, id: "complaints_of_customers", internal: true, dimensions: ofCustomer});

const buyers = balance({
  ...described, id: "buyers", unit: "count", direction: "up", dateRule: "S", internal: true, mart: "fct_customer_span", from: "valid_from", to: "valid_to",
  needs: ["sales_order.order_date", "sales_order.account_id"], where: [{column: "active", is: "=", values: [1]}], aggregate: {fn: "count"},
  dimensions: ofCustomer
});

const perHundred = (whole: Metric) => ({
  ...described, unit: "ratio", direction: "down", dateRule: "E", needs: [...complaint.needs, ...whole.needs],
  inputs: {complaints: complaintsOfCustomers, whole}, formula: ["*", 100, ["/", "complaints", "whole"]]
} as const);

export const complaintRate = derived({...perHundred(buyers), id: "complaint_rate", variant: "per_100_buyers"});
export const complaintRateOfSubscribers = derived({
  ...perHundred(subscribers), id: "complaint_rate_of_subscribers", variantOf: "complaint_rate", variant: "per_100_subscribers"
});
export const complaintRateOfOrders = derived({
  ...perHundred(orders), id: "complaint_rate_of_orders", variantOf: "complaint_rate", variant: "per_100_orders"
});

const solved = [created, "ticket.solved_at|ticket.first_solved_at|ticket_event.status"] as const;
/** Columns of hours by the clock, and of those in which people work. */
const hours = {first: "first_hours", last: "last_hours", response: "response_hours"} as const;
const business = {first: "first_business_hours", last: "last_business_hours", response: "response_business_hours"} as const;
const untilFirst = (q: number, duration: string = hours.first) => ({fn: "survival", duration, ended: "is_first_solved", q} as const);
const untilLast = (q: number, duration: string = hours.last) => ({fn: "survival", duration, ended: "is_solved", q} as const);
const resolution = {...tickets, needs: solved, variantOf: "resolution_time"} as const;

export const resolutionTime = simple({
  ...tickets, id: "resolution_time", variant: "first_solved", needs: solved, aggregate: untilFirst(0.5)
});
export const resolutionTimeP90 = simple({...resolution, id: "resolution_time_p90", variant: "first_solved_p90", aggregate: untilFirst(0.9)});
export const resolutionTimeLast = simple({...resolution, id: "resolution_time_last", variant: "last_solved", aggregate: untilLast(0.5)});
export const resolutionTimeLastP90 = simple({...resolution, id: "resolution_time_last_p90", variant: "last_solved_p90", aggregate: untilLast(0.9)});
export const resolutionTimeSolved = simple({
  ...resolution, id: "resolution_time_solved", variant: "solved_in_period", dateRule: "E", time: "first_solved_date",
  aggregate: {fn: "median", column: "first_hours"}
});
export const resolutionTimeBusinessHours = simple({
  ...resolution, id: "resolution_time_business_hours", variant: "business_hours", aggregate: untilFirst(0.5, business.first)
});
export const resolutionTimeBusinessHoursP90 = simple({
  ...resolution, id: "resolution_time_business_hours_p90", variant: "business_hours_p90", aggregate: untilFirst(0.9, business.first)
});
export const resolutionTimeLastBusinessHours = simple({
  ...resolution, id: "resolution_time_last_business_hours", variant: "last_solved_business_hours", aggregate: untilLast(0.5, business.last)
});
export const resolutionTimeLastBusinessHoursP90 = simple({
  ...resolution, id: "resolution_time_last_business_hours_p90", variant: "last_solved_business_hours_p90", aggregate: untilLast(0.9, business.last)
});

const replied = [created, "ticket.first_reply_at|ticket_event.type"] as const;
const untilReply = (q: number, duration: string = hours.response) => ({fn: "survival", duration, ended: "is_answered", q} as const);

export const firstResponseTime = simple({
  ...tickets, id: "first_response_time", variant: "median", needs: replied, aggregate: untilReply(0.5)
});
export const firstResponseTimeP90 = simple({
  ...tickets, id: "first_response_time_p90", variantOf: "first_response_time", variant: "p90", needs: replied, aggregate: untilReply(0.9)
});
export const firstResponseTimeBusinessHours = simple({
  ...tickets, id: "first_response_time_business_hours", variantOf: "first_response_time", variant: "business_hours", needs: replied,
  aggregate: untilReply(0.5, business.response)
});
export const firstResponseTimeBusinessHoursP90 = simple({
  ...tickets, id: "first_response_time_business_hours_p90", variantOf: "first_response_time", variant: "business_hours_p90", needs: replied,
  aggregate: untilReply(0.9, business.response)
});
export const firstResponseTimeAllReplies = simple({
  ...tickets, id: "first_response_time_all_replies", variantOf: "first_response_time", variant: "all_replies", dateRule: "E",
  needs: [created, "ticket_event.type", "ticket_event.at"], mart: "fct_ticket_reply", time: "date", aggregate: {fn: "avg", column: "hours"}
});

const waited = {
  ...tickets, dateRule: "E", time: "solved_date", needs: [created, "ticket_event.status", "ticket_event.at"]
} as const;

export const customerWaitTime = simple({
  ...waited, id: "customer_wait_time", variant: "median", aggregate: {fn: "median", column: "customer_wait_hours"}
});
export const customerWaitTimeP90 = simple({
  ...waited, id: "customer_wait_time_p90", variantOf: "customer_wait_time", variant: "p90",
  aggregate: {fn: "quantile", column: "customer_wait_hours", q: 0.9}
});
export const agentWaitTime = simple({
  ...waited, id: "agent_wait_time", variantOf: "customer_wait_time", variant: "agent_wait", aggregate: {fn: "median", column: "agent_wait_hours"}
});
const waitedAtWork = {...waited, variantOf: "customer_wait_time"} as const;

export const customerWaitTimeBusinessHours = simple({
  ...waitedAtWork, id: "customer_wait_time_business_hours", variant: "business_hours",
  aggregate: {fn: "median", column: "customer_wait_business_hours"}
});
export const customerWaitTimeBusinessHoursP90 = simple({
  ...waitedAtWork, id: "customer_wait_time_business_hours_p90", variant: "business_hours_p90",
  aggregate: {fn: "quantile", column: "customer_wait_business_hours", q: 0.9}
});
export const agentWaitTimeBusinessHours = simple({
  ...waitedAtWork, id: "agent_wait_time_business_hours", variant: "agent_wait_business_hours",
  aggregate: {fn: "median", column: "agent_wait_business_hours"}
});

const touched = {
  ...tickets, unit: "percent", direction: "up", dateRule: "E", time: "first_solved_date", needs: [...solved, "ticket.reply_count|ticket_event.type"]
} as const;

export const firstContactResolution = conversion({
  ...touched, id: "first_contact_resolution", variant: "held_7_days", conversion: "first_contact_date", window: 7
});
export const oneTouchResolution = conversion({
  ...touched, id: "one_touch_resolution", variantOf: "first_contact_resolution", variant: "one_touch", conversion: "one_touch_date", window: null
});

export const slaMet = conversion({
  ...tickets, id: "sla_met", unit: "percent", direction: "up", dateRule: "E", time: "sla_due_date", needs: [...solved, "ticket.sla_due_at"],
  conversion: "sla_met_date", window: null
});

const open = {
  ...described, unit: "count", direction: "down", dateRule: "S", mart: "fct_ticket_span", from: "valid_from", to: "valid_to", undated: "is_undated",
  needs: solved, aggregate: {fn: "count"}, dimensions: ofTicket
} as const;
const aged = (from: number) => [{column: "age_from", is: "=", values: [from]}] as const;

export const ticketBacklog = balance({...open, id: "ticket_backlog"});
export const ticketBacklogFresh = balance({...open, id: "ticket_backlog_0_2_days", internal: true, where: aged(0)});
export const ticketBacklogWeek = balance({...open, id: "ticket_backlog_3_7_days", internal: true, where: aged(3)});
export const ticketBacklogMonth = balance({...open, id: "ticket_backlog_8_30_days", internal: true, where: aged(8)});
export const ticketBacklogOld = balance({...open, id: "ticket_backlog_over_30_days", internal: true, where: aged(31)});

/** In reading order. */
export const service: readonly Metric[] = [
  nps, npsFrom1, npsScaled, npsResponseRate, csat, csatMean, csatOfMaximum, ces, cesMean, cesEffort,
  complaints, complaintRate, complaintRateOfSubscribers, complaintRateOfOrders,
  firstResponseTime, firstResponseTimeP90, firstResponseTimeBusinessHours, firstResponseTimeBusinessHoursP90, firstResponseTimeAllReplies,
  resolutionTime, resolutionTimeP90, resolutionTimeLast, resolutionTimeLastP90, resolutionTimeSolved,
  resolutionTimeBusinessHours, resolutionTimeBusinessHoursP90, resolutionTimeLastBusinessHours, resolutionTimeLastBusinessHoursP90,
  customerWaitTime, customerWaitTimeP90, agentWaitTime,
  customerWaitTimeBusinessHours, customerWaitTimeBusinessHoursP90, agentWaitTimeBusinessHours,
  firstContactResolution, oneTouchResolution, slaMet,
  ticketBacklog, ticketBacklogFresh, ticketBacklogWeek, ticketBacklogMonth, ticketBacklogOld
];
