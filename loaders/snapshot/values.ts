// Every KPI in every period of a month's report: what is published, and what later months are compared with.

import type {Metric} from "../../src/metrics/define.js";
import {askMany} from "../../src/query/ask.js";
import {parsePeriod} from "../../src/query/calendar.js";
import {missingData} from "../../src/query/catalogue.js";
import type {CalendarRules, Manifest} from "../../src/query/manifest.js";
import type {Grain, Run} from "../../src/query/question.js";

/** Value, records behind it, and why there is no value where there is none. */
export type PublishedCell = readonly [value: number | null, n: number, reason?: string];

export interface Published {
  readonly asOf: string;
  /** Keys of the periods that have ended, the newest first of each grain. */
  readonly periods: readonly string[];
  /** Totals by KPI and period. A KPI without its data is absent. */
  readonly values: Readonly<Record<string, Readonly<Record<string, PublishedCell>>>>;
}

/** How far back: as far as the pages show trends, and a year more. */
const counts: Readonly<Partial<Record<Grain, number>>> = {month: 25, quarter: 12, year: 5, fiscal_quarter: 12, fiscal_year: 5};

/** Periods that end with the calendar year need no second name. */
const grainsOf = ({fiscalYearStart}: CalendarRules): Grain[] => ["month", "quarter", "year", ...(fiscalYearStart === 1 ? [] : ["fiscal_quarter", "fiscal_year"] as const)];

/** Returns the totals of every KPI that readers may see, in every period that has ended by as-of. */
export async function publishedValues({manifest, run, catalogue}: {readonly manifest: Manifest; readonly run: Run; readonly catalogue: readonly Metric[]}): Promise<Published> {
  const metrics = catalogue.filter((metric) => !metric.internal && missingData(metric, manifest) === null).map(({id}) => id);
  const grains = grainsOf(manifest.calendar);
  const period = parsePeriod("current:month", manifest).key;
  const answers = metrics.length === 0 ? [] : await askMany(grains.map((grain) => ({metrics, period, trend: {grain, count: counts[grain]!}})), {manifest, run, catalogue});
  const values: Record<string, Record<string, PublishedCell>> = {};
  const periods = new Set<string>();
  for (const {rows} of answers) {
    for (const row of [...rows].reverse()) {
      if (row.role !== "trend" || !row.total || row.period.part) continue;
      periods.add(row.period.key);
      (values[row.metric] ??= {})[row.period.key] = row.value === null ? [null, row.n, row.reason ?? "undefined"] : [row.value, row.n];
    }
  }
  return {asOf: manifest.asOf, periods: [...periods], values: Object.fromEntries(metrics.flatMap((id) => (values[id] ? [[id, values[id]] as const] : [])))};
}
