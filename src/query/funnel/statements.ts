// The statements that answer a funnel.

import type {DimensionId} from "../../metrics/define.js";
import {funnelMart} from "../../metrics/funnel.js";
import type {Statement} from "../question.js";
import {identifier, integer, join, sql, type Sql} from "../sql.js";
import {attemptTables, dimension} from "./attempts.js";
import {stepEvent} from "./match.js";
import {begin, bitOf, outcomeTables, pairsOf, spanTables} from "./outcome.js";
import {isChain, type FunnelPlan} from "./plan.js";
import {talliedSql} from "./tallies.js";
import {lossDay, walkTables, walkedTo} from "./walkTables.js";

export {pairsOf};

/** S(t) is a product of binary fractions: one that is meant to be a half may miss it by the last bits. */
const half = sql`(0.5::double + 1e-9::double)`;

const statement = ({text, params}: Sql): Statement => ({sql: text, params});

/**
 * Returns the statement of the counts: entries counted alike, by month (first day of the entry's) and, where the plan has a
 * breakdown, by member: `n`, the sum and number of their values, and what tells them apart. There are few ways to go through
 * a funnel; `addUp` makes the funnel's numbers of them, for a tenth of what the engine takes for that.
 */
export function countsStatement(plan: FunnelPlan): Statement {
  const alike = sql`${isChain(plan.funnel) ? sql`` : sql`reached,`} last_step, is_lost, is_excluded, is_mature, early, ties`;
  const counted = plan.tally ? talliedSql(plan) : sql`select date_trunc('month', day)::date as month, member, ${alike}, count(*) as n, sum(value) as value, count(value) as valued
  from outcome group by all`;
  const sets = plan.by === null ? sql`((month, ${alike}))` : sql`((month, ${alike}), (member, ${alike}))`;
  return statement(sql`${plan.tally ? sql`with` : sql`${begin(plan)} ${outcomeTables(plan)},`}
counted as (
  ${counted}
)
select ${plan.by === null ? sql`'month' as scope, null::varchar as member` : sql`case when grouping(month) = 0 then 'month' else 'member' end as scope, cast(member as varchar) as member`},
  cast(month as varchar) as month, ${alike}, cast(sum(n) as double) as n, cast(sum(value) as double) as value, cast(sum(valued) as double) as valued
from counted group by grouping sets ${sets}`);
}

/**
 * Returns the statement of the times: one row for each pair of steps, of all and of each member, in seconds. Those not seen
 * to get there were watched for whole days, so that inside a day survival falls with arrivals alone: it is followed day by
 * day, and to the second only in the day in which it passes a half.
 */
export function timesStatement(plan: FunnelPlan): Statement {
  const sets = plan.by === null ? sql`(pair)` : sql`(pair), (pair, member)`;
  const riskSets = plan.by === null ? sql`(pair, day)` : sql`(pair, day), (pair, day, member)`;
  const total = plan.by === null ? sql`1` : sql`grouping(member)`;
  const member = plan.by === null ? sql`null::varchar as member` : sql`member`;
  const group = sql`pair, total, member`;
  const groupOf = (table: Sql) => sql`${table}.pair, ${table}.total, ${table}.member`;
  const sameGroup = (a: Sql, b: Sql) => sql`${a}.pair = ${b}.pair and ${a}.total = ${b}.total and ${a}.member is not distinct from ${b}.member`;
  const at = (k: number) => sql`cast(quantiles[${integer(k)}] as double)`;
  return statement(sql`${begin(plan)} ${spanTables(plan)},
taken as (
  select pair, ${total} as total, ${member},
    quantile_cont(seconds::double, [0.25, 0.5, 0.75, 0.9]) filter (where there) as quantiles,
    sum(seconds) filter (where there) as seconds, count(seconds) filter (where there) as n,
    count(*) filter (where there and seconds is null) as flagged, count(*) filter (where not there) as censored
  from span group by grouping sets (${sets})
),
days as (
  select pair, ${total} as total, ${member}, seconds // 86400 as day, count(*) as leaving,
    count(*) filter (where seconds % 86400 = 0) as leaving_first, count(*) filter (where there and seconds % 86400 = 0) as ended_first
  from span where seconds is not null group by grouping sets (${riskSets})
),
risk as (
  select *, sum(leaving) over (partition by ${group} order by day desc) as at_risk from days
),
curve as (
  select *, product((1 - ended_first::double / at_risk::double)
      * case when at_risk > leaving_first then 1 - (leaving - leaving_first)::double / (at_risk - leaving_first)::double else 1 end
    ) over (partition by ${group} order by day) as surviving from risk
),
crossing as (
  select ${group}, min(day) filter (where surviving <= ${half}) as day, max(surviving) filter (where surviving > ${half}) as before from curve group by ${group} having min(surviving) <= ${half}
),
crossed as (
  select ${groupOf(sql`curve`)}, curve.day, at_risk - leaving_first as at_risk, coalesce(before, 1) * (1 - ended_first::double / at_risk::double) as surviving
  from curve join crossing on ${sameGroup(sql`curve`, sql`crossing`)} and curve.day = crossing.day
),
half as (
  select ${groupOf(sql`crossed`)}, case when any_value(surviving) <= ${half} then any_value(day) * 86400
    else list_sort(list(span.seconds))[greatest(ceil(any_value(at_risk) * (1 - ${half} / any_value(surviving))), 1)::bigint] end as seconds
  from crossed left join span on span.pair = crossed.pair and (crossed.total = 1 or span.member is not distinct from crossed.member)
    and span.seconds // 86400 = crossed.day and span.seconds % 86400 > 0
  group by ${groupOf(sql`crossed`)}
)
select taken.pair, cast(taken.total as double) as total, cast(taken.member as varchar) as member, cast(taken.n as double) as n, cast(flagged as double) as flagged, cast(censored as double) as censored,
  ${at(1)} as p25, ${at(2)} as p50, ${at(3)} as p75, ${at(4)} as p90, cast(taken.seconds as double) as seconds, cast(half.seconds as double) as half
from taken left join half on ${sameGroup(sql`taken`, sql`half`)}`);
}

/** Returns the statement of the histogram: how many took how many whole days, for each pair of steps. */
export const histogramStatement = (plan: FunnelPlan): Statement => statement(sql`${begin(plan)} ${spanTables({...plan, by: plan.funnel.credit === "all" ? plan.by : null})}
select pair, cast(seconds // 86400 as double) as days, cast(count(*) as double) as n
from span where there and seconds is not null group by pair, seconds // 86400 order by pair, days`);

/** Dimensions that the list of those who dropped out shows. */
export const listedDimensions: readonly DimensionId[] = ["owner", "team", "region", "source", "product", "segment"];

/**
 * Returns the statement of those who reached the step and not the next: `entity`, `entered` and `reached` (days), `why`
 * (lost, passed, open), `left_on`, `value` and dimensions at the step. The largest value first, then the latest.
 */
export function droppedStatement(plan: FunnelPlan, step: number, limit: number): Statement {
  const {funnel: {window, entity}, walk} = plan;
  const t = stepEvent(step);
  const passed = window === null ? sql`false` : sql`is_mature`;
  const lost = walk === undefined ? sql`loss.day` : lossDay(plan, step);
  const told = walk === undefined
    ? {entered: sql`entry.day`, reached: sql`${t}.day`, value: sql`${t}.value`, last: sql`entry.place`}
    : {entered: sql`day`, reached: walkedTo(step), value: identifier(`value_${step}`), last: identifier(`number_${step}`)};
  const dimensions = walk === undefined
    ? listedDimensions.map((id) => sql`${t}.${dimension(plan, id, listedDimensions)} as ${identifier(id)}`) : [sql`${identifier(`number_${step}`)} as number`];
  const found = sql`select entity, ${told.entered} as entered, ${told.reached} as reached,
  case when ${lost} is not null then 'lost' when ${passed} then 'passed' else 'open' end as why, ${lost} as left_on, ${told.value} as value, ${told.last} as last,
  count(*) over () as found, ${join(dimensions)}
from ${walk === undefined ? sql`attempt` : sql`walked`} where not is_excluded and last_step = ${integer(step)}
order by value desc nulls last, reached desc, entity, entered, last
limit ${integer(limit)}`;
  return statement(sql`${begin(plan)} ${walk === undefined ? attemptTables(plan, listedDimensions) : walkTables(plan)},
dropped as (
  ${found}
)
select cast(d.entity as double) as entity, cast(d.entered as varchar) as entered, cast(d.reached as varchar) as reached, why, cast(left_on as varchar) as left_on,
  cast(d.value as double) as value, ${join(listedDimensions.map((id) => sql`cast(${walk === undefined ? sql`d` : sql`f`}.${identifier(id)} as varchar) as ${identifier(id)}`))},
  cast(found as double) as found
from dropped as d ${walk === undefined ? sql`` : sql`join ${identifier(funnelMart[entity])} as f on d.entity = f.entity and d.number = f.number`}
order by d.value desc nulls last, d.reached desc, d.entity, d.entered, last`);
}
