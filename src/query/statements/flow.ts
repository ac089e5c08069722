// What entities brought in a period beside what they brought in the one before it: a movement between two sums.

import type {FlowPart} from "../../metrics/define.js";
import {comma, date, filters, groupingSets, memberColumns, members, relation, whereSql, type Batch, type CompileContext} from "../batch.js";
import {exactColumn, ownConditions} from "../measure.js";
import {column} from "../predicate.js";
import {integer, join, sql, type Sql} from "../sql.js";
import type {TimeRule} from "../timeRule.js";

type Movement = TimeRule & {readonly kind: "movement"};
type Flow = NonNullable<Movement["flow"]>;

const isFirst = sql`coalesce(born >= first_day and born < past_day, false)`;
const change = sql`after - before - rates`;

/** Who of `held` belongs to a part, and with what. */
export const flowParts: Readonly<Record<FlowPart, {readonly who: Sql; readonly value: Sql}>> = {
  first_time: {who: isFirst, value: change},
  growth: {who: sql`not ${isFirst} and ${change} > 0`, value: change},
  shortfall: {who: sql`not ${isFirst} and ${change} < 0`, value: sql`before + rates - after`},
  rates: {who: sql`rates <> 0`, value: sql`rates`}
};

/**
 * Returns the tables up to `held`, one row per period, member and entity: what it brought `before` and in the period
 * (`after`), what of that comes from `rates` alone, and its first day of all (`born`).
 */
export function flowTables(batch: Batch, {entity, from, value}: Movement, {own, currency, first}: Flow, context: CompileContext): Sql {
  const amount = exactColumn(batch.mart, value, context);
  const counts = context.unrated && context.typeOf(batch.mart, "unrated_currency") !== undefined;
  const later = sql`${column(from)} >= p.first_day`;
  const earlier = sql`${column(from)} < p.first_day`;
  const rows = batch.periods.map(({start, end, before = {start, end: start}}, i) =>
    sql`(${integer(i)}, ${date(start)}, ${date(end)}, ${date(before.start)}, ${date(before.end)})`);
  return sql`period(i, first_day, past_day, former_day, former_past) as (values ${join(rows)}),
sold as (
  select p.i as period, p.first_day, p.past_day, ${column(entity)} as entity, ${memberColumns(batch)}, min(${column(first)}) as born,
    coalesce(sum(${amount}) filter (where ${earlier}), 0) as before, coalesce(sum(${amount}) filter (where ${later}), 0) as after,
    sum(${column(own)}) filter (where ${later} and ${column(value)} is not null) as own_after,
    sum(abs(${amount})) filter (where ${earlier}) as size_before,
    sum(abs(${column(own)})) filter (where ${earlier} and ${column(value)} is not null) as own_size_before,
    ${counts ? sql`count(${column("unrated_currency")})` : sql`0`} as unrated
  from ${relation(batch)} as f join period as p
    on (${column(from)} >= p.first_day and ${column(from)} < p.past_day) or (${column(from)} >= p.former_day and ${column(from)} < p.former_past)
  ${whereSql([...ownConditions(batch.leaves[0]!), ...filters(batch)])}
  ${groupingSets(sql`p.i, p.first_day, p.past_day, ${column(entity)}, ${column(currency)}`, batch)}
),
held as (
  select period, first_day, past_day, entity, total${comma(members(batch))}, min(born) as born, sum(before) as before, sum(after) as after,
    sum(coalesce(after - (own_after::double * (size_before::double / nullif(own_size_before, 0)::double))::decimal(28, 6), 0)) as rates,
    sum(unrated) as unrated
  from sold group by period, first_day, past_day, entity, total${comma(members(batch))}
)`;
}
