// The statements that answer a funnel.

import type {DimensionId} from "../../metrics/define.js";
import type {Funnel} from "../../metrics/funnel.js";
import type {Statement} from "../question.js";
import {identifier, integer, join, sql, type Sql} from "../sql.js";
import {attemptTables, dimension} from "./attempts.js";
import {secondsBetween} from "./events.js";
import {stepEvent} from "./match.js";
import {isChain, type FunnelPlan} from "./plan.js";

/** S(t) is a product of binary fractions: one that is meant to be a half may miss it by the last bits. */
const tolerance = sql`1e-9::double`;

/** Steps between which times are told, by number: each from the one before, and the last from the first. */
export const pairsOf = ({steps}: Funnel): [from: number, to: number][] =>
  [...steps.slice(1).map((_, k): [number, number] => [k + 1, k + 2]), ...(steps.length > 2 ? [[1, steps.length] as [number, number]] : [])];

const begin = ({funnel}: FunnelPlan): Sql => (funnel.repeat === "every_attempt" ? sql`with recursive` : sql`with`);
const statement = ({text, params}: Sql): Statement => ({sql: text, params});

/** Before its time: flagged by the log, or dated before the entry. */
const isEarly = (k: number): Sql => sql`(${stepEvent(k)}.early or ${secondsBetween(sql`entry`, stepEvent(k))} < 0)`;

/**
 * Returns the statement of the counts: rows by `scope` (total, member, month), `member` and `month` (first day of the
 * entry's), with columns for each step.
 */
export function countsStatement(plan: FunnelPlan): Statement {
  const {funnel, by} = plan;
  const {steps, window} = funnel;
  const kept = sql`not is_excluded`;
  const numbers = steps.map((_, k) => k + 1);
  const count = (condition: Sql) => sql`count(*) filter (where ${kept} and ${condition})`;
  const passed = window === null ? sql`false` : sql`is_mature`;
  const columns = [
    {name: "excluded", value: sql`count(*) filter (where is_excluded)`},
    ...numbers.flatMap((k) => {
      const t = stepEvent(k);
      const left = isChain(funnel) && k < steps.length ? sql`last_step = ${integer(k)}` : sql`false`;
      const isGone = sql`${left} and (loss is not null or ${passed})`;
      const tie = k > 1 && isChain(funnel)
        ? count(sql`${t} is not null and ${t}.day = ${stepEvent(k - 1)}.day and ${t}.second is not distinct from ${stepEvent(k - 1)}.second`) : sql`0`;
      const parts: Record<string, Sql> = {
        reached: count(sql`${t} is not null`),
        mature: count(sql`${t} is not null and is_mature`),
        lost: count(sql`${left} and loss is not null`),
        passed: count(sql`${left} and loss is null and ${passed}`),
        open: count(sql`${left} and loss is null and not ${passed}`),
        value: sql`sum(${t}.value) filter (where ${kept} and ${isGone})`,
        unvalued: count(sql`${isGone} and ${t}.value is null`),
        ties: tie,
        early: count(sql`${t} is not null and ${isEarly(k)}`)
      };
      return Object.entries(parts).map(([name, value]) => ({name: `${name}_${k}`, value}));
    }),
    {name: "entered", value: count(sql`true`)},
    {name: "entered_mature", value: count(sql`is_mature`)}
  ];
  const sets = [sql`()`, sql`(month)`, ...(by === null ? [] : [sql`(member)`])];
  return statement(sql`${begin(plan)} ${attemptTables(plan)},
placed_attempt as (select *, date_trunc('month', entry.day)::date as month${by === null ? sql`, null::varchar as member` : sql``} from attempt)
select case when grouping(month) = 0 then 'month' ${by === null ? sql`` : sql`when grouping(member) = 0 then 'member'`} else 'total' end as scope,
  ${by === null ? sql`null::varchar` : sql`member`} as member, cast(month as varchar) as month,
  ${join(columns.map(({name, value}) => sql`cast(${value} as double) as ${identifier(name)}`), ",\n  ")}
from placed_attempt group by grouping sets (${join(sets)})`);
}

/** How long it took from one step to another, in whole seconds: of those who got there, and how long the others were seen not to. */
function spanTables(plan: FunnelPlan): Sql {
  const {funnel, asOf, by} = plan;
  const {window} = funnel;
  const spans = pairsOf(funnel).map(([from, to]) => {
    const [a, b] = [stepEvent(from), stepEvent(to)];
    const seconds = secondsBetween(a, b);
    const end = sql`least(${join([sql`${asOf}::date`, sql`loss.day`, ...(window === null ? [] : [sql`entry.day + ${integer(window)}`])])})`;
    return sql`struct_pack(pair := ${integer(from * 100 + to)}, there := ${b} is not null,
      seconds := case when ${b} is null then greatest((${end} - ${a}.day)::bigint * 86400, 0) when not ${a}.early and not ${b}.early and ${seconds} >= 0 then ${seconds} end,
      begun := ${a} is not null)`;
  });
  return sql`lasted as (
  select ${by === null ? sql`null::varchar as member` : sql`member`}, unnest([${join(spans, ",\n    ")}]) as span
  from attempt where not is_excluded
),
span as (
  select member, span.pair as pair, span.there as there, span.seconds as seconds from lasted where span.begun
)`;
}

/** Returns the statement of the times: one row for each pair of steps, of all and of each member, in seconds. */
export function timesStatement(plan: FunnelPlan): Statement {
  const sets = plan.by === null ? sql`(pair)` : sql`(pair), (pair, member)`;
  const riskSets = plan.by === null ? sql`(pair, seconds)` : sql`(pair, seconds), (pair, seconds, member)`;
  const total = plan.by === null ? sql`1` : sql`grouping(member)`;
  const member = plan.by === null ? sql`null::varchar as member` : sql`member`;
  const group = sql`pair, total, member`;
  const at = (k: number) => sql`cast(quantiles[${integer(k)}] as double)`;
  return statement(sql`${begin(plan)} ${attemptTables(plan)},
${spanTables(plan)},
taken as (
  select pair, ${total} as total, ${member},
    quantile_cont(seconds::double, [0.25, 0.5, 0.75, 0.9]) filter (where there) as quantiles,
    sum(seconds) filter (where there) as seconds, count(seconds) filter (where there) as n,
    count(*) filter (where there and seconds is null) as flagged, count(*) filter (where not there) as censored
  from span group by grouping sets (${sets})
),
ends as (
  select pair, ${total} as total, ${member}, seconds, count(*) as leaving, count(*) filter (where there) as ended
  from span where seconds is not null group by grouping sets (${riskSets})
),
risk as (
  select *, sum(leaving) over (partition by ${group} order by seconds desc) as at_risk from ends
),
curve as (
  select *, product(case when ended > 0 then 1 - ended::double / at_risk::double else 1 end) over (partition by ${group} order by seconds) as surviving from risk
),
half as (
  select ${group}, min(seconds) filter (where surviving <= 0.5::double + ${tolerance}) as seconds from curve group by ${group}
)
select taken.pair, cast(taken.total as double) as total, taken.member, cast(taken.n as double) as n, cast(flagged as double) as flagged, cast(censored as double) as censored,
  ${at(1)} as p25, ${at(2)} as p50, ${at(3)} as p75, ${at(4)} as p90, cast(taken.seconds as double) as seconds, cast(half.seconds as double) as half
from taken left join half on taken.pair = half.pair and taken.total = half.total and taken.member is not distinct from half.member`);
}

/** Returns the statement of the histogram: how many took how many whole days, for each pair of steps. */
export const histogramStatement = (plan: FunnelPlan): Statement => statement(sql`${begin(plan)} ${attemptTables({...plan, by: plan.funnel.credit === "all" ? plan.by : null})},
${spanTables({...plan, by: null})}
select pair, cast(seconds // 86400 as double) as days, cast(count(*) as double) as n
from span where there and seconds is not null group by all order by pair, days`);

/** Dimensions that the list of those who dropped out shows. */
export const listedDimensions: readonly DimensionId[] = ["owner", "team", "region", "source", "product", "segment"];

/**
 * Returns the statement of those who reached the step and not the next: `entity`, `entered` and `reached` (days), `why`
 * (lost, passed, open), `left_on`, `value` and dimensions at the step. The largest value first, then the latest.
 */
export function droppedStatement(plan: FunnelPlan, step: number, limit: number): Statement {
  const {funnel: {window}} = plan;
  const t = stepEvent(step);
  const passed = window === null ? sql`false` : sql`is_mature`;
  return statement(sql`${begin(plan)} ${attemptTables(plan, listedDimensions)}
select cast(entity as double) as entity, cast(entry.day as varchar) as entered, cast(${t}.day as varchar) as reached,
  case when loss is not null then 'lost' when ${passed} then 'passed' else 'open' end as why,
  cast(loss.day as varchar) as left_on, cast(${t}.value as double) as value,
  ${join(listedDimensions.map((id) => sql`${t}.${dimension(plan, id, listedDimensions)} as ${identifier(id)}`))},
  cast(count(*) over () as double) as found
from attempt where not is_excluded and last_step = ${integer(step)}
order by ${t}.value desc nulls last, ${t}.day desc, entity, entry.place
limit ${integer(limit)}`);
}

