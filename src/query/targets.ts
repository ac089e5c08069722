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

/** A goal as it is stored, with the sums of the goals one level down where its KPI adds up. */
export interface Goal {
  readonly value: number;
  readonly regions: number | null;
  readonly teams: number | null;
  /** Of the people in it. */
  readonly owners: number | null;
}

export type Goals = ReadonlyMap<string, Goal>;

/** What goals are looked for: those of a metric in a scope, for some periods. */
export interface GoalWant {
  readonly metric: string;
  readonly scope: Scope;
  readonly periods: readonly Period[];
}

/** A level of goals, and the one member of it that is asked for; all of them without. */
interface Level {
  readonly level: string;
  readonly member?: string;
}

/** Levels at which `goalOf` may find a goal for the total and the members of a scope. */
function levelsOf({filters, by}: Scope): Level[] {
  const [only] = filters;
  const ofMembers = filters.length === 0 && by.length === 1 && levels.includes(by[0]!) ? [{level: by[0]!}] : [];
  if (only === undefined) return [{level: "company"}, ...ofMembers];
  const member = only.values.length === 1 ? only.values[0] : null;
  return filters.length === 1 && levels.includes(only.dimension) && member != null ? [{level: only.dimension, member}] : [];
}

/** Returns the statement that reads the goals that may be found; null when there is none to look for. */
export function targetStatement(wants: readonly GoalWant[], manifest: Manifest): Statement | null {
  const stored = manifest.marts.find(({name}) => name === "fct_target");
  if (!stored || stored.rows === 0) return null;
  const groups = new Map<string, Level & {metrics: Set<string>; periods: Map<string, Period>}>();
  for (const {metric, scope, periods} of wants)
    for (const level of levelsOf(scope)) {
      const key = JSON.stringify([level.level, level.member]);
      const group = groups.get(key) ?? {...level, metrics: new Set(), periods: new Map()};
      groups.set(key, group);
      group.metrics.add(metric);
      for (const period of periods) group.periods.set(period.key, period);
    }
  const list = (values: Iterable<string>) => join([...new Set(values)].map((value) => sql`${value}`));
  const conditions = [...groups.values()].filter(({periods}) => periods.size > 0).map(({level, member, metrics, periods}) => {
    const keys = [...periods.values()].flatMap((period) => periodAliases(period, manifest));
    return sql`level = ${level}${member === undefined ? sql`` : sql` and member = ${member}`} and metric in (${list(metrics)}) and period in (${list(keys)})`;
  });
  if (conditions.length === 0) return null;
  const {text, params} = sql`select metric, period, level, member, cast(value as double) as value, cast(regions as double) as regions, cast(teams as double) as teams, cast(owners as double) as owners from fct_target
where ${join(conditions, "\n  or ")}`;
  return {sql: text, params};
}

/** Returns the goals in the rows of `targetStatement`, findable by `goalOf`. */
export function readGoals(rows: readonly ResultRow[]): Goals {
  const sum = (value: unknown) => (value ?? null) as number | null;
  return new Map(rows.map(({metric, period, level, member, value, regions, teams, owners}) =>
    [goalKey(String(metric), String(period), String(level), (member ?? null) as string | null), {value: value as number, regions: sum(regions), teams: sum(teams), owners: sum(owners)}]));
}

/**
 * Returns the goal of one number: the company's when nothing narrows it, that of a region, team or owner when exactly
 * that one filter (with one member) or breakdown member does; otherwise null. Goals of the same days under another key
 * (FY2025 for 2025) count. `allocated` is what the goals one level down come to: those of the members that the total is
 * broken down by, where they are regions or teams; else those of the people.
 */
export function goalOf(goals: Goals, metric: string, period: Period, scope: Scope, members: readonly (string | null)[], context: Pick<CalendarContext, "calendar">): {readonly target: number; readonly allocated: number | null} | null {
  if (goals.size === 0) return null;
  const narrowed = [
    ...scope.filters.map(({dimension, values}) => ({dimension, member: values.length === 1 ? values[0]! : null})),
    ...members.map((member, k) => ({dimension: scope.by[k]!, member}))
  ];
  const [only] = narrowed;
  if (narrowed.length > 1 || (only && (only.member === null || !levels.includes(only.dimension)))) return null;
  for (const key of periodAliases(period, context)) {
    const goal = goals.get(goalKey(metric, key, only?.dimension ?? "company", only?.member ?? null));
    if (goal === undefined) continue;
    const below = only === undefined && scope.by.length === 1 ? scope.by[0] : undefined;
    const allocated = only?.dimension === "owner" ? null : below === "region" ? goal.regions : below === "team" ? goal.teams : goal.owners;
    return {target: goal.value, allocated};
  }
  return null;
}
