// Rank correlations of two sums by owner, or by any other column. Ranks are doubled, so that the mean of tied ones is a whole
// number and the sums are exact in every engine.

import {
  asDoubles, comma, dayTable, filters, leafPrefix, member, members, periodTable, relation, whereSql, type Batch, type CompileContext
} from "../batch.js";
import {exactColumn, ownConditions} from "../measure.js";
import {column} from "../predicate.js";
import {sql, type Sql} from "../sql.js";
import type {TimeRule} from "../timeRule.js";

export function correlationStatement(batch: Batch, {time, per, of: [x, y]}: TimeRule & {readonly kind: "correlation"}, context: CompileContext): Sql {
  const {by, mart} = batch;
  const group = sql`period, total${comma(members(batch))}`;
  const sets = by.length ? sql`group by grouping sets ((period, who), (period, who${comma(members(batch))}))` : sql`group by period, who`;
  const added = (name: string) => sql`coalesce(${exactColumn(mart, name, context)}, 0)`;
  const ranked = (sum: Sql) => sql`2 * rank() over (partition by ${group} order by ${sum}) + count(*) over (partition by ${group}, ${sum}) - 1`;
  return sql`with ${periodTable(batch)},
${dayTable},
part as (
  select d.i as period, ${column(per)} as who, ${added(x)} as x, ${added(y)} as y${comma(by.map((dimension, k) => sql`cast(${column(dimension)} as varchar) as ${member(k)}`))}
  from ${relation(batch)} as f join day as d on ${column(time)} = d.day
  ${whereSql([sql`${column(per)} is not null`, ...ownConditions(batch.leaves[0]!), ...filters(batch)])}
),
whole as (
  select period, ${by.length ? sql`grouping(m0)` : sql`1`} as total${comma(members(batch))}, sum(x) as x, sum(y) as y from part ${sets}
),
placed as (
  select ${group}, (${ranked(sql`x`)})::double as a, (${ranked(sql`y`)})::double as b from whole
),
spread as (
  select ${group}, count(*)::double as n, sum(a * b) * count(*) - sum(a) * sum(b) as together,
    sum(a * a) * count(*) - sum(a) * sum(a) as alone_a, sum(b * b) * count(*) - sum(b) * sum(b) as alone_b
  from placed group by ${group}
)
select ${group},
  ${asDoubles(batch.leaves.flatMap((_, k) => [
    {name: `${leafPrefix(k)}_value`, value: sql`case when alone_a > 0 and alone_b > 0 then together / sqrt(alone_a * alone_b) end`},
    {name: `${leafPrefix(k)}_n`, value: sql`n`},
    {name: `${leafPrefix(k)}_rows`, value: sql`n`}
  ]))}
from spread`;
}
