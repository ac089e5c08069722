// Windows that the data itself gives: how long what succeeded has usually taken.

import {metrics} from "../src/metrics/index.js";
import type {MeasuredWindow} from "../src/query/manifest.js";
import type {Mart} from "./marts.js";
import {quoteIdentifier, type Native} from "./native.js";

/** Fractions of days below this are what interpolating adds to a whole day. */
const tolerance = 1e-6;

/**
 * Returns, by metric, the windows of those that take theirs from the data and have none in the settings: the quantile of
 * all records that reached their conversion by as-of, in whole days, rounded up; the declared window where they are too few.
 */
export async function measuredWindows(native: Native, marts: readonly Mart[], settled: Readonly<Record<string, number | null>>): Promise<Record<string, MeasuredWindow>> {
  const published = new Set(marts.map(({name}) => name));
  const found: Record<string, MeasuredWindow> = {};
  for (const metric of metrics) {
    if (metric.type !== "conversion" || !metric.measured || !published.has(metric.mart) || Object.hasOwn(settled, metric.id)) continue;
    const {column, q, least} = metric.measured;
    const [row] = await native.run({
      sql: `select count(${quoteIdentifier(column)}) as n, quantile_cont(${quoteIdentifier(column)}::double, ${q}) as days
        from ${quoteIdentifier(metric.mart)} where ${quoteIdentifier(metric.conversion)} is not null`,
      params: []
    });
    const n = Number(row!["n"]);
    const measured = n >= least;
    found[metric.id] = {days: measured ? Math.ceil(Number(row!["days"]) - tolerance) : metric.window ?? 0, n, measured};
  }
  return found;
}
