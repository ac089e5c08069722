// Entries of the period from the walks of a funnel: what the window cuts off is decided here, all else stands in the mart.

import {funnelMart} from "../../metrics/funnel.js";
import {column, filterSql} from "../predicate.js";
import {identifier, integer, join, sql, type Sql} from "../sql.js";
import type {FunnelPlan} from "./plan.js";

const within = ({funnel: {window}}: FunnelPlan, days: Sql): Sql => (window === null ? sql`${days} is not null` : sql`coalesce(${days} <= ${integer(window)}, false)`);

/** Whether step k was reached in the window. */
export const walkedOn = (plan: FunnelPlan, k: number): Sql => (k === 1 ? sql`true` : within(plan, identifier(`need_${k}`)));

/** The same as the condition of a row, which null does not meet: the engine looks at nothing else of rows that fail it. */
export const walkedThere = ({funnel: {window}}: FunnelPlan, k: number): Sql => (k === 1 ? sql`true` : window === null ? sql`${identifier(`need_${k}`)} is not null` : sql`${identifier(`need_${k}`)} <= ${integer(window)}`);

/** The day on which step k was reached. */
export const walkedTo = (k: number): Sql => (k === 1 ? sql`day` : sql`(day + ${identifier(`at_${k}`)})`);

/** The day on which an entry that came as far as step k was lost within the window; of any step where none is named. */
export function lossDay(plan: FunnelPlan, k?: number): Sql {
  const of = (step: number) => sql`case when ${within(plan, identifier(`loss_${step}`))} then day + ${identifier(`left_${step}`)} end`;
  if (k !== undefined) return of(k);
  return sql`case last_step ${join(plan.funnel.steps.slice(0, -1).map((_, at) => sql`when ${integer(at + 1)} then ${of(at + 1)}`), " ")} end`;
}

/** Value of an entry at the step after which it left. */
export const valueLeft = ({funnel: {steps}}: Pick<FunnelPlan, "funnel">): Sql =>
  sql`case last_step ${join(steps.slice(0, -1).map((_, k) => sql`when ${integer(k + 1)} then ${identifier(`value_${k + 1}`)}`), " ")} end`;

/** Columns of an entry that the window decides, over the walks as `f`: `last_step`, `is_excluded`, `is_mature`. */
export function entryColumns(plan: FunnelPlan): Sql[] {
  const {funnel: {steps, window, exclude}, asOf} = plan;
  const farther = steps.map((_, k) => k + 1).slice(1).reverse();
  return [
    sql`case ${join(farther.map((k) => sql`when ${walkedOn(plan, k)} then ${integer(k)}`), " ")} else 1 end as last_step`,
    sql`${exclude.length ? within(plan, column("excluded")) : sql`false`} as is_excluded`,
    sql`${window === null ? sql`true` : sql`f.day + ${integer(window)} <= ${asOf}::date`} as is_mature`
  ];
}

/**
 * Returns the table `walked`: the walks that are entries of the period, one row each, with `last_step`, `is_excluded`,
 * `is_mature`, `member`, and the columns of the mart. Who is credited otherwise than at the entry has the dimensions of
 * that event of the log.
 */
export function walkTables(plan: FunnelPlan): Sql {
  const {funnel: {steps, repeat, credit}, start, end, by, filters} = plan;
  const columns = entryColumns(plan);
  const entered = [
    sql`f.day >= ${start}::date`, sql`f.day < ${end}::date`,
    repeat === "first_ever" ? sql`f.before is null` : sql`(f.before is null or f.before < ${start}::date)`
  ];
  const member = by === null ? [] : [sql`${column(by)} as member`];
  if (!needsEvent(plan)) return sql`walked as not materialized (
  select f.*, ${join([...columns, ...member])}
  from ${identifier(plan.walk!)} as f where ${join([...entered, ...filters.map((filter) => sql`(${filterSql(filter)})`)], " and ")}
)`;
  const position = typeof credit === "object" ? steps.findIndex(({id}) => id === credit.step) + 1 : undefined;
  const credited = position === undefined
    ? sql`case last_step ${join(steps.map((_, k) => sql`when ${integer(k + 1)} then ${identifier(`number_${k + 1}`)}`), " ")} end` : identifier(`number_${position}`);
  const conditions = [
    ...filters.map((filter) => sql`(${filterSql(filter)})`),
    ...(position === undefined ? [] : [sql`last_step >= ${integer(position)}`])
  ];
  return sql`entered as not materialized (
  select f.*, ${join(columns)} from ${identifier(plan.walk!)} as f where ${join(entered, " and ")}
),
walked as not materialized (
  select ${join([sql`e.*`, ...member])}
  from (select *, ${credited} as credited from entered) as e
  join ${identifier(funnelMart[plan.funnel.entity])} as f on e.entity = f.entity and e.credited = f.number
  ${conditions.length ? sql`where ${join(conditions, " and ")}` : sql``}
)`;
}

/** Whether the entries' dimensions stand in events of the log, which are all looked through for them. */
export const needsEvent = ({funnel: {credit}, by, filters}: FunnelPlan): boolean => credit !== "first" && credit !== "all" && (by !== null || filters.length > 0);
