// Kaplan–Meier quantiles of durations: S(t) = Π (1 − d ÷ n) over the ends d at each t and the n still at risk just before;
// where a metric wants it and few are open, quantiles of what has ended.

import {
  asDoubles, comma, dayTable, filters, groupingSets, leafPrefix, memberColumns, members, periodTable, relation, whereSql, type Batch
} from "../batch.js";
import type {Survival} from "../../metrics/define.js";
import {ownConditions, type Leaf, type MeasureColumn} from "../measure.js";
import {column} from "../predicate.js";
import {share, sql, type Sql} from "../sql.js";
import type {TimeRule} from "../timeRule.js";

/** S(t) is a product of binary fractions: one that is meant to be 1 − q may miss it by the last bits. */
const tolerance = sql`1e-9::double`;

/** Returns the statement of a batch of quantiles of one duration; what has not ended is censored. */
export function survivalStatement(batch: Batch, {time, duration, ended, weight}: TimeRule & {readonly kind: "survival"}): Sql {
  const known = sql`${column(duration)} is not null`;
  const counted = (condition: Sql | null) => {
    const where = condition ? sql` filter (where ${condition})` : sql``;
    return weight === undefined ? sql`count(*)${where}` : sql`coalesce(sum(${column(weight)})${where}, 0)`;
  };
  const group = sql`period, total${comma(members(batch))}`;
  return sql`with ${periodTable(batch)},
${dayTable},
lasted as (
  select d.i as period, ${memberColumns(batch)}, ${column(duration)} as lasted,
    ${counted(null)} as records, ${counted(known)} as leaving,
    ${counted(ended === undefined ? known : sql`${known} and ${column(ended)}`)} as ended
  from ${relation(batch)} as f join day as d on ${column(time)} = d.day
  ${whereSql([...ownConditions(batch.leaves[0]!), ...filters(batch)])}
  ${groupingSets(sql`d.i, ${column(duration)}`, batch)}
),
risk as (
  select *, sum(leaving) over (partition by ${group} order by lasted desc nulls last) as at_risk from lasted
),
curve as (
  select *, sum(ended) over (partition by ${group} order by lasted nulls last) as passed, sum(ended) over (partition by ${group}) as all_ended, product(case when ended > 0 then 1 - ended::double / at_risk::double else 1 end) over (partition by ${group} order by lasted nulls first) as surviving
  from risk
)
select ${group},
  ${asDoubles(batch.leaves.flatMap((leaf, k) => [
    {name: `${leafPrefix(k)}_value`, value: valueOf(leaf)},
    ...estimatedColumn(leaf, leafPrefix(k)),
    {name: `${leafPrefix(k)}_n`, value: sql`sum(leaving)`},
    {name: `${leafPrefix(k)}_rows`, value: sql`sum(records)`},
    {name: `${leafPrefix(k)}_censored`, value: sql`sum(leaving) - sum(ended)`}
  ]))}
from curve group by ${group}`;
}

function aggregateOf(leaf: Leaf): Survival {
  if (leaf.type !== "simple" || leaf.aggregate.fn !== "survival") throw new TypeError(`${leaf.id} is no quantile of a duration`);
  return leaf.aggregate;
}

const manyOpen = (above: number): Sql => sql`sum(leaving) - sum(ended) > ${share(above)}::double * sum(leaving)`;

function valueOf(leaf: Leaf): Sql {
  const {q, above} = aggregateOf(leaf);
  const estimate = sql`min(lasted) filter (where surviving <= ${share(1 - q)}::double + ${tolerance})`;
  return above === undefined ? estimate : sql`case when ${manyOpen(above)} then ${estimate}::double else ${ofEnded(q)} end`;
}

/** Between the ended ones on either side of the wanted rank. */
function ofEnded(q: number): Sql {
  const rank = sql`(${share(q)}::double * (all_ended - 1)::double)`;
  const at = (position: Sql) => sql`min(lasted) filter (where ended > 0 and passed > ${position})::double`;
  const part = sql`max(${rank} - floor(${rank}))`;
  return sql`${at(sql`floor(${rank})`)} * (1 - ${part}) + ${at(sql`ceil(${rank})`)} * ${part}`;
}

function estimatedColumn(leaf: Leaf, prefix: string): MeasureColumn[] {
  const {above} = aggregateOf(leaf);
  return above === undefined ? [] : [{name: `${prefix}_estimated`, value: sql`case when ${manyOpen(above)} then 1 else 0 end`}];
}
