// The 90 days before customers leave against those of customers who stay. A stayer's months weigh as many as left in each, so
// that both are of the same time; each customer counts once.

import {parsePeriod} from "../calendar.js";
import {carriedFilters} from "../carried.js";
import {dateOf} from "../periodKey.js";
import {filterSql} from "../predicate.js";
import type {Filter, Statement} from "../question.js";
import {identifier, join, sql, type Sql} from "../sql.js";
import type {StudyOptions} from "../studies.js";
import {leavingMart, leavingSignals, type LeavingDifference, type LeavingQuestion, type LeavingTold} from "./question.js";
import {welch, type Sums} from "./welch.js";

/** Customers that each side needs (kpi-formulas G5). */
const fewest = 10;

const double = (name: string, of: Sql): Sql => sql`cast(${of} as double) as ${identifier(name)}`;

/** Returns the statement: one row of those who left in the days, one of those who stayed all along. Sums of decimals are the same in every engine. */
export function leavingStatement({start, end}: {readonly start: string; readonly end: string}, filters: readonly Filter[]): Statement {
  const each = (of: (signal: Sql, name: string) => Sql) => join(leavingSignals.map((name) => of(identifier(name), name)), ",\n    ");
  const {text, params} = sql`with
rows as (
  select * from ${identifier(leavingMart)} as f where ${join([sql`month >= ${start}::date`, sql`month < ${end}::date`, ...filters.map((filter) => sql`(${filterSql(filter)})`)], " and ")}
),
leavers as (
  select month, count(*) filter (is_leaving) as weight from rows group by month
),
customers as (
  select customer, bool_or(is_leaving) as has_left from rows group by customer
),
own as (
  select customer, has_left,
    ${each((signal, name) => sql`(case when has_left then avg(${signal}) filter (is_leaving) else sum(${signal} * weight) / nullif(sum(weight) filter (${signal} is not null), 0) end)::decimal(18, 6) as ${identifier(name)}`)}
  from rows join leavers using (month) join customers using (customer)
  group by customer, has_left
)
select has_left, ${double("customers", sql`count(*)`)},
    ${each((signal, name) => sql`${double(`${name}_n`, sql`count(${signal})`)}, ${double(`${name}_sum`, sql`coalesce(sum(${signal}), 0)`)}, ${double(`${name}_squares`, sql`coalesce(sum(${signal} * ${signal}), 0)`)}`)}
from own group by has_left`;
  return {sql: text, params};
}

/** Returns the answers, in order. Throws a QuestionError for a period, dimension or member that the report does not know. */
export const askLeaving = (questions: readonly LeavingQuestion[], options: StudyOptions): Promise<LeavingTold[]> => Promise.all(questions.map((question) => askOne(question, options)));

async function askOne({period: key, months, filters: asked}: LeavingQuestion, {manifest, run}: StudyOptions): Promise<LeavingTold> {
  const {filters, notApplied} = carriedFilters(leavingMart, asked, manifest);
  const period = parsePeriod(key, manifest);
  const longer = dateOf(period.end).subtract({months}).toString();
  const days = {start: longer < period.start ? longer : period.start, end: period.end};
  const rows = await run(leavingStatement(days, filters));
  const side = (hasLeft: boolean) => rows.find((row) => row["has_left"] === hasLeft);
  const sumsOf = (hasLeft: boolean, signal: string): Sums => {
    const row = side(hasLeft);
    return {n: Number(row?.[`${signal}_n`] ?? 0), sum: Number(row?.[`${signal}_sum`] ?? 0), squares: Number(row?.[`${signal}_squares`] ?? 0)};
  };
  const least = Math.max(fewest, manifest.minGroup ?? 1);
  const signals = leavingSignals.flatMap((signal): LeavingDifference[] => {
    const [left, stayed] = [sumsOf(true, signal), sumsOf(false, signal)];
    if (left.n + stayed.n === 0) return [];
    const isTold = left.n >= least && stayed.n >= least;
    const mean = ({n, sum}: Sums) => (isTold ? {n, mean: sum / n} : {n: n < (manifest.minGroup ?? 1) ? 0 : n, mean: 0});
    const {difference, interval} = isTold ? welch(left, stayed) : {difference: null, interval: null};
    return [{signal, left: mean(left), stayed: mean(stayed), difference, interval}];
  });
  const count = (hasLeft: boolean) => {
    const customers = Number(side(hasLeft)?.["customers"] ?? 0);
    return customers < (manifest.minGroup ?? 1) ? 0 : customers;
  };
  return {days, asOf: manifest.asOf, left: count(true), stayed: count(false), signals, notApplied, fewest: least};
}
