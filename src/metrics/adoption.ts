// The CRM itself: who uses it, how often, what stands in it, and how it does.

import {balance, conversion, cumulative, derived, movement, ratio, simple, type Metric} from "./define.js";
import {openOpportunities} from "./pipeline.js";

const described = {
  owner: "head of sales operations", status: "checked", version: 1, since: "2026-11-22", page: "adoption", processStage: "lead_management"
} as const;
const ofPeople = ["region", "team"] as const;
const used = ["crm_usage.date", "crm_usage.writes", "crm_user.user_id"] as const;
const usage = {...described, mart: "fct_crm_usage", time: "date", dateRule: "E", dimensions: ofPeople} as const;
const isActive = {column: "is_active", is: "=", values: [true]} as const;
const people = {fn: "count_distinct", column: "person"} as const;

export const crmActiveUsers = simple({
  ...usage, id: "crm_active_users", unit: "count", direction: "up", needs: used, where: [isActive], aggregate: people
});

const seen = simple({...usage, id: "crm_users_seen", unit: "count", direction: "context", internal: true, needs: used, aggregate: people});

export const crmLookers = derived({
  ...described, id: "crm_lookers", unit: "count", direction: "context", dateRule: "E", internal: true, needs: [...used, "crm_usage.logins"],
  inputs: {seen, active: crmActiveUsers}, formula: ["-", "seen", "active"]
});

const licensed = [...used, "crm_user.licensed"] as const;
const seats = (part: "start" | "new" | "lost_within") => movement({
  ...described, id: `crm_seats_${part}`, unit: "count", direction: "context", dateRule: "F", internal: true, needs: licensed, mart: "fct_user_span",
  entity: "person", from: "valid_from", to: "valid_to", value: "seats", part, measure: "count", dimensions: ofPeople
});
const activeWithLicence = simple({
  ...usage, id: "crm_active_with_licence", unit: "count", direction: "up", internal: true, needs: licensed,
  where: [isActive, {column: "is_licensed", is: "=", values: [true]}], aggregate: people
});

export const crmActiveShare = derived({
  ...described, id: "crm_active_share", unit: "percent", direction: "up", dateRule: "E", needs: licensed,
  inputs: {active: activeWithLicence, start: seats("start"), new: seats("new"), within: seats("lost_within")},
  formula: ["/", "active", ["+", ["+", "start", "new"], "within"]]
});

export const crmActivationRate = conversion({
  ...described, id: "crm_activation_rate", unit: "percent", direction: "up", dateRule: "C",
  needs: ["crm_user.provisioned_at", "crm_usage.own_opportunity", "crm_usage.logged_activity", "crm_usage.updated_stage"],
  mart: "fct_user", time: "provisioned_date", conversion: "activated_date", window: 14, dimensions: ofPeople
});

const activeDays = simple({
  ...usage, id: "crm_active_days", unit: "count", direction: "up", internal: true, needs: used, where: [isActive],
  aggregate: {fn: "sum", column: "full_time_days"}
});
const frequency = {...described, unit: "percent", direction: "up", dateRule: "E", needs: used} as const;

export const crmUsageFrequency = derived({
  ...frequency, id: "crm_usage_frequency", variant: "active_days",
  inputs: {days: activeDays, people: crmActiveUsers, working: {calendar: "working_days"}}, formula: ["/", "days", ["*", "people", "working"]]
});

const activeIn = (days: number) => cumulative({
  ...described, id: `crm_active_in_${days}_days`, unit: "count", direction: "up", dateRule: "E", internal: true, needs: used, measure: crmActiveUsers,
  window: {days}
});

export const crmUsageFrequencyWeekly = ratio({
  ...frequency, id: "crm_usage_frequency_weekly", variantOf: "crm_usage_frequency", variant: "wau_mau",
  numerator: activeIn(7), denominator: activeIn(30)
});

const record = "account.account_id|contact.contact_id|opportunity.opportunity_id";
const records = {
  ...described, mart: "fct_record", dateRule: "S", from: "valid_from", to: "valid_to", undated: "is_undated", needs: [record],
  dimensions: ["region", "team", "owner", "segment", "type"]
} as const;

export const crmRecords = balance({...records, id: "crm_records", unit: "count", direction: "context", aggregate: {fn: "count"}});
export const crmRecordsCreated = simple({
  ...described, id: "crm_records_created", unit: "count", direction: "context", dateRule: "E", mart: "fct_record", time: "added_date",
  needs: ["account.created_at|contact.created_at|opportunity.created_at"], aggregate: {fn: "count"}, dimensions: records.dimensions
});
export const crmCompleteness = balance({
  ...records, id: "crm_completeness", unit: "percent", direction: "up", aggregate: {fn: "avg", column: "completeness"}
});
export const crmDuplicateRate = balance({
  ...records, id: "crm_duplicate_rate", unit: "percent", direction: "down", needs: ["account.name|contact.email"],
  where: [{column: "type", is: "in", values: ["account", "contact"]}], aggregate: {fn: "avg", column: "is_duplicate"}
});

const course = {
  ...described, unit: "count", dateRule: "S", internal: true, mart: "fct_training", to: "valid_to", needs: ["training.due_on", "training.completed_at"],
  aggregate: {fn: "count"}, dimensions: [...ofPeople, "topic"]
} as const;
const trainingDue = balance({...course, id: "training_due", direction: "context", from: "due_date"});
const trainingDone = balance({
  ...course, id: "training_done", direction: "up", from: "completed_by", where: [{column: "completed_by", is: "not null"}]
});

export const crmTrainingCompletion = ratio({
  ...described, id: "crm_training_completion", unit: "percent", direction: "up", dateRule: "S", needs: course.needs,
  numerator: trainingDone, denominator: trainingDue
});

const requests = {
  ...described, direction: "down", dateRule: "E", mart: "fct_crm_request", time: "date", dimensions: ["type"], needs: ["crm_request.at"]
} as const;
const logged = {...requests, needs: [...requests.needs, "crm_request.failed|crm_request.status_code"]} as const;
const counted = {...logged, unit: "count", internal: true, aggregate: {fn: "sum", column: "requests"}} as const;
const ended = (outcome: string) => [{column: "outcome", is: "=", values: [outcome]}] as const;

const requestsMade = simple({...counted, id: "crm_requests", direction: "context"});
const requestsFailed = simple({...counted, id: "crm_requests_failed", where: ended("failed")});
const requestsRefused = simple({...counted, id: "crm_requests_refused", where: ended("user_error")});
const errors = {...described, unit: "percent", direction: "down", dateRule: "E", needs: logged.needs, denominator: requestsMade} as const;

export const crmErrorRate = ratio({...errors, id: "crm_error_rate", variant: "failures", numerator: requestsFailed});
export const crmErrorRateOfUsers = ratio({
  ...errors, id: "crm_error_rate_of_users", variantOf: "crm_error_rate", variant: "user_errors", numerator: requestsRefused
});

const within = (q: number) => ({
  ...requests, unit: "seconds", needs: [...requests.needs, "crm_request.duration_ms"], where: ended("done"),
  aggregate: {fn: "survival", duration: "seconds", weight: "requests", q}
} as const);

export const crmResponseTime = simple({...within(0.5), id: "crm_response_time", variant: "p50"});
export const crmResponseTimeP95 = simple({...within(0.95), id: "crm_response_time_p95", variantOf: "crm_response_time", variant: "p95"});
export const crmResponseTimeP99 = simple({...within(0.99), id: "crm_response_time_p99", variantOf: "crm_response_time", variant: "p99"});

const tidy = balance({
  ...described, id: "opportunities_tidy", unit: "count", direction: "up", dateRule: "S", internal: true, mart: "fct_tidy_span", from: "valid_from",
  to: "valid_to", undated: "is_undated", aggregate: {fn: "count"}, dimensions: ["region", "team", "owner", "source", "product", "segment"],
  needs: [...openOpportunities.needs, "opportunity.next_step", "opportunity.amount", "opportunity.expected_close_date", "opportunity.owner_id"]
});

export const pipelineHygiene = ratio({
  ...described, id: "pipeline_hygiene", unit: "percent", direction: "up", dateRule: "S", needs: tidy.needs, numerator: tidy, denominator: openOpportunities
});

export const crmUserSatisfaction = conversion({
  ...described, id: "crm_user_satisfaction", unit: "percent", direction: "up", dateRule: "E",
  needs: ["survey_response.score", "survey_response.about", "survey_response.user_id"], mart: "fct_crm_survey", time: "answered_date",
  conversion: "satisfied_date", window: null, dimensions: [...ofPeople, "topic"]
});

/** In reading order. */
export const adoption: readonly Metric[] = [
  crmActiveUsers, crmLookers, crmActiveShare, crmActivationRate, crmUsageFrequency, crmUsageFrequencyWeekly,
  crmRecords, crmRecordsCreated, crmCompleteness, crmDuplicateRate, pipelineHygiene,
  crmTrainingCompletion, crmUserSatisfaction, crmErrorRate, crmErrorRateOfUsers, crmResponseTime, crmResponseTimeP95, crmResponseTimeP99
];
