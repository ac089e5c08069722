// The statements that answer a funnel.

import type {DimensionId} from "../../metrics/define.js";
import {funnelMart} from "../../metrics/funnel.js";
import type {Statement} from "../question.js";
import {identifier, integer, join, sql, type Sql} from "../sql.js";
import {attemptTables, dimension} from "./attempts.js";
import {stepEvent} from "./match.js";
import {begin, outcomeTables, pairsOf} from "./outcome.js";
import {isChain, type FunnelPlan} from "./plan.js";
import {talliedSql, tallySums} from "./tallies.js";
import {lossDay, walkTables, walkedTo} from "./walkTables.js";

export {histogramStatement, timesStatement} from "./times.js";
export {pairsOf};

const statement = ({text, params}: Sql): Statement => ({sql: text, params});

/**
 * Returns the statement of the counts: entries counted alike, by month (first day of the entry's) and, where the plan has a
 * breakdown, by member: `n`, the sum and number of their values, and what tells them apart. There are few ways to go through
 * a funnel; `addUp` makes the funnel's numbers of them, for a tenth of what the engine takes for that.
 */
export function countsStatement(plan: FunnelPlan): Statement {
  const alike = sql`${isChain(plan.funnel) ? sql`` : sql`reached,`} last_step, is_lost, is_excluded, is_mature${plan.tally ? sql`` : sql`, early, ties`}`;
  const sums = plan.tally ? tallySums(plan.funnel) : ["n", "value", "valued"];
  const counted = plan.tally ? talliedSql(plan) : sql`select date_trunc('month', day)::date as month, member, ${alike}, count(*) as n, sum(value) as value, count(value) as valued
  from outcome group by all`;
  const sets = plan.by === null ? sql`((month, ${alike}))` : sql`((month, ${alike}), (member, ${alike}))`;
  return statement(sql`${plan.tally ? sql`with` : sql`${begin(plan)} ${outcomeTables(plan)},`}
counted as (
  ${counted}
)
select ${plan.by === null ? sql`'month' as scope, null::varchar as member` : sql`case when grouping(month) = 0 then 'month' else 'member' end as scope, cast(member as varchar) as member`},
  cast(month as varchar) as month, ${alike}, ${join(sums.map((name) => sql`cast(sum(${identifier(name)}) as double) as ${identifier(name)}`))}
from counted group by grouping sets ${sets}`);
}

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
