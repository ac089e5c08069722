// Paces: how many entries of a funnel took how many whole days from step to step, counted beforehand, so that only the
// seconds of the few days in which a quantile lies are looked up among the entries.

import type {DimensionId} from "../../metrics/define.js";
import type {Funnel} from "../../metrics/funnel.js";
import type {PaceInfo} from "../manifest.js";
import {column, filterSql} from "../predicate.js";
import type {Statement} from "../question.js";
import {identifier, integer, join, sql, type Sql} from "../sql.js";
import {pairsOf, walkedSpans} from "./outcome.js";
import type {FunnelPlan, PaceUse} from "./plan.js";
import {isAddable} from "./tallies.js";
import {usualDimensions} from "./view.js";
import {entryColumns} from "./walkTables.js";

/** Name of a funnel's day counts among the marts. */
export const paceMart = ({id}: Pick<Funnel, "id">): string => `pace_${id}`;

/** Columns by which spans are alike, besides their dimensions; then their numbers, which add up. */
export const paceKeys: readonly string[] = ["day", "before", "pair", "lasted"];
export const paceSums: readonly string[] = ["ended", "ended_first", "censored", "seconds"];

/** The number of the pair from the first step to the last, as `pair` has it. */
export const wholePair = (funnel: Pick<Funnel, "steps">): number => pairsOf(funnel as Funnel).slice(-1).map(([from, to]) => from * 100 + to)[0]!;

/** Returns the sets of dimensions that are worth counting by: each alone, and of the whole way, which is told by member too, the usual breakdown with each of the others. */
export function pacedSets(dimensions: readonly DimensionId[], whole: boolean): DimensionId[][] {
  const usual = usualDimensions.find((id) => dimensions.includes(id));
  const others = dimensions.filter((id) => id !== usual);
  if (usual === undefined) return [[]];
  return whole ? [...others.map((id) => [usual, id]), [usual]] : [...dimensions.map((id) => [id]), []];
}

/**
 * Returns the statement of a funnel's day counts by all the dimensions, from the walks of its mode. `plan` says the window
 * and as-of. `edges` is a table of every `day` with the one that it is `counted` at. One row for each such day of the entry,
 * that of the entry `before`, members, `pair` of steps and whole days `lasted` (null where one is before its time), with how
 * many `ended` with the second step, of them `ended_first` to the second, how many were `censored`, and the sum of `seconds`
 * of those that ended. Entries that follow another of the same counted day count in no period between such days.
 */
export function paceStatement(plan: FunnelPlan, dimensions: readonly DimensionId[], edges: string): Statement {
  const kept = join([sql`day`, sql`before`, ...dimensions.map(identifier)]);
  const [day, before] = [sql`coalesce(entered.counted, span.day)`, sql`coalesce(earlier.counted, span.before)`];
  const {text, params} = sql`with walked as not materialized (select f.*, ${join(entryColumns(plan))} from ${identifier(plan.walk!)} as f),
span as not materialized (
  ${walkedSpans(plan, kept)}
)
select ${day} as day, case when span.before is not null then ${before} end as before, ${join([...dimensions.map((id) => sql`span.${identifier(id)}`), sql`pair`])}, (seconds // 86400)::integer as lasted,
  count(*) filter (where there) as ended, count(*) filter (where there and seconds % 86400 = 0) as ended_first, count(*) filter (where not there) as censored,
  sum(seconds) filter (where there) as seconds
from span left join ${identifier(edges)} as entered on span.day = entered.day left join ${identifier(edges)} as earlier on span.before = earlier.day
where span.before is null or ${before} < ${day}
group by all`;
  return {sql: text, params};
}

/**
 * Returns the smallest parts that tell a plan's times; undefined where none do. `isEdge` says of a day whether no counted
 * day spans it. Members are told of the whole way alone where `members` says so.
 */
export function paceChoice({name, parts}: Pick<PaceInfo, "name" | "parts">, plan: FunnelPlan, isEdge: (day: string) => boolean, members: "each" | "whole"): PaceUse | undefined {
  const {funnel, by, filters} = plan;
  if (!isAddable(plan, isEdge)) return undefined;
  const filtered = filters.map(({dimension}) => dimension);
  const smallest = (whole: boolean, needed: readonly DimensionId[]) => {
    const fitting = parts.flatMap((one, part) => (one.whole === whole && one.mode === funnel.mode && one.window === funnel.window && needed.every((dimension) => one.dimensions.includes(dimension)) ? [{part, rows: one.rows}] : []));
    return fitting.sort((a, b) => a.rows - b.rows)[0]?.part;
  };
  const withMember = by === null ? filtered : [...filtered, by];
  const whole = smallest(true, withMember);
  // Of two steps the whole way is the only pair.
  const steps = funnel.steps.length > 2 ? smallest(false, members === "whole" ? filtered : withMember) : whole;
  return whole === undefined || steps === undefined ? undefined : {name, whole, steps};
}

/** Returns the select of a plan's day counts by pair and member, from its paces. */
export function pacedSql({pace, funnel, start, end, by, filters}: FunnelPlan, members: "each" | "whole"): Sql {
  const entered = funnel.repeat === "first_ever" ? sql`f.before is null` : sql`(f.before is null or f.before < ${start}::date)`;
  const part = (number: number, member: Sql) => {
    const conditions = [sql`f.part = ${integer(number)}`, sql`f.day >= ${start}::date`, sql`f.day < ${end}::date`, entered, ...filters.map((filter) => sql`(${filterSql(filter)})`)];
    return sql`select pair, ${member} as member, lasted as day, sum(f.ended) as ended, sum(f.ended_first) as ended_first, sum(f.censored) as censored, sum(f.seconds) as seconds
  from ${identifier(pace!.name)} as f where ${join(conditions, " and ")} group by all`;
  };
  const own = by === null ? sql`null::varchar` : sql`cast(${column(by)} as varchar)`;
  return join([...new Set([pace!.whole, pace!.steps])].map((number) => part(number, number === pace!.whole || members === "each" ? own : sql`null::varchar`)), "\n  union all\n  ");
}
