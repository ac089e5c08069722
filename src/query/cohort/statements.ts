// The statements that answer a cohort. Cells are sums of customers alike, so that members, periods and whatever is counted
// beforehand add up; `sums.ts` makes lines of them.

import {cohortMart, isStock, type CohortEvent, type CohortGrain} from "../../metrics/cohort.js";
import type {DimensionId} from "../../metrics/define.js";
import {filterSql} from "../predicate.js";
import type {Statement} from "../question.js";
import {identifier, integer, join, sql, type Sql} from "../sql.js";
import type {CohortPlan} from "./plan.js";

const statement = ({text, params}: Sql): Statement => ({sql: text, params});
const word = (text: string): Sql => ({text, params: []});

/** Days of a rolling period. */
export const rollingDays: Readonly<Record<CohortGrain, number>> = {day: 1, week: 7, month: 30, quarter: 90, year: 365};

/** What adds up, by the age at which it falls: customers who begin; of rolling periods those last seen in full at that age, with their base; who is back, for the last time, for the second; money. */
export const cellSums = ["started", "seen", "seen_base", "active", "last", "second", "revenue", "kept", "margin"] as const;
export type CellSum = (typeof cellSums)[number];

/** First day of the period in which a day lies. Weeks of the engine begin on Monday: days are moved so that the report's do. */
function periodOf(day: Sql, {choices: {grain}, weekStart}: CohortPlan): Sql {
  const moved = integer(weekStart - 1);
  return grain === "week" ? sql`(date_trunc('week', ${day} - ${moved})::date + ${moved})` : sql`date_trunc(${word(`'${grain}'`)}, ${day})::date`;
}

/** Whole periods that a day lies after a start. */
function ageOf(day: Sql, start: Sql, plan: CohortPlan): Sql {
  const {span, grain} = plan.choices;
  if (span === "rolling") return sql`((${day} - ${start}) // ${integer(rollingDays[grain])})`;
  // The engine's own difference in weeks is one of whole weeks between two days, not of the weeks they lie in.
  return grain === "week" ? sql`((${periodOf(day, plan)} - ${periodOf(start, plan)}) // 7)` : sql`date_diff(${word(`'${grain}'`)}, ${start}, ${day})`;
}

const isRolling = ({choices: {span}}: CohortPlan): boolean => span === "rolling";
const events = (names: readonly CohortEvent[]): Sql => sql`(${join(names.map((name) => sql`${name}`))})`;

/** A stock counts on the last day of a period. */
const countedStock = (plan: CohortPlan): Sql =>
  plan.cohort.returns.some(isStock) || plan.cohort.money.some(isStock) ? sql`and (e.event <> 'subscribed' or ${periodOf(sql`(e.day + 1)`, plan)} = e.day + 1)` : sql``;

/**
 * `kept`: who begins in the range, with the dimensions at the start, and `whole`, the number of rolling periods seen in full.
 * `came`: what each does from then on.
 */
function cameTables(plan: CohortPlan, dimensions: readonly DimensionId[]): Sql {
  const {cohort, choices: {first, filters}, start, end, asOf} = plan;
  const names = dimensions.map(identifier);
  const carried = [...new Set([...dimensions, ...filters.map(({dimension}) => dimension)])].map(identifier);
  const days = isRolling(plan) ? sql`((${asOf}::date + 1 - start_day) // ${integer(rollingDays[plan.choices.grain])})` : sql`null::integer`;
  const all = [...new Set([...cohort.returns, ...cohort.money])];
  const conditions = filters.map((filter) => sql`and (${filterSql(filter)})`);
  return sql`entry as (
  select ${join([sql`customer`, sql`day as start_day`, sql`${periodOf(sql`day`, plan)} as period`, ...carried])}
  from ${identifier(cohortMart)}
  where event = ${cohort.start} and day >= ${start}::date and day < ${end}::date and day <= ${asOf}::date ${first === "ever" ? sql`and number = 1` : sql``}
  ${first === "recurring" ? sql`qualify row_number() over (partition by customer, period order by day) = 1` : sql``}
),
kept as (
  select ${join([sql`customer`, sql`start_day`, sql`period`, sql`${days} as whole`, ...names])} from entry as f where true ${join(conditions, " ")}
),
came as (
  select ${join([sql`k.*`, sql`e.day`, sql`${ageOf(sql`e.day`, sql`start_day`, plan)} as age`, sql`e.event in ${events(cohort.returns)} as is_back`,
    cohort.money.length ? sql`case when e.event in ${events(cohort.money)} then e.value end as value` : sql`null::decimal(28, 6) as value`,
    cohort.money.length ? sql`case when e.event in ${events(cohort.money)} then e.margin end as margin` : sql`null::decimal(28, 6) as margin`])}
  from kept as k join ${identifier(cohortMart)} as e on k.customer = e.customer and e.day >= k.start_day
  where e.event in ${events(all)} and e.day <= ${asOf}::date ${countedStock(plan)}
  union all
  -- Who begins is there at age 0.
  select kept.*, start_day, 0, true, null, null from kept
)`;
}

const bracketOf = ({choices: {brackets}}: CohortPlan): Sql =>
  sql`case ${join(brackets.map(([a, b], k) => sql`when age between ${integer(a)} and ${integer(b)} then ${integer(k)}`), " ")} end`;

/**
 * Returns the select of a plan's cells: one row a period, members of the dimensions, and age, with its sums. Of brackets,
 * `active` stands at the position of the bracket, and there are no other sums than `started` and `seen`.
 */
export function cellsSql(plan: CohortPlan, dimensions: readonly DimensionId[]): Sql {
  const keys = join([sql`period`, ...dimensions.map(identifier)]);
  const inBrackets = plan.choices.measure === "bracketed";
  const seen = isRolling(plan) ? sql`age < whole` : sql`true`;
  const own = join([sql`customer`, sql`start_day`, sql`whole`, keys]);
  const sums = join(cellSums.map((name) => sql`sum(${identifier(name)}) as ${identifier(name)}`));
  if (inBrackets) {
    return sql`with ${cameTables(plan, dimensions)},
back as (
  select ${own}, ${bracketOf(plan)} as place from came where is_back ${isRolling(plan) ? sql`and ${bracketEnd(plan)} < whole` : sql``} group by all
),
counted as (
  select ${keys}, place as age, 1 as active, 0 as started, 0 as seen from back where place is not null
  union all by name
  select ${keys}, 0 as age, 1 as started from kept
  union all by name
  select ${keys}, whole - 1 as age, 1 as seen from kept where whole > 0
)
select ${keys}, age, sum(started) as started, sum(seen) as seen, null::double as seen_base, sum(active) as active, null::bigint as last, null::bigint as second,
  null::double as revenue, null::double as kept, null::double as margin
from counted group by all`;
  }
  return sql`with ${cameTables(plan, dimensions)},
aged as (
  select ${own}, age, bool_or(is_back) as back, bool_or(is_back and day > start_day) as again, sum(value) as revenue, sum(margin) as margin
  from came group by all
),
based as (
  select *, max(case when age = 0 then revenue end) over (partition by customer, period) as base from aged
),
person as (
  select ${own}, any_value(base) as base, max(age) filter (back) as last, min(age) filter (again) as second from based group by all
),
counted as (
  select ${keys}, age, back::integer as active, revenue, margin, case when revenue is not null then least(revenue, coalesce(base, 0)) end as kept,
    0 as started, 0 as seen, 0 as last, 0 as second, null::decimal(28, 6) as seen_base
  from based where ${seen}
  union all by name
  select ${keys}, 0 as age, 1 as started from person
  union all by name
  select ${keys}, whole - 1 as age, 1 as seen, base as seen_base from person where whole > 0
  union all by name
  select ${keys}, ${isRolling(plan) ? sql`least(last, whole - 1)` : sql`last`} as age, 1 as last from person where ${isRolling(plan) ? sql`whole > 0` : sql`true`}
  union all by name
  select ${keys}, second as age, 1 as second from person where second is not null ${isRolling(plan) ? sql`and second < whole` : sql``}
)
select ${keys}, age, ${sums} from counted group by all`;
}

const bracketEnd = ({choices: {brackets}}: CohortPlan): Sql =>
  sql`case ${join(brackets.map(([a, b]) => sql`when age between ${integer(a)} and ${integer(b)} then ${integer(b)}`), " ")} end`;

/** The dimension whose members are told apart: of lines, or of segments. */
export const memberOf = ({choices: {key, by}}: CohortPlan): DimensionId | null => (key === "start" ? by : key);

/** Returns the statement of a plan's cells from sums by dimension: `period` and `first_day` (ISO), `member`, `age` and the sums as numbers. */
export function readingSql(cells: Sql, firstDay: Sql, member: Sql): Statement {
  return statement(sql`select cast(period as varchar) as period, ${member} as member, cast(age as double) as age,
  ${join(cellSums.map((name) => sql`cast(sum(${identifier(name)}) as double) as ${identifier(name)}`))}, cast(${firstDay} as varchar) as first_day
from (${cells}) as f group by period, member, age`);
}

/** Returns the statement of a plan's cells, found event by event. */
export function cellsStatement(plan: CohortPlan): Statement {
  const dimension = memberOf(plan);
  const firstDay = sql`(select min(day) from ${identifier(cohortMart)} where event = ${plan.cohort.start})`;
  return readingSql(cellsSql(plan, dimension === null ? [] : [dimension]), firstDay, dimension === null ? sql`null::varchar` : sql`cast(${identifier(dimension)} as varchar)`);
}

/** Customers of a cell: who is in it or out of it, of the lines that begin in [from, to). */
export interface MembersAsked {
  readonly from: string;
  readonly to: string;
  /** Of the dimension told apart; undefined for all. */
  readonly member: string | null | undefined;
  /** First and last age of the cell. */
  readonly age: number;
  readonly until: number;
  readonly who: "in" | "out";
  /** Whether a later age is known, so that one may have left. */
  readonly canLeave: boolean;
  readonly limit: number;
}

/** Returns the statement of a cell's customers: `customer`, `started`, `last_event`, `value` up to the age, `has_left`, and `found` and `found_left` of all. The largest value first. */
export function membersStatement(plan: CohortPlan, {from, to, member, age, until, who, canLeave, limit}: MembersAsked): Statement {
  const dimension = memberOf(plan);
  const {measure} = plan.choices;
  const [a, b] = [integer(age), integer(until)];
  const holds = measure === "on_or_after" ? sql`max(age) filter (is_back) >= ${a}`
    : measure === "repeat" ? sql`coalesce(min(age) filter (is_back and day > start_day) <= ${a}, false)`
      : sql`coalesce(bool_or(is_back and age between ${a} and ${b}), false)`;
  const of = dimension !== null && member !== undefined ? filterSql({dimension, values: [member]}) : sql`true`;
  return statement(sql`with ${cameTables({...plan, start: from, end: to}, dimension === null ? [] : [dimension])},
person as (
  select customer, start_day, max(day) filter (is_back) as last_event, sum(value) filter (age <= ${b}) as value, ${holds} as holds,
    ${canLeave ? sql`max(age) filter (is_back) <= ${b}` : sql`false`} as has_left
  from came as f where ${of} ${isRolling(plan) ? sql`and ${b} < whole` : sql``}
  group by customer, start_day, period
)
select cast(customer as double) as customer, cast(start_day as varchar) as started, cast(last_event as varchar) as last_event, cast(value as double) as value, has_left,
  cast(count(*) over () as double) as found, cast(count(*) filter (has_left) over () as double) as found_left
from person where ${who === "in" ? sql`holds` : sql`not holds`}
order by value desc nulls last, last_event desc, customer, started
limit ${integer(limit)}`);
}
