// The days between which events may be counted beforehand: no period that a page shows by itself begins or ends inside.

import {lastYearPeriod, parsePeriod, previousPeriod, trendPeriods, type CalendarContext} from "./calendar.js";
import {dateOf} from "./periodKey.js";
import type {Period} from "./question.js";

const grains = ["month", "quarter", "year", "fiscal_quarter", "fiscal_year"] as const;

/**
 * Returns the edges of every month, quarter and year with records, and of what the running ones are
 * compared with: sorted and distinct, from the first record to the day after as-of. Weeks, single days and ranges inside a
 * month are not among them.
 */
export function breakpoints(context: CalendarContext): string[] {
  const {months} = dateOf(context.firstDay < context.asOf ? context.firstDay : context.asOf).with({day: 1})
    .until(dateOf(context.asOf), {largestUnit: "month"});
  const running = grains.map((grain) => parsePeriod(`current:${grain}`, context));
  const references = running.flatMap((period) => [previousPeriod(period, context), lastYearPeriod(period, context)]);
  const everything = parsePeriod("all", context);
  const known: (Period | null)[] = [everything, ...running, ...references, ...allMonths(months + 1, everything, context)];
  const days = known.flatMap((period) => (period ? [period.start, period.end] : []));
  return [...new Set(days.filter((day) => day >= everything.start))].sort();
}

/** A trend has at most a thousand periods; months before that are asked for day by day. */
const allMonths = (count: number, everything: Period, context: CalendarContext): Period[] =>
  trendPeriods(everything, {grain: "month", count: Math.min(count, 1000)}, context);
