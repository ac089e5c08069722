// What a cohort is: customers who begin together, and what they do later, as plain data. `src/query/cohort` turns it into SQL.

import type {DimensionId} from "./define.js";

/**
 * What happens to a customer: one row of the mart a customer, event and day. `subscribed` is a stock: a customer who pays
 * for a subscription on the last day of a month. `refund` is what was given back; it counts in money only.
 */
export type CohortEvent = "purchase" | "refund" | "win" | "subscription_start" | "subscribed" | "activity";

/** How long a period is, of beginning and of age. */
export type CohortGrain = "day" | "week" | "month" | "quarter" | "year";

/** What an age is: periods of the calendar since the one of the start, or whole spans since the day of the start (a month is 30 days, a quarter 90, a year 365). */
export type CohortSpan = "calendar" | "rolling";

/** Who is in a cohort: of each customer the first start ever, or all who start in a period, each time anew. */
export type CohortFirst = "ever" | "recurring";

/** What stands for a line: the period of the start, or a dimension at the start. */
export type CohortKey = "start" | DimensionId;

/**
 * What is measured at age k. Of customers: who is back `on` that age, on it or later, in a bracket of ages, with a second
 * event by then (`repeat`). Of revenue: what stays of each customer's first period, at most all of it (`grr`), with growth
 * (`nrr`). Up to that age and per customer: `revenue_per_customer`, gross profit (`margin`), and that beside what it cost to win the customer (`payback`).
 */
export type CohortMeasure = "on" | "on_or_after" | "bracketed" | "repeat" | "grr" | "nrr" | "revenue_per_customer" | "margin" | "payback";

export const cohortGrains: readonly CohortGrain[] = ["day", "week", "month", "quarter", "year"];
export const cohortSpans: readonly CohortSpan[] = ["calendar", "rolling"];
export const cohortFirsts: readonly CohortFirst[] = ["ever", "recurring"];
export const cohortMeasures: readonly CohortMeasure[] = ["on", "on_or_after", "bracketed", "repeat", "grr", "nrr", "revenue_per_customer", "margin", "payback"];

export interface Cohort {
  readonly id: string;
  /** Label from the settings; shipped cohorts have the message `cohort.<id>.label`. */
  readonly label?: string;
  readonly start: CohortEvent;
  /** Any of them counts as being back. */
  readonly returns: readonly CohortEvent[];
  /** Whose amounts count as revenue; none where the cohort tells nothing of money. */
  readonly money: readonly CohortEvent[];
  readonly key: CohortKey;
  readonly grain: CohortGrain;
  readonly span: CohortSpan;
  readonly first: CohortFirst;
}

/** The mart that tells what happened to customers. */
export const cohortMart = "fct_customer_event";

/** Known on one day of each month only: counted as a period of the calendar ends. */
export const isStock = (event: CohortEvent): boolean => event === "subscribed";

/** The canonical columns, alternatives as "a|b", without which an event is not known. */
export const cohortEvents: Readonly<Record<CohortEvent, readonly string[]>> = {
  purchase: ["sales_order.order_date", "sales_order.account_id"],
  refund: ["sales_order.order_date", "sales_order.account_id"],
  win: ["opportunity.state", "opportunity.account_id"],
  subscription_start: ["subscription.started_on", "subscription.account_id"],
  subscribed: ["subscription.started_on", "subscription.account_id"],
  activity: ["activity.done_at", "activity.account_id|activity.contact_id|activity.opportunity_id|activity.lead_id"]
};
