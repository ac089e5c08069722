// The events that a funnel names, numbered in order within each entity, as one list a step.

import type {DimensionId} from "../../metrics/define.js";
import {funnelMart, type EventRule, type Funnel} from "../../metrics/funnel.js";
import {allOf, anyOf, column, filterSql, predicateSql} from "../predicate.js";
import {identifier, integer, join, sql, type Sql} from "../sql.js";
import type {FunnelPlan} from "./plan.js";

/** Days and seconds between which two known moments of one event of the log lie: where either is only a day, days count. */
export const within = (event: Sql, entry: Sql, days: number | null): Sql => days === null ? sql`true` : sql`case
    when ${event}.second is not null and ${entry}.second is not null then abs(${event}.second - ${entry}.second) <= ${integer(days * 86_400)}
    else abs(${event}.day - ${entry}.day) <= ${integer(days)} end`;

/** Whole seconds from one event to another; where either is only a day, of whole days. */
export const secondsBetween = (from: Sql, to: Sql): Sql =>
  sql`coalesce(${to}.second - ${from}.second, (${to}.day - ${from}.day)::bigint * 86400)`;

/** Greater than any place. */
export const never = integer(2 ** 40);

export const list = (name: "step" | "excluded", k: number): Sql => identifier(`${name}_${k}`);

/** Columns by which a row of lists is told from others: the entity, and what is held constant. */
export function keysOf({funnel: {hold, credit}, by}: FunnelPlan): Sql[] {
  return [sql`entity`, ...partsOf(hold, credit === "all" ? by : null).map((_, k) => identifier(`part_${k}`))];
}

const partsOf = (...dimensions: readonly (DimensionId | null)[]): DimensionId[] => dimensions.filter((dimension) => dimension !== null);

/** Dimensions that an event has to carry: what is broken down by, then what is filtered by, then others. */
export const carriedBy = ({funnel: {credit}, by, filters}: FunnelPlan, more: readonly DimensionId[] = []): DimensionId[] =>
  [...new Set(credit === "all" ? more : [...(by === null ? [] : [by]), ...filters.map(({dimension}) => dimension), ...more])];

const ruleSql = ({event, where = []}: EventRule): Sql => allOf([sql`${column("event")} = ${event}`, ...where.map(predicateSql)])!;
const rulesSql = (rules: readonly EventRule[]): Sql => anyOf(rules.map(ruleSql)) ?? sql`false`;

const bit = (k: number): number => 2 ** k;
const isOpenEntry = ({mode}: Funnel): boolean => mode === "reached" || mode === "any_stage";

/**
 * Returns the tables up to `entity_events`: one row an entity (and part), with a list of events in order for each step
 * (`step_1` …; of mode `reached` those of later steps too), for entries (`entries`: of mode `reached` those of the first
 * step, and the first event of all where it is of a later one), losses (`losses`) and exclusions.
 * An event's `place` numbers the funnel's events of the entity: by day, time, step, then as in the log. Of all entities, or
 * of those numbered from `first` to `past` (exclusive).
 */
export function eventTables(plan: FunnelPlan, more: readonly DimensionId[] = [], entities?: {readonly first: number; readonly past: number}): Sql {
  const {funnel, by, filters} = plan;
  const {steps, lost, exclude, hold, credit, entity, kind} = funnel;
  const carried = carriedBy(plan, more);
  const parts = partsOf(hold, credit === "all" ? by : null);
  const flags = [...steps.map(({is}) => rulesSql(is)), rulesSql(lost), ...exclude.map(({is}) => rulesSql(is))];
  const isStep = (from: number) => integer(steps.reduce((mask, _, k) => (k >= from ? mask + bit(k) : mask), 0));
  const entrySteps = isOpenEntry(funnel) ? isStep(0) : integer(1);
  const matches = (mask: Sql) => sql`(mask & ${mask}) > 0`;
  const keys = keysOf(plan);
  const events = join([
    sql`place := place`, sql`number := number`, sql`day := day`, sql`second := second`, sql`early := is_early`, sql`value := value`,
    ...carried.map((dimension, k) => sql`${identifier(`dim_${k}`)} := ${identifier(`dim_${k}`)}`)
  ]);
  // The place comes first in an event: sorted afterwards, lists take a tenth of the time of an ordered aggregate.
  const inOrder = (mask: Sql) => sql`list_sort(list(event) filter (where ${matches(mask)}))`;
  const conditions = [
    ...(kind === undefined || entity !== "case" ? [] : [sql`${column("kind")} = ${kind}`]),
    ...(credit === "all" ? filters.map(filterSql) : []),
    ...(entities === undefined ? [] : [sql`${column("entity")} >= ${integer(entities.first)} and ${column("entity")} < ${integer(entities.past)}`])
  ];
  const where = allOf(conditions);
  // Who skipped the first step enters where first seen; who did not, does not enter anew with each later step.
  const entries = funnel.mode === "reached"
    ? sql`case when min(place) filter (where ${matches(isStep(0))}) < coalesce(min(place) filter (where ${matches(integer(1))}), ${never})
      then list_prepend(${inOrder(isStep(0))}[1], coalesce(${inOrder(integer(1))}, [])) else ${inOrder(integer(1))} end`
    : inOrder(entrySteps);
  return sql`marked as (
  select f.entity, f.number, f.day, f.second, f.is_early, f.value,
    ${join(flags.map((flag, k) => sql`case when ${flag} then ${integer(bit(k))} else 0 end`), " + ")} as mask
    ${join([...parts.map((dimension, k) => sql`, cast(${column(dimension)} as varchar) as ${identifier(`part_${k}`)}`),
      ...carried.map((dimension, k) => sql`, cast(${column(dimension)} as varchar) as ${identifier(`dim_${k}`)}`)], "")}
  from ${identifier(funnelMart[entity])} as f ${where ? sql`where ${where}` : sql``}
),
placed as (
  select *, row_number() over (
    partition by ${join(keys)} order by day, second nulls first, case when own > 0 then own & -own else ${integer(bit(30))} end, number
  ) as place
  from (select *, mask & ${isStep(0)} as own from marked)
  where mask > 0 and entity in (select entity from marked where ${matches(entrySteps)} and day >= ${plan.start}::date and day < ${plan.end}::date)
),
described as (
  select ${join(keys)}, mask, place, struct_pack(${events}) as event from placed
),
entity_events as (
  select ${join(keys)},
    ${entries} as entries,
    ${join(steps.map((_, k) => sql`${inOrder(funnel.mode === "reached" ? isStep(k) : integer(bit(k)))} as ${list("step", k + 1)}`), ",\n    ")},
    ${inOrder(integer(bit(steps.length)))} as losses
    ${join(exclude.map((_, k) => sql`, ${inOrder(integer(bit(steps.length + 1 + k)))} as ${list("excluded", k)}`), "")}
  from described group by ${join(keys)}
)`;
}
