// Quantiles from a cube that counts the single values: the same numbers as `quantile_cont` over the records.

import {
  asDoubles, comma, dayTable, filters, groupingSets, heldIn, leafPrefix, memberColumns, members, openOn, periodTable, relation, whereSql,
  type Batch, type CompileContext
} from "../batch.js";
import {combine, measureColumns, type Leaf} from "../measure.js";
import {column} from "../predicate.js";
import {identifier, join, share, sql, type Sql} from "../sql.js";

/** Returns the statement of a batch of medians and quantiles of one column, over a cube with its values. */
export function quantileStatement(batch: Batch, value: string, context: CompileContext): Sql {
  const {cube, leaves, rule, undated} = batch;
  if (!cube || (rule.kind !== "event" && rule.kind !== "census")) throw new TypeError(`no cube holds the values of ${value}`);
  const [place, periods, match] = rule.kind === "census"
    ? [sql`d.i`, periodTable(batch), sql`period as d on ${openOn(batch, rule, sql`d.past_day`)}`]
    : undated
      ? [sql`d.i`, sql`${periodTable(batch)},\n${dayTable},\nmoment as (select i, day from day union all select -1, null)`, sql`moment as d on ${column(rule.time)} is not distinct from d.day`]
      : [sql`d.i`, sql`${periodTable(batch)},\n${dayTable}`, sql`day as d on ${column(rule.time)} = d.day`];
  const counts = leaves.flatMap((leaf, k) => measureColumns(leaf, leafPrefix(k), context).filter(({name}) => name !== `${leafPrefix(k)}_value`));
  const group = sql`period, total${comma(members(batch))}`;
  const named = (k: number, name: string): Sql => identifier(`${leafPrefix(k)}_${name}`);
  const passed = leaves.map((_, k) => sql`sum(${named(k, "n")}) over (passing) as ${named(k, "passed")}, sum(${named(k, "n")}) over (whole) as ${named(k, "all")}`);
  return sql`with ${periods},
counted as (
  select ${place} as period, ${memberColumns(batch)}, ${column(value)} as measured,
    ${join(counts.map(({name, value: aggregate}) => sql`${heldIn(cube, name, aggregate)} as ${identifier(name)}`), ",\n    ")}
  from ${relation(batch)} as f join ${match} ${whereSql(filters(batch))}
  ${groupingSets(sql`${place}, ${column(value)}`, batch)}
),
ranked as (
  select *, ${join(passed)}
  from counted
  window whole as (partition by ${group}), passing as (partition by ${group} order by measured nulls last)
)
select ${group},
  ${asDoubles([
    ...leaves.map((leaf, k) => ({name: `${leafPrefix(k)}_value`, value: interpolated(shareOf(leaf), (name) => named(k, name))})),
    ...counts.map(({name}) => ({name, value: combine(name, identifier(name))}))
  ])}
from ranked group by ${group}`;
}

const shareOf = (leaf: Leaf): number => ("aggregate" in leaf && leaf.aggregate.fn === "quantile" ? leaf.aggregate.q : 0.5);

/** Between the values on either side of the wanted rank, in the engine's own order of operations. */
function interpolated(q: number, named: (name: string) => Sql): Sql {
  const rank = sql`(${share(q)}::double * (${named("all")} - 1)::double)`;
  const at = (position: Sql) => sql`min(measured) filter (where ${named("n")} > 0 and ${named("passed")} > ${position})::double`;
  const part = sql`max(${rank} - floor(${rank}))`;
  return sql`${at(sql`floor(${rank})`)} * (1 - ${part}) + ${at(sql`ceil(${rank})`)} * ${part}`;
}
