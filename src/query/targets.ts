// Goals from fct_target, matched to the numbers they were set for.

import type {DimensionId} from "../metrics/define.js";
import {periodAliases, type CalendarContext} from "./calendar.js";
import type {Scope} from "./filters.js";
import type {Manifest} from "./manifest.js";
import type {ResultRow} from "./measure.js";
import type {Period, Statement} from "./question.js";
import {join, sql} from "./sql.js";

const levels: readonly DimensionId[] = ["region", "team", "owner"];
const goalKey = (metric: string, period: string, level: string, member: string | null) => JSON.stringify([metric, period, level, member]);

export type Goals = ReadonlyMap<string, number>;

/** Returns the statement that reads the goals of the metrics for the periods at all levels; null when there is no goal to read. */
export function targetStatement(metrics: readonly string[], periods: readonly Period[], manifest: Manifest): Statement | null {
  const stored = manifest.marts.find(({name}) => name === "fct_target");
  const keys = [...new Set(periods.flatMap((period) => periodAliases(period, manifest)))];
  if (!stored || stored.rows === 0 || metrics.length === 0 || keys.length === 0) return null;
  const list = (values: readonly string[]) => join(values.map((value) => sql`${value}`));
  const {text, params} = sql`select metric, period, level, member, cast(value as double) as value from fct_target
where metric in (${list([...new Set(metrics)])}) and period in (${list(keys)})`;
  return {sql: text, params};
}

/** Returns the goals in the rows of `targetStatement`, findable by `goalOf`. */
export function readGoals(rows: readonly ResultRow[]): Goals {
  return new Map(rows.map(({metric, period, level, member, value}) =>
    [goalKey(String(metric), String(period), String(level), (member ?? null) as string | null), value as number]));
}

/**
 * Returns the goal of one number: the company's when nothing narrows it, that of a region, team or owner when exactly
 * that one filter (with one member) or breakdown member does; otherwise null. Goals of the same days under another key
 * (FY2025 for 2025) count.
 */
export function goalOf(goals: Goals, metric: string, period: Period, scope: Scope, members: readonly (string | null)[], context: Pick<CalendarContext, "calendar">): number | null {
  if (goals.size === 0) return null;
  const narrowed = [
    ...scope.filters.map(({dimension, values}) => ({dimension, member: values.length === 1 ? values[0]! : null})),
    ...members.map((member, k) => ({dimension: scope.by[k]!, member}))
  ];
  const [only] = narrowed;
  if (narrowed.length > 1 || (only && (only.member === null || !levels.includes(only.dimension)))) return null;
  for (const key of periodAliases(period, context)) {
    const goal = goals.get(goalKey(metric, key, only?.dimension ?? "company", only?.member ?? null));
    if (goal !== undefined) return goal;
  }
  return null;
}
