// What people do: e-mails, calls, meetings and tasks, and what comes of them.

import {conversion, derived, ratio, simple, type Metric} from "./define.js";
import {opportunitiesCreated, opportunitiesWon, revenueWon} from "./opportunities.js";

const described = {
  owner: "head of sales", status: "checked", version: 1, since: "2026-11-22", page: "activities", processStage: "lead_management",
  direction: "context", dateRule: "E"
} as const;
const done = {
  ...described, mart: "fct_activity", time: "date", dimensions: ["region", "team", "owner", "segment"],
  needs: ["activity.type", "activity.done_at"]
} as const;
const counted = {...done, unit: "count", aggregate: {fn: "count"}} as const;

const ofType = (id: string, type: string) =>
  simple({...counted, id, variant: "standard", where: [{column: "type", is: "=", values: [type]}]});

export const emails = ofType("emails", "email");
export const calls = ofType("calls", "call");
export const meetings = ofType("meetings", "meeting");
export const tasks = ofType("tasks", "task");

const perWorkingDay = (count: typeof emails) => derived({
  ...described, id: `${count.id}_per_working_day`, variantOf: count.id, variant: "per_working_day", unit: "ratio", needs: count.needs,
  inputs: {count, days: {calendar: "working_days"}}, formula: ["/", "count", "days"]
});

export const emailsPerWorkingDay = perWorkingDay(emails);
export const callsPerWorkingDay = perWorkingDay(calls);
export const meetingsPerWorkingDay = perWorkingDay(meetings);
export const tasksPerWorkingDay = perWorkingDay(tasks);

export const allActivities = simple({...counted, id: "activities", internal: true, dimensions: [...done.dimensions, "type"]});

export const activitiesPerWin = ratio({
  ...described, id: "activities_per_win", variant: "standard", unit: "ratio", processStage: "closing",
  needs: [...done.needs, ...opportunitiesWon.needs], numerator: allActivities, denominator: opportunitiesWon
});

const correlated = {
  ...described, variantOf: "activities_per_win", unit: "ratio", signed: true, processStage: "closing", mart: "fct_owner_result", time: "date",
  dimensions: ["region", "team"]
} as const;
const ofOwners = (x: string, y: string) => ({fn: "rank_correlation", per: "owner", of: [x, y]} as const);
const inOwnMonth = [{column: "is_own_month", is: "=", values: [true]}] as const;
const byOwner = [...done.needs, "activity.owner_id", "opportunity.owner_id"] as const;

/** Over owners; tells no cause. */
export const activitiesToWonValue = simple({
  ...correlated, id: "activities_to_won_value", variant: "rank_correlation", needs: [...byOwner, ...revenueWon.needs], where: inOwnMonth,
  aggregate: ofOwners("activities", "won_value")
});

export const activitiesToWonValueLagged = simple({
  ...correlated, id: "activities_to_won_value_lagged", variant: "rank_correlation_lagged", needs: [...byOwner, ...revenueWon.needs],
  aggregate: ofOwners("activities_before", "won_value")
});

export const activitiesToOpportunities = simple({
  ...correlated, id: "activities_to_opportunities", variant: "rank_correlation_created", needs: [...byOwner, ...opportunitiesCreated.needs],
  where: inOwnMonth, aggregate: ofOwners("activities", "opportunities_created")
});

const led = {
  ...described, unit: "percent", direction: "up", dateRule: "C", processStage: "qualification", mart: "fct_meeting", time: "date", window: 30,
  needs: [...done.needs, "activity.account_id|activity.contact_id|activity.lead_id", "opportunity.account_id", "opportunity.created_at"],
  dimensions: ["region", "team", "owner", "source", "segment"]
} as const;

export const meetingToOpportunityRate = conversion({...led, id: "meeting_to_opportunity_rate", variant: "standard", conversion: "opportunity_date"});
export const meetingToOpportunityRateFirst = conversion({
  ...led, id: "meeting_to_opportunity_rate_first", variantOf: "meeting_to_opportunity_rate", variant: "first_meeting", conversion: "first_opportunity_date"
});

/** Points of each type stand in activityPoints.ts. */
export const activityPoints = simple({
  ...done, id: "activity_points", variant: "standard", unit: "score", direction: "up", aggregate: {fn: "sum", column: "points"},
  dimensions: [...done.dimensions, "type"]
});

/** Days on which somebody worked, each person's own. */
export const ownerDays = simple({
  ...described, id: "owner_days", internal: true, unit: "count", mart: "fct_owner_day", time: "date", aggregate: {fn: "count"},
  dimensions: ["region", "team", "owner"], needs: ["opportunity.owner_id|activity.owner_id"]
});

export const activityPointsPerDay = ratio({
  ...described, id: "activity_points_per_day", variantOf: "activity_points", variant: "per_day", unit: "score", direction: "up",
  needs: [...done.needs, ...ownerDays.needs], numerator: activityPoints, denominator: ownerDays
});

const touches = {
  ...described, mart: "fct_opportunity", time: "closed_date", processStage: "closing", unit: "ratio",
  aggregate: {fn: "median", column: "touches"}, dimensions: ["region", "team", "owner", "source", "product", "segment"],
  needs: [...opportunitiesWon.needs, "activity.opportunity_id", "activity.done_at"]
} as const;

export const touchesPerWon = simple({...touches, id: "touches_per_won", where: [{column: "is_won", is: "=", values: [true]}]});
export const touchesPerLost = simple({...touches, id: "touches_per_lost", where: [{column: "is_lost", is: "=", values: [true]}]});

/** In reading order. */
export const activities: readonly Metric[] = [
  emails, emailsPerWorkingDay, calls, callsPerWorkingDay, meetings, meetingsPerWorkingDay, tasks, tasksPerWorkingDay,
  allActivities, activitiesPerWin, activitiesToWonValue, activitiesToWonValueLagged, activitiesToOpportunities, meetingToOpportunityRate, meetingToOpportunityRateFirst, touchesPerWon, touchesPerLost,
  activityPoints, ownerDays, activityPointsPerDay
];
