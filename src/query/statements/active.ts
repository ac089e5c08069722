// Values of a column with enough rows in each period, or with rows on enough of its working days.

import {
  asDoubles, comma, date, dayTable, filters, measures, member, members, periodTable, relation, whereSql, type Batch, type CompileContext
} from "../batch.js";
import {ownConditions} from "../measure.js";
import {column} from "../predicate.js";
import {integer, join, sql, type Sql} from "../sql.js";
import type {TimeRule} from "../timeRule.js";

export function activeStatement(batch: Batch, {time, column: who, least, working}: TimeRule & {readonly kind: "active"}, context: CompileContext): Sql {
  const {by} = batch;
  const {workingDays, holidays} = context.calendar;
  const workdays = working ? [
    sql`isodow(d.day) in (${join(workingDays.map(integer))})`,
    ...(holidays.length ? [sql`d.day not in (${join(holidays.map(date))})`] : [])
  ] : [];
  const sets = by.length ? sql`group by grouping sets ((period, who), (period, who${comma(members(batch))}))` : sql`group by period, who`;
  return sql`with ${periodTable(batch)},
${dayTable},
worked as (
  select d.i as period, ${column(who)} as who${comma(by.map((dimension, k) => sql`cast(${column(dimension)} as varchar) as ${member(k)}`))}
  from ${relation(batch)} as f join day as d on ${column(time)} = d.day
  ${whereSql([sql`${column(who)} is not null`, ...ownConditions(batch.leaves[0]!), ...workdays, ...filters(batch)])}
),
active as (
  select period, ${by.length ? sql`grouping(m0)` : sql`1`} as total${comma(members(batch))}
  from worked ${sets}
  having count(*) >= ${integer(least)}
)
select period, total${comma(members(batch))},
  ${asDoubles(measures(batch, context))}
from active group by period, total${comma(members(batch))}`;
}
