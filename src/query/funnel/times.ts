// How long the steps take: days first, counted once, then the seconds of the few days that a quantile lies in.

import type {Statement} from "../question.js";
import {identifier, integer, join, sql, type Sql} from "../sql.js";
import {arrivals, begin, spanTables} from "./outcome.js";
import {pacedSql, wholePair} from "./paces.js";
import type {FunnelPlan} from "./plan.js";

/** S(t) is a product of binary fractions: one that is meant to be a half may miss it by the last bits. */
const half = sql`(0.5::double + 1e-9::double)`;
const quantiles = [["p25", 0.25], ["p50", 0.5], ["p75", 0.75], ["p90", 0.9]] as const;

/** What is sought of each group: the two values beside each quantile, and where survival passes a half. */
const names = [...quantiles.flatMap(([name]) => [`${name}_low`, `${name}_high`]), "half"];

const statement = ({text, params}: Sql): Statement => ({sql: text, params});
const columns = (names: readonly string[], table?: string): Sql => ({text: names.map((name) => (table === undefined ? name : `${table}.${name}`)).join(", "), params: []});
const group = ["pair", "total", "member"];
const same = (a: string, b: string): Sql => ({text: `${a}.pair = ${b}.pair and ${a}.total = ${b}.total and ${a}.member is not distinct from ${b}.member`, params: []});

/** Whose times are told: of each member between any steps, or of members from the first step to the last alone. */
export type TimedMembers = "each" | "whole";

/**
 * Returns the statement of the times: one row for each pair of steps, of all and of members, in seconds. Those not seen to get there were watched for whole
 * days, so that inside a day survival falls with arrivals alone: all is followed day by day, and to the second only in a
 * day in which a quantile lies, or survival passes a half.
 */
export function timesStatement(plan: FunnelPlan, members: TimedMembers = "each"): Statement {
  const shown = members === "whole" ? sql`where total = 1 or pair = ${integer(wholePair(plan.funnel))}` : sql``;
  const days = plan.pace ? pacedSql(plan, members) : sql`select pair, member, seconds // 86400 as day, count(*) filter (where there) as ended, count(*) filter (where there and seconds % 86400 = 0) as ended_first,
    count(*) filter (where not there) as censored, sum(seconds) filter (where there) as seconds
  from span group by pair, member, seconds // 86400`;
  const sets = plan.by === null ? sql`(pair, day)` : sql`(pair, day), (pair, day, member)`;
  return statement(sql`${begin(plan)} ${spanTables(plan)},
days as (
  ${days}
),
counted as materialized (
  select * from (
    select pair, ${plan.by === null ? sql`1` : sql`grouping(member)`} as total, ${plan.by === null ? sql`null::varchar as member` : sql`member`}, day,
      sum(ended)::bigint as ended, sum(ended_first)::bigint as ended_first, sum(censored)::bigint as censored, sum(seconds)::double as seconds
    from days group by grouping sets (${sets})
  ) ${shown}
),
taken as (
  select ${columns(group)}, coalesce(sum(ended) filter (where day is not null), 0)::bigint as n, sum(seconds) as seconds, sum(censored) as censored,
    coalesce(sum(ended) filter (where day is null), 0) as flagged
  from counted group by ${columns(group)}
),
risk as (
  select *, sum(ended) over upwards as past, sum(ended + censored) over (partition by ${columns(group)} order by day desc) as at_risk
  from counted where day is not null window upwards as (partition by ${columns(group)} order by day)
),
curve as (
  select *, at_risk - ended_first - censored as later, product((1 - ended_first::double / at_risk::double)
      * case when at_risk > ended_first + censored then 1 - (ended - ended_first)::double / (at_risk - ended_first - censored)::double else 1 end
    ) over (partition by ${columns(group)} order by day) as surviving from risk
),
crossing as (
  select ${columns(group)}, min(day) filter (where surviving <= ${half}) as day, coalesce(max(surviving) filter (where surviving > ${half}), 1) as before
  from curve group by ${columns(group)} having min(surviving) <= ${half}
),
crossed as (
  select ${columns(group, "curve")}, curve.day, ended_first, later, before * (1 - ended_first::double / at_risk::double) as surviving
  from curve join crossing on ${same("curve", "crossing")} and curve.day = crossing.day
),
sought as (
  select ${columns([...group, "day"])}, 'half' as name, case when surviving <= ${half} then 0 else greatest(ceil(later * (1 - ${half} / surviving)), 1)::bigint end as place from crossed
  union all
  select ${columns([...group, "day"], "risk")}, name, greatest(place - (past - ended) - ended_first, 0)::bigint as place
  from (
    select ${columns(group)}, unnest([${join(quantiles.flatMap(([name]) => [sql`${`${name}_low`}`, sql`${`${name}_high`}`]))}]) as name,
      unnest([${join(quantiles.flatMap(([, share]) => [sql`floor(${share}::double * (n - 1)) + 1`, sql`ceil(${share}::double * (n - 1)) + 1`]))}])::bigint as place
    from taken where n > 0
  ) as ranked join risk on ${same("ranked", "risk")} and place > past - ended and place <= past
),
arrived as not materialized (
  ${arrivals(plan)}
),
inside as (
  select ${columns([...group, "day"], "needed")}, list_sort(list(arrived.seconds)) as seconds
  from arrived join (select distinct ${columns([...group, "day"])} from sought where place > 0) as needed
    on arrived.pair = needed.pair and arrived.seconds // 86400 = needed.day and (needed.total = 1 or arrived.member is not distinct from needed.member)
  group by ${columns([...group, "day"], "needed")}
),
sought_seconds as (
  select ${columns([...group, "name"], "sought")}, case when place = 0 then sought.day * 86400 else inside.seconds[place] end as seconds
  from sought left join inside on ${same("sought", "inside")} and sought.day = inside.day and place > 0
),
told as (
  select ${columns(group)}, ${join(names.map((name) => sql`max(seconds) filter (where name = ${name}) as ${identifier(name)}`))} from sought_seconds group by ${columns(group)}
)
select taken.pair, cast(taken.total as double) as total, cast(taken.member as varchar) as member, cast(taken.n as double) as n, cast(flagged as double) as flagged, cast(censored as double) as censored,
  ${join(quantiles.map(([name, share]) => {
    const [low, high] = [identifier(`${name}_low`), identifier(`${name}_high`)];
    return sql`cast(${low} + (${high} - ${low}) * (${share}::double * (taken.n - 1) - floor(${share}::double * (taken.n - 1))) as double) as ${identifier(name)}`;
  }))}, cast(taken.seconds as double) as seconds, cast(half as double) as half
from taken left join told on ${same("taken", "told")}`);
}

/** Returns the statement of the histogram: how many took how many whole days, for each pair of steps. */
export function histogramStatement(plan: FunnelPlan): Statement {
  const {by, funnel, pace} = plan;
  if (pace) return statement(sql`with days as (
  ${pacedSql({...plan, by: null}, "whole")}
)
select pair, cast(day as double) as days, cast(sum(ended) as double) as n from days where day is not null group by pair, day having sum(ended) > 0 order by pair, days`);
  return statement(sql`${begin(plan)} ${spanTables({...plan, by: funnel.credit === "all" ? by : null})}
select pair, cast(seconds // 86400 as double) as days, cast(count(*) as double) as n
from span where there and seconds is not null group by pair, seconds // 86400 order by pair, days`);
}
