// Random order logs, and a report that has nothing else.

import fc from "fast-check";
import type {Native} from "../../../loaders/native.js";
import {purchasesCohort} from "../../../src/metrics/cohorts.js";
import {cohortMeasures, type CohortGrain, type CohortMeasure} from "../../../src/metrics/cohort.js";
import type {Manifest} from "../../../src/query/manifest.js";
import {iso, type Asked, type LogEvent} from "./reference.js";

export const epoch = Math.round(Date.UTC(2024, 0, 1) / 86_400_000) - 40;
/** Days that a log spans. */
const spans: Record<CohortGrain, number> = {day: 14, week: 60, month: 260, quarter: 700, year: 2200};

const drawn = (days: number): fc.Arbitrary<LogEvent> => fc.record({
  customer: fc.integer({min: 1, max: 9}),
  event: fc.constantFrom("purchase", "purchase", "purchase", "purchase", "refund", "activity"),
  day: fc.integer({min: 0, max: days}).map((day) => epoch + day),
  value: fc.option(fc.integer({min: 1, max: 50}), {freq: 6}),
  margin: fc.option(fc.integer({min: -5, max: 20}), {freq: 4}),
  segment: fc.option(fc.constantFrom("North", "South"), {freq: 5})
});

/** One row a customer, event and day, as the mart has them. */
export const logs = (grain: CohortGrain): fc.Arbitrary<LogEvent[]> => fc.array(drawn(spans[grain]), {minLength: 1, maxLength: 60}).map((rows) =>
  rows.filter((one, k) => rows.findIndex((other) => other.customer === one.customer && other.event === one.event && other.day === one.day) === k)
    .map((one) => (one.event === "refund" ? {...one, value: one.value === null ? null : -one.value} : one)));

export const asOfs = (grain: CohortGrain): fc.Arbitrary<number> => fc.integer({min: 0, max: spans[grain]}).map((day) => epoch + day);

export const measuresAsked = cohortMeasures.filter((measure) => measure !== "payback");

export const choices = (grain: CohortGrain, measure: CohortMeasure): fc.Arbitrary<Asked> => fc.record({
  measure: fc.constant(measure), grain: fc.constant(grain),
  span: fc.constantFrom("calendar", "rolling"), first: fc.constantFrom("ever", "recurring"), base: fc.constantFrom("first", "previous"), form: fc.constantFrom("share", "absolute"),
  brackets: fc.constantFrom([[0, 0], [1, 3], [4, 6]] as const, [[1, 2], [3, 3], [5, 9]] as const)
});

/** A report as of a day with orders of customers and their segments. */
export const manifest = (asOf: number, weekStart = 1, more: Partial<Manifest> = {}): Manifest => ({
  asOf: iso(asOf), firstDay: iso(epoch), calendar: {timeZone: "UTC", fiscalYearStart: 1, weekStart, workingDays: [1, 2, 3, 4, 5], holidays: []},
  fed: ["sales_order.order_date", "sales_order.account_id", "order_line.cost_amount"],
  marts: [{name: "fct_customer_event", columns: ["customer", "event", "day", "number", "value", "margin", "segment"].map((name) => ({name, type: "VARCHAR"}))}],
  dimensions: [{id: "segment", members: ["North", "South", null], marts: ["fct_customer_event"]}],
  cohorts: [purchasesCohort], currency: "EUR", locale: "en", ...more
}) as unknown as Manifest;

const literal = (value: string | number | null): string => (value === null ? "null" : typeof value === "string" ? `'${value}'` : String(value));

/** Puts a log where the engine reads it. */
export async function load({exec}: Pick<Native, "exec">, log: readonly LogEvent[]): Promise<void> {
  const rows = log.map(({customer, event, day, value, margin, segment}) => `(${[customer, event, day, value, margin, segment].map(literal).join(", ")})`);
  await exec(`create or replace table fct_customer_event as select customer::integer as customer, event, date '1970-01-01' + day::integer as day,
    row_number() over (partition by customer, event order by day)::integer as number, value::decimal(28, 6) as value, margin::decimal(28, 6) as margin, segment::varchar as segment
    from (values ${rows.join(", ")}) as log(customer, event, day, value, margin, segment)`);
}
