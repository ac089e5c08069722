// The cohorts of report.yaml: changes to shipped ones, and the report's own.

import {z} from "zod";
import {cohortFirsts, cohortGrains, cohortSpans, type Cohort, type CohortEvent} from "../../src/metrics/cohort.js";
import {cohorts as shipped} from "../../src/metrics/cohorts.js";
import type {SettingsProblem} from "./problems.js";

const name = z.string().regex(/^[a-z][a-z0-9_]*$/, "lower-case letters, digits and _");
const some = <T extends string>(events: readonly [T, ...T[]]) => {
  const one = z.enum(events);
  return z.union([one, z.array(one).min(1)]);
};

export const cohortsSchema = z
  .record(name, z.strictObject({
    label: z.string().min(1).optional().describe("What readers see; shipped cohorts have a name"),
    start: z.enum(["purchase", "win", "subscription_start", "activity"]).optional().describe("What a customer begins with"),
    returns: some(["purchase", "win", "subscription_start", "subscribed", "activity"]).optional().describe("What counts as being back; any of them will do. subscribed: still paying as the month ends"),
    money: z.union([z.literal("none"), some(["purchase", "refund", "win", "subscribed"])]).optional().describe("Whose amounts count as revenue; none for no measures of money"),
    key: z.enum(["start", "owner", "team", "region", "source", "product", "plan", "segment"]).optional().describe("What a line stands for: the period of the start, or a dimension as it was then"),
    grain: z.enum(cohortGrains as [Cohort["grain"], ...Cohort["grain"][]]).optional().describe("How long periods are"),
    span: z.enum(cohortSpans as [Cohort["span"], ...Cohort["span"][]]).optional().describe("Ages by the calendar, or from each customer’s own start (a month is 30 days)"),
    first: z.enum(cohortFirsts as [Cohort["first"], ...Cohort["first"][]]).optional().describe("The first start ever of each customer, or all who start in a period")
  }))
  .default({})
  .describe("Cohorts: changes to purchases, wins, subscriptions and activity, and your own by a name of your own");

type Written = z.output<typeof cohortsSchema>;

interface Reading {
  readonly file: string;
  readonly lineOf: (path: (string | number)[]) => number | undefined;
  readonly found: SettingsProblem[];
}

/** Orders and what is given back; a win is one until it is an order. */
const usualMoney = (returns: readonly CohortEvent[]): readonly CohortEvent[] => {
  if (returns.includes("subscribed")) return ["subscribed"];
  return returns.includes("purchase") || returns.includes("win") ? ["purchase", "refund"] : [];
};

/** Returns the report's cohorts, shipped ones first. Faults are added to those found. */
export function reportCohorts(written: Written, {file, lineOf, found}: Reading): Cohort[] {
  const own = Object.keys(written).filter((id) => !shipped.some((cohort) => cohort.id === id));
  return [
    ...shipped.map((cohort) => changedCohort(cohort, written[cohort.id] ?? {})),
    ...own.flatMap((id) => {
      const {label, start, returns} = written[id]!;
      for (const [key, value] of Object.entries({label, start, returns})) {
        if (value === undefined) found.push({code: "missing_key", file, line: lineOf(["cohorts", id]), key: `cohorts.${id}`, value: key, expected: `${key}, or one of the shipped cohorts: ${shipped.map((cohort) => cohort.id).join(", ")}`});
      }
      if (!label || !start || !returns) return [];
      return [changedCohort({id, start, returns: [], money: usualMoney([returns].flat()), key: "start", grain: "month", span: "calendar", first: "ever"}, written[id]!)];
    })
  ];
}

function changedCohort(cohort: Cohort, {label, start, returns, money, key, grain, span, first}: Written[string]): Cohort {
  return {
    ...cohort, ...(label !== undefined && {label}),
    start: start ?? cohort.start, returns: returns === undefined ? cohort.returns : [returns].flat(), money: money === undefined ? cohort.money : money === "none" ? [] : [money].flat(),
    key: key ?? cohort.key, grain: grain ?? cohort.grain, span: span ?? cohort.span, first: first ?? cohort.first
  };
}
